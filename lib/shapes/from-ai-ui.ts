import { fromAiCall } from './ai-calls.ts'
import { fileOf, imageOf, isKnownSeal, openrouterDetails, reasoningFields } from './ai-parts.ts'
import { isUiPart } from './ai-ui.ts'
import type { ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, fieldsOf, isFields, setField, textOf } from './fields.ts'
import { columnOf, rowOf } from './table.ts'

/** What the parts of a UIMessage come to. */
class UiMessageReader {
  readonly content: Fields[] = []
  readonly thoughts: { text: string; metadata: Fields }[] = []
  readonly images: Fields[] = []
  readonly calls: Fields[] = []
  readonly annotations: Fields[] = []
  readonly others: Fields = {}
  details: unknown
  readonly #diagnostics: ShapeDiagnostics

  constructor(diagnostics: ShapeDiagnostics) {
    this.#diagnostics = diagnostics
  }

  read(part: Fields, path: string): void {
    const type = textOf(part.type)
    const metadata = isFields(part.providerMetadata) ? part.providerMetadata : {}
    const kept = isFields(metadata.deltafold) ? metadata.deltafold : {}
    if (isFields(kept.part)) this.content.push(kept.part)
    else if (type === 'text' && kept.refusal === true) this.#readRefusal(textOf(part.text))
    else if (type === 'text') this.content.push({ type, text: textOf(part.text), ...asMetadata(metadata) })
    else if (type === 'reasoning') this.#readThought(textOf(part.text), metadata)
    else if (type === 'file') this.#readFile(part, kept, metadata)
    else if (type === 'dynamic-tool' || type.startsWith('tool-')) this.#readCall(part, type, path)
    else if (type === 'source-url') this.annotations.push(citationOf(part, kept, this.annotations.length))
    else if (type.startsWith('data-')) this.#readData(part, type.slice('data-'.length))
    else if (isUiPart(type)) this.content.push(part)
    else this.#diagnostics.add('not_carried', path)
  }

  #readRefusal(text: string): void {
    setField(this.others, 'refusal', textOf(this.others.refusal) + text)
  }

  #readThought(text: string, metadata: Fields): void {
    const isFirst = this.content.length === 0 && this.calls.length === 0
    if (!isFirst || !isKnownSeal(metadata)) {
      this.content.push({ type: 'reasoning', reasoning: text, ...asMetadata(metadata) })
      return
    }
    this.details ??= openrouterDetails(metadata)
    this.thoughts.push({ text, metadata })
  }

  #readFile(part: Fields, kept: Fields, metadata: Fields): void {
    const [url, mediaType, filename] = [textOf(part.url), textOf(part.mediaType), textOf(part.filename)]
    if (isFields(kept.image)) this.images.push(kept.image)
    else if (mediaType.startsWith('image/') && Object.keys(metadata).length === 0) {
      this.images.push(imageOf(url, mediaType, filename))
    } else this.content.push({ ...fileOf(url, mediaType, filename), ...asMetadata(metadata) })
  }

  #readCall(part: Fields, type: string, path: string): void {
    const metadata = isFields(part.callProviderMetadata) ? part.callProviderMetadata : {}
    this.details ??= openrouterDetails(metadata)
    const name = type === 'dynamic-tool' ? textOf(part.toolName) : type.slice('tool-'.length)
    const raw = rawInputOf(part, type, metadata)
    const call = fromAiCall(textOf(part.toolCallId), name, part.input, withRaw(metadata, raw))
    this.calls.push(call)
    // An answer is a message of its own in every other shape.
    if (part.output !== undefined) this.#diagnostics.add('not_carried', `${path}.output`)
    else if (part.errorText !== undefined && raw === undefined) {
      this.#diagnostics.add('not_carried', `${path}.errorText`)
    }
  }

  #readData(part: Fields, name: string): void {
    if (name === 'content' && isFields(part.data)) this.content.push(part.data)
    else if (name === 'annotation' && isFields(part.data)) this.annotations.push(part.data)
    else if (!isOurs(name) || part.id !== undefined || Object.hasOwn(this.others, name))
      this.content.push(part)
    else setField(this.others, name, part.data)
  }
}

/** Is it a field we would have written there? A data part must not pass for a role or for tool calls. */
function isOurs(name: string): boolean {
  const cell = columnOf('ai-ui')(rowOf(name))
  return cell === 'data part' || cell === 'reasoning part'
}

function asMetadata(metadata: Fields): Fields {
  return Object.keys(metadata).length > 0 ? { provider_metadata: metadata } : {}
}

/** Arguments that no tool can be run with: the AI SDK keeps their text, of a dynamic tool as its input. */
function rawInputOf({ state, input, rawInput }: Fields, type: string, metadata: Fields): string | undefined {
  if (input === undefined) return typeof rawInput === 'string' ? rawInput : undefined
  const isCustom = isFields(metadata.deltafold) && metadata.deltafold.type === 'custom'
  if (type !== 'dynamic-tool' || state !== 'output-error' || isCustom) return undefined
  return typeof input === 'string' ? input : undefined
}

/** Arguments that were no JSON came as text. */
function withRaw(metadata: Fields, raw: string | undefined): Fields {
  if (raw === undefined) return metadata
  const kept = isFields(metadata.deltafold) ? metadata.deltafold : {}
  return { ...metadata, deltafold: { ...kept, arguments: raw } }
}

function citationOf(part: Fields, kept: Fields, at: number): Fields {
  if (isFields(kept.annotation)) return kept.annotation
  const { sourceId, url, title } = part
  return {
    type: 'url_citation',
    url_citation: { url: textOf(url), ...(typeof title === 'string' && { title }) },
    ...(typeof sourceId === 'string' && sourceId !== `source-${at}` && { id: sourceId }),
  }
}

/** Our message from a UIMessage of one step. */
export function fromUiMessage(ui: Fields, diagnostics: ShapeDiagnostics): Fields {
  const reader = new UiMessageReader(diagnostics)
  fieldsOf(ui.parts).forEach((part, i) => {
    reader.read(part, `parts[${i}]`)
  })
  const { thoughts, details, images, calls, annotations, others } = reader
  return {
    role: textOf(ui.role) || 'assistant',
    content: contentOf(reader.content),
    refusal: null,
    ...(textOf(ui.id) !== '' && { id: ui.id }),
    ...(ui.metadata !== undefined && { metadata: ui.metadata }),
    ...reasoningFields(thoughts, details, others),
    ...(images.length > 0 && { images }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations.length > 0 && { annotations }),
    ...others,
  }
}

/** One plain text is a string. */
export function contentOf(parts: readonly Fields[]): string | Fields[] | null {
  const [only, ...more] = parts
  if (only === undefined) return null
  const isText = only.type === 'text' && Object.keys(only).length === 2 && typeof only.text === 'string'
  return isText && more.length === 0 ? textOf(only.text) : [...parts]
}

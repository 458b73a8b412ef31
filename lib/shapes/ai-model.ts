import { fromAiCall, toAiCalls } from './ai-calls.ts'
import {
  type AiPart,
  contentParts,
  fileOf,
  imageOf,
  imageParts,
  isKnownSeal,
  reasoningFields,
  reasoningParts,
} from './ai-parts.ts'
import { isReasoningField } from './carry-reasoning.ts'
import type { ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, fieldsOf, filled, isFields, ownField, setField, textOf } from './fields.ts'
import { contentOf } from './from-ai-ui.ts'
import { columnOf, rowOf } from './table.ts'

const own = 'providerOptions.deltafold'

/** Parts a ModelMessage has and our content can hold unchanged. */
const modelParts: ReadonlySet<string> = new Set(['tool-result', 'tool-approval-request'])

/**
 * AI SDK's assistant ModelMessage. What has no part goes into providerOptions: of openrouter what its provider
 * reads there, of deltafold everything else.
 */
export function toModelMessage(message: Fields): Fields {
  const { parts: thoughts, rest } = reasoningParts(message)
  const inner = contentParts(message.content)
  const calls = toAiCalls(message).map(({ id, name, input, metadata }) => ({
    type: 'tool-call',
    toolCallId: id,
    toolName: name,
    input,
    ...(metadata && { providerOptions: metadata }),
  }))
  const parts = [...[...thoughts, ...inner, ...imageParts(message.images)].flatMap(modelPart), ...calls]
  const isOdd = inner.some(({ part }) => part !== undefined && !modelParts.has(textOf(part.type)))
  const kept = { ...rest, ...othersOf(message), ...(isOdd && { content: message.content }) }
  const { annotations, reasoning_details } = message
  const openrouter = {
    ...(annotations !== undefined && { annotations }),
    ...(Array.isArray(reasoning_details) && { reasoning_details }),
  }
  const options = {
    ...(isFields(message.provider_options) && message.provider_options),
    ...(Object.keys(openrouter).length > 0 && { openrouter }),
    ...(Object.keys(kept).length > 0 && { deltafold: kept }),
  }
  const isText = typeof message.content === 'string' && parts.length === 1
  return {
    role: 'assistant',
    content: isText ? message.content : parts,
    ...(Object.keys(options).length > 0 && { providerOptions: options }),
  }
}

function modelPart({ type, text, metadata, url, mediaType, filename, part }: AiPart): Fields[] {
  if (part !== undefined) return modelParts.has(textOf(part.type)) ? [part] : []
  const options = metadata && { providerOptions: metadata }
  if (type === 'file') return [{ type, data: url, ...filled({ filename }), mediaType, ...options }]
  return [{ type, text, ...options }]
}

function othersOf(message: Fields): Fields {
  const others: Fields = {}
  const column = columnOf('ai-model')
  for (const key of Object.keys(message)) {
    const value = message[key]
    if (value === null || value === undefined || key === 'provider_options') continue
    if (!isReasoningField(key) && column(rowOf(key)) === own) setField(others, key, value)
  }
  return others
}

/** Our message from an assistant ModelMessage. */
export function fromModelMessage(model: Fields, diagnostics: ShapeDiagnostics): Fields {
  const options = isFields(model.providerOptions) ? model.providerOptions : {}
  const { openrouter, deltafold, ...others } = options
  const reader = new ModelMessageReader(diagnostics)
  const parts = fieldsOf(model.content)
  parts.forEach((part, i) => {
    reader.read(part, `content[${i}]`)
  })
  const { annotations, reasoning_details } = isFields(openrouter) ? openrouter : {}
  const isList = Array.isArray(model.content)
  const kept = keptFields(deltafold)
  return {
    role: 'assistant',
    content: isList ? contentOfList(reader.content, parts.length) : textOf(model.content),
    refusal: null,
    ...reasoningFields(reader.thoughts, reasoning_details, kept),
    ...(reader.images.length > 0 && { images: reader.images }),
    ...(reader.calls.length > 0 && { tool_calls: reader.calls }),
    ...(annotations !== undefined && { annotations }),
    ...(Object.keys(others).length > 0 && { provider_options: others }),
    ...kept,
  }
}

/** The fields we write there ourselves, and no others: a message must not come with a second set of calls. */
function keptFields(deltafold: unknown): Fields {
  const fields: Fields = {}
  const column = columnOf('ai-model')
  for (const key of isFields(deltafold) ? Object.keys(deltafold) : []) {
    const value = isFields(deltafold) ? ownField(deltafold, key) : undefined
    const isOurs = isReasoningField(key) || column(rowOf(key)) === own
    if (isOurs || (key === 'content' && Array.isArray(value))) setField(fields, key, value)
  }
  return fields
}

/** A list that is nothing but one text stays a list: the AI SDK tells the two apart. */
function contentOfList(content: readonly Fields[], parts: number): unknown {
  return content.length === 1 && parts === 1 ? [...content] : contentOf(content)
}

class ModelMessageReader {
  readonly content: Fields[] = []
  readonly thoughts: { text: string; metadata: Fields }[] = []
  readonly images: Fields[] = []
  readonly calls: Fields[] = []
  readonly #diagnostics: ShapeDiagnostics

  constructor(diagnostics: ShapeDiagnostics) {
    this.#diagnostics = diagnostics
  }

  read(part: Fields, path: string): void {
    const type = textOf(part.type)
    const metadata = isFields(part.providerOptions) ? part.providerOptions : {}
    const kept = isFields(metadata.deltafold) ? metadata.deltafold : {}
    const asMetadata = Object.keys(metadata).length > 0 && { provider_metadata: metadata }
    if (type === 'tool-call') {
      this.calls.push(fromAiCall(textOf(part.toolCallId), textOf(part.toolName), part.input, metadata))
    } else if (isFields(kept.part)) this.content.push(kept.part)
    else if (type === 'text') this.content.push({ type, text: textOf(part.text), ...asMetadata })
    else if (type === 'reasoning' && this.#isFirst && isKnownSeal(metadata)) {
      this.thoughts.push({ text: textOf(part.text), metadata })
    } else if (type === 'reasoning') this.content.push({ type, reasoning: textOf(part.text), ...asMetadata })
    else if (type === 'file' && typeof part.data === 'string') this.#readFile(part, part.data, kept, metadata)
    else if (modelParts.has(type)) this.content.push(part)
    else this.#diagnostics.add('not_carried', path) // bytes and URL objects are no JSON
  }

  get #isFirst(): boolean {
    return this.content.length === 0 && this.calls.length === 0
  }

  #readFile(part: Fields, data: string, kept: Fields, metadata: Fields): void {
    const [mediaType, filename] = [textOf(part.mediaType), textOf(part.filename)]
    const isPlain = Object.keys(metadata).length === 0
    if (isFields(kept.image)) this.images.push(kept.image)
    else if (mediaType.startsWith('image/') && isPlain) this.images.push(imageOf(data, mediaType, filename))
    else {
      const asMetadata = isPlain ? {} : { provider_metadata: metadata }
      this.content.push({ ...fileOf(data, mediaType, filename), ...asMetadata })
    }
  }
}

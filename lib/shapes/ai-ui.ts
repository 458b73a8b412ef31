import { isPlainCitation, toAiCalls } from './ai-calls.ts'
import { type AiPart, contentParts, imageParts, reasoningParts } from './ai-parts.ts'
import { isReasoningField } from './carry-reasoning.ts'
import { type Fields, fieldsOf, filled, isFields, setField, textOf } from './fields.ts'
import { columnOf, rowOf } from './table.ts'

/** Parts a UIMessage has and our content can hold unchanged. */
export function isUiPart(type: string): boolean {
  return type === 'step-start' || type === 'source-document' || type.startsWith('data-')
}

/**
 * AI SDK's UIMessage: thoughts, content, files, tool calls, sources, and a data part for every other field. Tool
 * parts are dynamic, because a message does not know which tools an application has typed.
 */
export function toUiMessage(message: Fields, id: string, metadata: Fields | undefined): Fields {
  const { parts: thoughts, rest } = reasoningParts(message)
  const content = [...thoughts, ...contentParts(message.content)].map(uiPart)
  const parts = [...content, ...refusalPart(message.refusal), ...imageParts(message.images).map(uiPart)]
  const calls = toAiCalls(message).map(({ id: toolCallId, name, input, fault, text, metadata: own }) => ({
    type: 'dynamic-tool',
    toolName: name,
    toolCallId,
    ...(fault === undefined
      ? { state: 'input-available', input }
      : { state: 'output-error', input: text, errorText: fault }),
    ...(own && { callProviderMetadata: own }),
  }))
  const sources = fieldsOf(message.annotations).map(sourcePart)
  const placed = placeDetails([...parts, ...calls], message.reasoning_details)
  return {
    id: textOf(message.id) || id,
    role: 'assistant',
    ...((metadata ?? message.metadata) !== undefined && { metadata: metadata ?? message.metadata }),
    parts: [...placed.parts, ...sources, ...dataParts({ ...rest, ...othersOf(message), ...placed.rest })],
  }
}

function uiPart({ type, text, metadata, url, mediaType, filename, part }: AiPart): Fields {
  if (part !== undefined) return isUiPart(textOf(part.type)) ? part : { type: 'data-content', data: part }
  const own = metadata && { providerMetadata: metadata }
  if (type === 'file') return { type, mediaType, ...filled({ filename }), url, ...own }
  return { type, text, ...own }
}

/** A page that saw it come has it as text: there is no chunk for it. The mark lets it be read back. */
function refusalPart(refusal: unknown): Fields[] {
  const text = textOf(refusal)
  return text === '' ? [] : [{ type: 'text', text, providerMetadata: { deltafold: { refusal: true } } }]
}

/**
 * OpenRouter's provider takes the details to send back from the first tool call or thought that has them; where
 * there is neither, an empty thought carries them.
 */
function placeDetails(parts: readonly Fields[], details: unknown): { parts: Fields[]; rest: Fields } {
  if (!Array.isArray(details)) return { parts: [...parts], rest: {} }
  const openrouter = { reasoning_details: details }
  const at = parts.findIndex((part) => part.type === 'reasoning' && part.providerMetadata === undefined)
  const place = at >= 0 ? at : parts.findIndex((part) => part.type === 'dynamic-tool')
  if (place < 0) {
    if (details.length === 0) return { parts: [...parts], rest: { reasoning_details: details } }
    return { parts: [{ type: 'reasoning', text: '', providerMetadata: { openrouter } }, ...parts], rest: {} }
  }
  const key = at >= 0 ? 'providerMetadata' : 'callProviderMetadata'
  const placed = parts.map((part, i): Fields => {
    if (i !== place) return part
    const held = part[key]
    return { ...part, [key]: { ...(isFields(held) && held), openrouter } }
  })
  return { parts: placed, rest: {} }
}

function sourcePart(annotation: Fields, i: number): Fields {
  const citation = annotation.url_citation
  if (!isFields(citation) || typeof citation.url !== 'string')
    return { type: 'data-annotation', data: annotation }
  const { url, title } = citation
  return {
    type: 'source-url',
    sourceId: textOf(annotation.id) || `source-${i}`,
    url,
    ...(typeof title === 'string' && { title }),
    ...(!isPlainCitation(annotation) && { providerMetadata: { deltafold: { annotation } } }),
  }
}

/** Every field whose cell says so. */
function othersOf(message: Fields): Fields {
  const others: Fields = {}
  const column = columnOf('ai-ui')
  for (const key of Object.keys(message)) {
    const value = message[key]
    if (value === null || value === undefined) continue
    if (!isReasoningField(key) && column(rowOf(key)) === 'data part') setField(others, key, value)
  }
  return others
}

function dataParts(fields: Fields): Fields[] {
  return Object.keys(fields).map((key) => ({ type: `data-${key}`, data: fields[key] }))
}

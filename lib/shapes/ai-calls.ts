import { isPoisonous, POISONOUS } from '../poison.ts'
import { argumentsText } from './carry-calls.ts'
import { type Fields, fieldsOf, filled, isFields, isSameJson, setField, textOf, without } from './fields.ts'
import { isOnlySignature, signatureOnCall } from './thought-signatures.ts'

/** A tool call as the AI SDK has it: parsed input, and metadata by provider. */
export interface AiCall {
  readonly id: string
  readonly name: string
  /** Parsed arguments; the text itself where there is a fault. */
  readonly input: unknown
  /** Why it must not be run. */
  readonly fault: string | undefined
  readonly text: string
  /** By provider: google's thought signature, and ours for what the AI SDK has no place for. */
  readonly metadata: Fields | undefined
}

const identity: ReadonlySet<string> = new Set(['id', 'type', 'function', 'custom', 'provider_metadata'])

/**
 * The calls of a message, as the AI SDK parses them. Arguments that cannot be rebuilt from the parsed input keep their
 * text as well.
 */
export const toAiCalls = (message: Fields): AiCall[] => callsOf(message, parseSafely)

/** The same for whoever takes any JSON. */
export const toJsonCalls = (message: Fields): AiCall[] => callsOf(message, parseInput)

type Parsed = Pick<AiCall, 'input' | 'fault'>

function callsOf(message: Fields, parse: (text: string) => Parsed): AiCall[] {
  return fieldsOf(message.tool_calls).map((call) => {
    const inner = isFields(call.custom) ? call.custom : isFields(call.function) ? call.function : {}
    const text = isFields(call.custom) ? textOf(inner.input) : argumentsText(inner.arguments)
    const parsed = isFields(call.custom) ? { input: text, fault: undefined } : parse(text)
    const isExact =
      isFields(call.custom) || (parsed.fault === undefined && JSON.stringify(parsed.input) === text)
    const signature = signatureOnCall(call)
    const kept = { ...(!isExact && { arguments: text }), ...othersOf(call) }
    return {
      id: textOf(call.id),
      name: textOf(inner.name),
      ...parsed,
      text,
      metadata: metadataOf({
        ...(isFields(call.provider_metadata) && call.provider_metadata),
        ...(signature !== '' && { google: { thoughtSignature: signature } }),
        ...(Object.keys(kept).length > 0 && { deltafold: kept }),
      }),
    }
  })
}

function parseInput(text: string): Parsed {
  if (text.trim() === '') return { input: {}, fault: undefined }
  try {
    return { input: JSON.parse(text), fault: undefined }
  } catch {
    return { input: text, fault: 'The arguments are not JSON.' }
  }
}

/** The AI SDK refuses to parse a key that could set a prototype: to it such a call is invalid. */
function parseSafely(text: string): Parsed {
  const parsed = parseInput(text)
  return parsed.fault === undefined && isPoisonous(parsed.input) ? { input: text, fault: POISONOUS } : parsed
}

/** What a call has beside its identity; a signature alone has a place of its own. */
function othersOf(call: Fields): Fields {
  const others: Fields = isFields(call.custom) ? { type: 'custom' } : {}
  for (const [key, value] of Object.entries(without(call, identity) ?? {})) {
    if (key === 'extra_content' && isOnlySignature(key, value)) continue
    setField(others, key, value)
  }
  return others
}

function metadataOf(metadata: Fields): Fields | undefined {
  return Object.keys(metadata).length > 0 ? metadata : undefined
}

/** A call of ours from the AI SDK's. */
export function fromAiCall(id: string, name: string, input: unknown, metadata: Fields): Fields {
  const { google, deltafold, openrouter, ...others } = metadata
  const kept = isFields(deltafold) ? deltafold : {}
  const { arguments: text, type, ...fields } = kept
  const signature = isFields(google) ? textOf(google.thoughtSignature) : ''
  const call: Fields =
    type === 'custom'
      ? { id, type, custom: { name, input: textOf(input) } }
      : {
          id,
          type: 'function',
          function: { name, arguments: textOf(text ?? JSON.stringify(input === undefined ? {} : input)) },
        }
  const isOnCall = signature === '' || signatureOnCall(fields) !== ''
  const rest = openrouterRest(openrouter)
  const provider = { ...others, ...(rest && { openrouter: rest }) }
  return {
    ...call,
    ...without(fields, identity),
    ...(!isOnCall && { extra_content: { google: { thought_signature: signature } } }),
    ...(Object.keys(provider).length > 0 && { provider_metadata: provider }),
  }
}

/** The reasoning details OpenRouter's provider keeps on a call are the message's. */
function openrouterRest(openrouter: unknown): Fields | undefined {
  return isFields(openrouter) ? without(openrouter, new Set(['reasoning_details'])) : undefined
}

/** What a web citation is as a source; undefined if it says more than a source can. */
export function isPlainCitation(annotation: Fields): boolean {
  const citation = annotation.url_citation
  if (!isFields(citation) || typeof citation.url !== 'string') return false
  const plain = { ...filled({ id: annotation.id }), type: 'url_citation', url_citation: citation }
  const { url, title } = citation
  return (
    isSameJson(plain, annotation) &&
    isSameJson(citation, { url, ...(typeof title === 'string' && { title }) })
  )
}

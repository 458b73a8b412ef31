import { REASONING_KEYS } from './faults.ts'
import { distinct, type FieldRule, mergeDeep, mergeUnknown } from './unknown-fields.ts'
import { isAbsent, isObject, type JsonObject, list, own, text, without } from './values.ts'

/** Random text that hides the size of a chunk: dropped. */
export const PADDING = ['obfuscation', 'p']

/** Fields of a message, a choice and a completion that ReferenceResult names itself. */
export const MESSAGE_KEYS: readonly string[] = [
  ...['role', 'content', 'refusal', 'reasoning_details', 'thinking_blocks', 'tool_calls', 'function_call'],
  ...['annotations', 'audio', ...REASONING_KEYS],
]
export const CHOICE_KEYS: readonly string[] = [
  ...['index', 'delta', 'message', 'finish_reason', 'logprobs', 'usage'],
]
/** `code` and `status_code` at the top describe an error. */
export const COMPLETION_KEYS: readonly string[] = [
  ...['id', 'object', 'created', 'model', 'choices', 'usage', 'error', 'code', 'status_code'],
]

const lastPresent: FieldRule = (values) => values.findLast((value) => !isAbsent(value))
const concatenated: FieldRule = (values) => values.map(text).join('') || undefined

/** Appended lists drop exact repetitions. */
const appendedOnce: FieldRule = (values) => {
  const merged = mergeUnknown(values)
  return Array.isArray(merged) ? distinct(values.flatMap(list)) : merged
}

export const MESSAGE_RULES: Record<string, FieldRule> = {
  images: appendedOnce,
  reasoning_opaque: concatenated,
  extra_content: mergeDeep,
  provider_specific_fields: mergeDeep,
}

/** Together repeats the content in `text`, piece by piece (census.md 12). */
export const CHOICE_RULES: Record<string, FieldRule> = { text: concatenated }

export const COMPLETION_RULES: Record<string, FieldRule> = {
  citations: lastPresent,
  search_results: lastPresent,
  images: lastPresent,
  moderation: lastPresent,
  prompt_filter_results: lastPresent,
  prompt_token_ids: lastPresent,
}

/** Usage and error of `x_groq` stand elsewhere in the result; whether they also stay here is open. */
export function withoutGroqUsage(merged: JsonObject): JsonObject {
  const groq = own(merged, 'x_groq')
  return isObject(groq) ? { ...merged, x_groq: without(groq, ['usage', 'error']) } : merged
}

export function mergeAnnotations(values: readonly unknown[]): unknown {
  const present = values.filter((value) => !isAbsent(value))
  return present.length === 0 ? [] : appendedOnce(present)
}

export function mergeLogprobs(values: readonly unknown[]): { content: number; refusal: number } {
  const count = (key: string): number => values.flatMap((value) => list(own(value, key))).length
  return { content: count('content'), refusal: count('refusal') }
}

/** Base64 pieces are joined as they are. */
export function mergeAudio(values: readonly unknown[]): JsonObject | null {
  const pieces = values.filter(isObject)
  if (pieces.length === 0) return null
  const of = (key: string): unknown[] => pieces.map((piece) => own(piece, key))
  const audio: JsonObject = {
    id: of('id').find((id) => text(id) !== ''),
    data: concatenated(of('data')),
    transcript: concatenated(of('transcript')),
    expires_at: lastPresent(of('expires_at')),
  }
  return Object.fromEntries(Object.entries(audio).filter(([, value]) => value !== undefined))
}

/** A reasoning text is a string, or an object with `text` (Envoy). */
export function reasoningText(value: unknown): string {
  return typeof value === 'string' ? value : text(own(value, 'text'))
}

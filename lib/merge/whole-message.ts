import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { MergeContext } from './field.ts'
import type { FieldSet } from './field-set.ts'
import { isObject, setOwn } from './json.ts'
import { TextField } from './text.ts'

/**
 * The delta to merge where a choice holds a whole `message`, beside a delta or without one. The message is the
 * cumulative truth (Perplexity, MiniMax) or the one document of a response that was not streamed. A text adds what
 * it has beyond the text so far, so a delta that only mirrors it adds nothing; a field that has come already is
 * left alone, one that has not is taken.
 */
export function deltaOfMessage(
  message: JsonObject,
  delta: JsonObject,
  fields: FieldSet,
  context: MergeContext,
): JsonObject {
  const merged: JsonObject = {}
  for (const key of Object.keys(delta)) setOwn(merged, key, delta[key] ?? null)
  for (const key of Object.keys(message)) {
    const whole = message[key] ?? null
    if (whole === null) continue
    const field = fields.get(key)
    const piece = merged[key] ?? null
    if (
      typeof whole === 'string' &&
      (field === undefined || isText(field)) &&
      (piece === null || typeof piece === 'string')
    ) {
      setOwn(merged, key, restOf(whole, field?.text ?? '', piece ?? '', context))
    } else if (piece === null && field?.snapshot() === undefined) {
      setOwn(merged, key, key === 'tool_calls' ? withIndexes(whole) : whole)
    }
  }
  return merged
}

function isText(field: unknown): field is TextField {
  return field instanceof TextField
}

/** What is new in `whole`, given the text so far and the delta's own piece. */
function restOf(whole: string, text: string, piece: string, context: MergeContext): string {
  if (whole === '') return piece
  const goesOn = whole.startsWith(text)
  if (piece === '') {
    if (goesOn) return whole.slice(text.length)
    context.diagnose('message_mismatch')
    return ''
  }
  const isCumulative = goesOn && whole.length === text.length + piece.length && whole.endsWith(piece)
  const isMirror = piece === whole && text !== '' && goesOn
  return isMirror && !isCumulative ? whole.slice(text.length) : piece
}

/** The calls of a whole message are told apart by their place in the list. */
function withIndexes(calls: JsonValue): JsonValue {
  if (!Array.isArray(calls)) return calls
  return calls.map((call, index) => (isObject(call) && !('index' in call) ? { index, ...call } : call))
}

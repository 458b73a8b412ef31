import { isAbsent, list, nonEmpty, own, parses } from './values.ts'

export interface ReferenceFailure {
  code: string
  /** What the provider said, only for `upstream_error`. */
  message: string | null
}

/** The object that carries the provider's text: `{error:{message}}`, `{message}`, or the text itself. */
function messageOf(payload: unknown): string | null {
  if (typeof payload === 'string') return payload
  return nonEmpty(own(payload, 'message')) ?? nonEmpty(own(payload, 'error'))
}

function upstream(payload: unknown): ReferenceFailure {
  return { code: 'upstream_error', message: messageOf(payload) }
}

/** An `event: error` frame: its payload may be an object with `error`, an object, a string, or plain text. */
export function errorOfEvent(data: string): ReferenceFailure {
  if (!parses(data)) return upstream(data)
  const payload: unknown = JSON.parse(data)
  const inner = own(payload, 'error')
  return upstream(isAbsent(inner) ? payload : inner)
}

/** The error a chunk carries, in the order of dialects.md 5: top-level `error`, `x_groq.error`, `finish_reason: "error"`. */
export function errorOfChunk(chunk: unknown): ReferenceFailure | undefined {
  const top = own(chunk, 'error')
  if (top) return upstream(top)
  const groq = own(own(chunk, 'x_groq'), 'error')
  if (groq) return upstream(groq)
  const finished = list(own(chunk, 'choices')).some((choice) => own(choice, 'finish_reason') === 'error')
  return finished ? { code: 'finish_error', message: null } : undefined
}

/** Code → meaning of everything a change of shape has to say. Reported, never thrown. */
export const shapeDiagnosticTable = {
  not_carried: 'The shape has no place for the field; it was left out.',
  filled_in: 'The shape requires the field and the message does not have it; an empty value was written.',
  unsigned_reasoning: 'Reasoning of a model that signs it has no signature; the provider would refuse it.',
  empty_message: 'The provider refuses an assistant message without content and tool calls; leave it out.',
  missing_answer: 'A tool call has no answer; providers refuse the request until every call has one.',
  unknown_call: 'An answer belongs to no tool call of the message; it was put last.',
} as const

export type ShapeDiagnosticCode = keyof typeof shapeDiagnosticTable

/** What did not go over from one shape to another, and where it stands. */
export interface ShapeDiagnostic {
  readonly code: ShapeDiagnosticCode
  /** The shape or request it was meant for: `openai`, `request:deepseek`. */
  readonly shape: string
  /** The field, as a path in the message it was read from: `tool_calls[0].extra_content`. */
  readonly field: string
  readonly message: string
}

/** Collects the diagnostics of one change of shape; each field once. */
export class ShapeDiagnostics {
  readonly #shape: string
  readonly #entries = new Map<string, ShapeDiagnostic>()

  constructor(shape: string) {
    this.#shape = shape
  }

  add(code: ShapeDiagnosticCode, field: string): void {
    const key = `${code} ${field}`
    if (this.#entries.has(key)) return
    this.#entries.set(key, { code, shape: this.#shape, field, message: shapeDiagnosticTable[code] })
  }

  list(): ShapeDiagnostic[] {
    return [...this.#entries.values()]
  }
}

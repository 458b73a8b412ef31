import { Fault } from '../errors.ts'
import type { JsonValue } from '../wire/index.ts'
import type { Field } from './field.ts'
import { isObject } from './json.ts'

/** Of all choices that go on. */
const none: readonly string[] = []

/**
 * Why a choice ended: the last reason sent, but `stop` never replaces another (a second `stop` follows
 * `tool_calls` or `length` at several gateways). Every reason that came is kept in order.
 */
export class FinishReasonField implements Field {
  readonly #path: string
  #reason: string | null = null
  reasons: readonly string[] = none

  constructor(path: string) {
    this.#path = path
  }

  merge(value: JsonValue): JsonValue | undefined {
    if (typeof value !== 'string') throw new Fault('bad_type', { path: this.#path })
    if (value === '') return undefined
    if (this.reasons.at(-1) !== value) this.reasons = [...this.reasons, value]
    if (value === this.#reason || (value === 'stop' && this.#reason !== null)) return undefined
    this.#reason = value
    return value
  }

  get reason(): string | null {
    return this.#reason
  }

  snapshot(): JsonValue {
    return this.#reason
  }

  save(): JsonValue {
    return { reason: this.#reason, reasons: [...this.reasons] }
  }

  load(state: JsonValue): void {
    if (!isObject(state) || !Array.isArray(state.reasons)) return
    this.#reason = typeof state.reason === 'string' ? state.reason : null
    this.reasons = state.reasons.map(String)
  }
}

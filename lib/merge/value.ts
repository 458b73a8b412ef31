import { AsciiWords, isTextAt } from '../ascii-words.ts'
import type { DiagnosticCode } from '../diagnostics.ts'
import { Fault } from '../errors.ts'
import type { JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { isSame } from './json.ts'

/** Empty on the wire: sent where there is nothing to say (Azure's `id: ""`, Snowflake's `created: 0`). */
function isEmpty(value: JsonValue): boolean {
  return value === '' || value === 0
}

/** One small value a field: the field itself was counted when it was made. */
function isSmall(value: JsonValue): boolean {
  return typeof value === 'string' ? value.length <= 1024 : typeof value !== 'object'
}

abstract class ValueField implements Field {
  readonly path: string
  protected value: JsonValue | undefined

  constructor(path: string) {
    this.path = path
  }

  abstract merge(value: JsonValue, context: MergeContext): JsonValue | undefined

  protected take(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!isSmall(value) && !context.keepValue(value, this.value)) return undefined
    this.value = value
    return value
  }

  /**
   * Is it the value held? Then it takes the place of the own one: what a template finds constant is one text for all its
   * streams, while each stream has parsed one of its own.
   */
  protected shares(value: JsonValue): boolean {
    if (value !== this.value) return false
    if (typeof value === 'string') this.value = value // 0 equals -0, and is another number
    return true
  }

  snapshot(): JsonValue | undefined {
    return this.value
  }

  save(): JsonValue {
    return this.value ?? null
  }

  load(state: JsonValue): void {
    if (state !== null) this.value = state
  }
}

/** Identity in a message: the first text that is not empty stays. */
export class FirstField extends ValueField {
  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (value === this.value || value === '') return undefined
    if (typeof value !== 'string') throw new Fault('bad_type', { path: this.path })
    if (this.value === undefined) return this.take(value, context)
    this.onChange(context)
    return undefined
  }

  repeats(value: JsonValue): boolean {
    return value === this.value || value === ''
  }

  protected onChange(_context: MergeContext): void {}
}

/** The role: repeated in half of all streams, empty or null in some. */
export class RoleField extends FirstField {
  protected override onChange(context: MergeContext): void {
    context.diagnose('unknown_role')
  }
}

/** What a field of the envelope is: one for all streams. */
export interface EnvelopeRule {
  readonly type: 'string' | 'number'
  /** Told when another value comes. */
  readonly onChange?: DiagnosticCode
}

/**
 * Identity in the envelope: the first text or number that is not empty stays. An answer is not given up for an id
 * that came as a number: it is read as what it should be, and ignored if it cannot be.
 */
export class EnvelopeField extends ValueField {
  readonly #rule: EnvelopeRule
  /** The last value seen, so that a change is reported once for each new value and not compared again. */
  #last: JsonValue | AsciiWords | undefined

  constructor(path: string, rule: EnvelopeRule) {
    super(path)
    this.#rule = rule
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (value === this.lastValue || isEmpty(value)) return undefined
    this.#last = value
    const { type, onChange } = this.#rule
    const read = type === 'string' ? readText(value) : readNumber(value)
    if (read === undefined) context.diagnose('unexpected_type', this.path)
    if (read === undefined || read === this.value) return undefined
    if (this.value === undefined) return this.take(read, context)
    if (onChange !== undefined) context.diagnose(onChange)
    return undefined
  }

  /**
   * As `merge` of an ASCII text that AsciiWords can hold, where a text has come that stays: an id that no other frame has
   * need not be made a string. false: it is the last one.
   */
  mergeWords(view: DataView, start: number, length: number, context: MergeContext): boolean {
    const known = this.#last
    const last = known instanceof AsciiWords ? known : new AsciiWords(typeof known === 'string' ? known : '')
    if (last.isAt(view, start, length)) return false
    last.take(view, start, length)
    this.#last = last
    const { onChange } = this.#rule
    const isFirst = typeof this.value === 'string' && isTextAt(this.value, view, start, length)
    if (onChange !== undefined && !isFirst) context.diagnose(onChange)
    return true
  }

  // Not #private: a class with a private method has one more field in each object.
  protected get lastValue(): JsonValue | undefined {
    if (this.#last instanceof AsciiWords) this.#last = String(this.#last)
    return this.#last
  }

  repeats(value: JsonValue): boolean {
    if (value !== this.lastValue) return isEmpty(value)
    if (this.shares(value)) this.#last = value
    return true
  }

  /** One came that stays: no later one is taken. */
  get isTaken(): boolean {
    return this.value !== undefined
  }

  override save(): JsonValue {
    return [this.value ?? null, this.lastValue ?? null]
  }

  override load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    super.load(state[0] ?? null)
    this.#last = state[1] ?? undefined
  }
}

function readText(value: JsonValue): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

function readNumber(value: JsonValue): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** The last value stays; an empty one never replaces another. */
export class LastField extends ValueField {
  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (value === this.value || (value === '' && this.value !== undefined)) return undefined
    if (typeof value === 'object' && isSame(value, this.value)) return undefined
    return this.take(value, context)
  }

  repeats(value: JsonValue): boolean {
    if (this.shares(value)) return true
    return this.value !== undefined && (value === '' || isSame(value, this.value))
  }
}

/** As LastField, for a signature of which one field can hold one only (orq.ai). */
export class SignatureField extends LastField {
  override merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    const before = this.value
    const taken = super.merge(value, context)
    if (taken !== undefined && before !== undefined && before !== '') context.diagnose('signature_replaced')
    return taken
  }
}

/** Opaque data that may come in several pieces, each whole: one stays a string, more become a list. */
export class PiecesField extends ValueField {
  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (Array.isArray(value)) {
      const taken = value.filter((piece) => piece !== null && this.merge(piece, context) !== undefined)
      return taken.length > 0 ? taken : undefined
    }
    if (typeof value !== 'string') throw new Fault('bad_type', { path: this.path })
    const held = this.value === undefined ? [] : Array.isArray(this.value) ? this.value : [this.value]
    if (value === '' || held.includes(value) || !context.keepValue(value)) return undefined
    this.value = held.length === 0 ? value : [...held, value]
    return value
  }
}

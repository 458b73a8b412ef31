import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import type { JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { getOwn, isObject } from './json.ts'

/** Text that is appended piece by piece. */
export class TextField implements Field {
  readonly path: string
  readonly #text = new GrowingText()
  #isSent = false

  constructor(path: string) {
    this.path = path
  }

  merge(value: JsonValue, context: MergeContext, size?: number): JsonValue | undefined {
    if (typeof value !== 'string') throw new Fault('bad_type', { path: this.path })
    const piece = this.#isCumulative(context) ? this.#newPart(value, context) : value
    const isFirst = !this.#isSent
    this.#isSent = true
    // An empty text that was sent is not one that was not: it is told once.
    if (piece === '') return isFirst ? '' : undefined
    context.keepText(piece, piece === value ? size : undefined)
    this.#text.append(piece)
    return piece
  }

  repeats(value: JsonValue): boolean {
    return this.#isSent && value === ''
  }

  growing(context: MergeContext): GrowingText | undefined {
    return this.#isSent && !this.#isCumulative(context) ? this.#text : undefined
  }

  #isCumulative({ cumulative }: MergeContext): boolean {
    if (typeof cumulative === 'boolean') return cumulative
    return cumulative.has(this.path.slice(this.path.lastIndexOf('.') + 1))
  }

  /** Declared cumulative: the value holds the whole text so far, of which only the end is new. */
  #newPart(value: string, context: MergeContext): string {
    const text = this.#text.toString()
    if (value.startsWith(text)) return value.slice(text.length)
    if (text.startsWith(value)) return ''
    context.diagnose('not_cumulative', this.path)
    return value
  }

  get text(): string {
    return this.#text.toString()
  }

  get length(): number {
    return this.#text.length
  }

  snapshot(): JsonValue | undefined {
    return this.#text.toString()
  }

  save(): JsonValue {
    return this.#text.toString()
  }

  load(state: JsonValue): void {
    this.#isSent = true
    this.#text.append(String(state))
  }
}

/** Reasoning text; Envoy in front of Bedrock sends it as `{ text }`. */
export class ReasoningTextField extends TextField {
  override merge(value: JsonValue, context: MergeContext, size?: number): JsonValue | undefined {
    return super.merge(isObject(value) ? (getOwn(value, 'text') ?? '') : value, context, size)
  }
}

import type { LineContext } from './context.ts'
import type { Found } from './from/template/found.ts'
import type { GrowingText } from './growing-text.ts'
import type { Ground, Part } from './matched-parts.ts'
import type { NumberedHole } from './matched-plan.ts'
import type { Choice, Taken } from './merge/choice.ts'
import type { Field } from './merge/field.ts'
import { isObject } from './merge/json.ts'
import type { ToolCall } from './merge/tool-call.ts'
import type { Reporter } from './reporter.ts'
import type { JsonObject } from './wire/index.ts'

/** A part that, where it is the only one of a delta, needs no list of what was taken. */
export interface TextualPart extends Part {
  /** Once it has settled: is a text that grows all it has to do with? */
  readonly isGrowing: boolean
  /** Merges the value; false: it is empty, and there is nothing to tell. */
  grow(found: Found, choice: Choice): boolean
  /** Tells the piece by which the text has grown. */
  tell(found: Found, choice: Choice, reporter: Reporter): void
}

/** A text of the message. */
export class TextPart implements TextualPart {
  readonly #at: number
  readonly #key: string
  readonly #context: LineContext
  #field: Field | undefined
  /** The text of the field, if a piece of it does no more than to make it grow. */
  #growing: GrowingText | undefined

  constructor(hole: NumberedHole, { context }: Ground) {
    this.#at = hole.at
    this.#key = hole.key
    this.#context = context
  }

  settle(choice: Choice): boolean {
    const field = choice.message.get(this.#key)
    const isOdd = this.#key === 'content' && choice.finish.reason !== null
    this.#field = field
    this.#growing = isOdd ? undefined : field?.growing?.(this.#context)
    return field !== undefined
  }

  take(found: Found, choice: Choice, taken: Taken[] | undefined): boolean {
    const at = this.#at
    if (this.#growing !== undefined) {
      if (!this.grow(found, choice)) return false
      taken?.push({ key: this.#key, value: found.text(at) })
      return true
    }
    if (this.#field === undefined) return false
    const size = found.size(at)
    choice.mergeKnown(this.#field, this.#key, found.text(at), this.#context, taken, size)
    return size > 0
  }

  get isGrowing(): boolean {
    return this.#growing !== undefined && this.#key === 'content'
  }

  grow(found: Found, choice: Choice): boolean {
    const size = found.size(this.#at)
    if (size === 0 || this.#growing === undefined) return false
    this.#context.keepBytes(size)
    found.appendTo(this.#growing, this.#at)
    choice.message.changed()
    return true
  }

  tell(found: Found, choice: Choice, reporter: Reporter): void {
    const held = reporter.heldText('content.delta', choice.index)
    if (held !== undefined) return found.appendTo(held, this.#at)
    reporter.choiceDelta('content.delta', choice.index, found.text(this.#at))
  }
}

/** A piece of the arguments of a call that has begun. */
export class CallPart implements TextualPart {
  readonly #index: number
  readonly #text: number
  readonly #namesType: boolean
  readonly #context: LineContext
  readonly isGrowing = true
  /** Index → the call that it means, as far as frames have asked. Short: a list is read sooner than a map. */
  #calls: ToolCall[] = []
  #call: ToolCall | undefined
  /** What was new in the text, if more was to be done than to append it. */
  #piece: string | undefined

  constructor(index: NumberedHole, text: NumberedHole, call: JsonObject, { context }: Ground) {
    this.#index = index.at
    this.#text = text.at
    this.#namesType = Boolean(call.type) || isObject(call.custom)
    this.#context = context
  }

  /** Only a frame that is read plainly opens a call, shows it or gives it a type. */
  settle(): boolean {
    this.#calls = []
    return true
  }

  /** Is the call there, and open? One that is not yet shown, or done, has more to say about a piece. */
  accepts(found: Found, choice: Choice): boolean {
    const index = found.number(this.#index)
    this.#call = this.#calls[index] ?? this.#openCall(index, choice)
    return this.#call !== undefined
  }

  #openCall(index: number, choice: Choice): ToolCall | undefined {
    const call = choice.toolCalls.at(index)
    if (call === undefined || !call.started || call.done) return undefined
    if (this.#namesType && call.type === '') return undefined
    if (index === this.#calls.length) this.#calls.push(call)
    return call
  }

  take(found: Found, choice: Choice, taken: Taken[] | undefined): boolean {
    const call = this.#call
    if (call === undefined || !this.grow(found, choice)) return false
    if (taken === undefined) return true
    const delta = this.#delta(found)
    choice.toolCalls.changes = [{ call, started: false, delta, extra: undefined }]
    taken.push({ key: 'tool_calls', value: null })
    return true
  }

  grow(found: Found, choice: Choice): boolean {
    const call = this.#call
    const size = found.size(this.#text)
    if (call === undefined || size === 0) return false
    const growing = choice.finish.reason === null ? call.growing(this.#context) : undefined
    if (growing === undefined) {
      this.#piece = choice.appendArguments(call, found.text(this.#text), this.#context, size)
      return this.#piece !== ''
    }
    this.#context.keepBytes(size)
    found.appendTo(growing, this.#text)
    call.grown()
    this.#piece = undefined
    return true
  }

  tell(found: Found, choice: Choice, reporter: Reporter): void {
    const call = this.#call
    if (call === undefined) return
    const held =
      this.#piece === undefined
        ? reporter.heldText('tool_calls.arguments.delta', choice.index, call)
        : undefined
    if (held !== undefined) return found.appendTo(held, this.#text)
    reporter.argumentsDelta(choice.index, call, this.#delta(found))
  }

  /** What has come is what is new, but in a text that was declared cumulative. */
  #delta(found: Found): string {
    return this.#piece ?? found.text(this.#text)
  }
}

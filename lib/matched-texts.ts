import type { LineContext } from './context.ts'
import type { Finding } from './from/template/finding.ts'
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
  grow(choice: Choice): boolean
  /** Tells the piece by which the text has grown. */
  tell(choice: Choice, reporter: Reporter): void
}

/** A text of the message. */
export class TextPart implements TextualPart {
  readonly #finding: Finding
  readonly #key: string
  readonly #context: LineContext
  #field: Field | undefined
  /** The text of the field, if a piece of it does no more than to make it grow. */
  #growing: GrowingText | undefined

  constructor(hole: NumberedHole, { context }: Ground, found: Found) {
    this.#finding = found.at(hole.at)
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

  take(choice: Choice, taken: Taken[] | undefined): boolean {
    if (this.#growing !== undefined) {
      if (!this.grow(choice)) return false
      taken?.push({ key: this.#key, value: this.#finding.text })
      return true
    }
    if (this.#field === undefined) return false
    const { size, text } = this.#finding
    choice.mergeKnown(this.#field, this.#key, text, this.#context, taken, size)
    return size > 0
  }

  get isGrowing(): boolean {
    return this.#growing !== undefined && this.#key === 'content'
  }

  grow(choice: Choice): boolean {
    const { size } = this.#finding
    if (size === 0 || this.#growing === undefined) return false
    this.#context.keepBytes(size)
    this.#finding.appendTo(this.#growing)
    choice.message.changed()
    return true
  }

  tell(choice: Choice, reporter: Reporter): void {
    const held = reporter.heldText('content.delta', choice.index)
    if (held !== undefined) return this.#finding.appendTo(held)
    reporter.choiceDelta('content.delta', choice.index, this.#finding.text)
  }
}

/** A piece of the arguments of a call that has begun. */
export class CallPart implements TextualPart {
  readonly #index: Finding
  readonly #text: Finding
  readonly #namesType: boolean
  readonly #context: LineContext
  readonly isGrowing = true
  /** Index → the call that it means, as far as frames have asked. Short: a list is read sooner than a map. */
  #calls: ToolCall[] = []
  #call: ToolCall | undefined
  /** What was new in the text, if more was to be done than to append it. */
  #piece: string | undefined

  constructor(index: NumberedHole, text: NumberedHole, call: JsonObject, { context }: Ground, found: Found) {
    this.#index = found.at(index.at)
    this.#text = found.at(text.at)
    this.#namesType = Boolean(call.type) || isObject(call.custom)
    this.#context = context
  }

  /** Only a frame that is read plainly opens a call, shows it or gives it a type. */
  settle(): boolean {
    this.#calls = []
    return true
  }

  /** Is the call there, and open? One that is not yet shown, or done, has more to say about a piece. */
  accepts(choice: Choice): boolean {
    const index = this.#index.number
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

  take(choice: Choice, taken: Taken[] | undefined): boolean {
    const call = this.#call
    if (call === undefined || !this.grow(choice)) return false
    if (taken === undefined) return true
    const delta = this.#delta
    choice.toolCalls.changes = [{ call, started: false, delta, extra: undefined }]
    taken.push({ key: 'tool_calls', value: null })
    return true
  }

  grow(choice: Choice): boolean {
    const call = this.#call
    const { size } = this.#text
    if (call === undefined || size === 0) return false
    const growing = choice.finish.reason === null ? call.growing(this.#context) : undefined
    if (growing === undefined) {
      this.#piece = choice.appendArguments(call, this.#text.text, this.#context, size)
      return this.#piece !== ''
    }
    this.#context.keepBytes(size)
    this.#text.appendTo(growing)
    call.grown()
    this.#piece = undefined
    return true
  }

  tell(choice: Choice, reporter: Reporter): void {
    const call = this.#call
    if (call === undefined) return
    const held =
      this.#piece === undefined
        ? reporter.heldText('tool_calls.arguments.delta', choice.index, call)
        : undefined
    if (held !== undefined) return this.#text.appendTo(held)
    reporter.argumentsDelta(choice.index, call, this.#delta)
  }

  /** What has come is what is new, but in a text that was declared cumulative. */
  get #delta(): string {
    return this.#piece ?? this.#text.text
  }
}

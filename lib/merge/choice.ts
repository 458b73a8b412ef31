import type { JsonObject, JsonValue } from '../wire/index.ts'
import { ContentField } from './content.ts'
import type { Field, MergeContext } from './field.ts'
import { FieldSet, pathOf } from './field-set.ts'
import type { Tables } from './fields.ts'
import { FinishReasonField } from './finish-reason.ts'
import { getOwn, setOwn, sharedWith } from './json.ts'
import type { ToolCall } from './tool-call.ts'
import { ToolCallsField } from './tool-calls.ts'

/** What was taken of one key of a delta, for events. Tool calls say it in `changes` of their field. */
export interface Taken {
  readonly key: string
  readonly value: JsonValue
}

/** Makes the ids that a provider leaves out. */
export interface IdMaker {
  toolCallId(choice: number, call: ToolCall): string
}

/** One choice while it grows: its message, and the fields beside it. */
export class Choice {
  readonly index: number
  readonly message: FieldSet
  #fields: FieldSet | undefined
  readonly finish: FinishReasonField
  readonly #tables: Tables
  readonly #ids: IdMaker
  #toolCalls: ToolCallsField | undefined
  #message: JsonObject | undefined
  #snapshot: JsonObject | undefined

  constructor(index: number, tables: Tables, ids: IdMaker) {
    const path = pathOf('choices', `[${index}]`)
    this.index = index
    this.message = new FieldSet(tables.delta, pathOf(path, '.delta'))
    this.#tables = tables
    this.finish = new FinishReasonField(pathOf(path, '.finish_reason'))
    this.#ids = ids
  }

  /** Made when they are asked for: most choices have none. */
  get fields(): FieldSet {
    this.#fields ??= new FieldSet(this.#tables.choice, pathOf('choices', `[${this.index}]`))
    return this.#fields
  }

  /** Made when it is asked for: most answers call nothing. Its table row could not know the maker of ids. */
  get toolCalls(): ToolCallsField {
    this.#toolCalls ??= new ToolCallsField(pathOf(this.message.path, '.tool_calls'), (call) =>
      this.#ids.toolCallId(this.index, call),
    )
    return this.#toolCalls
  }

  get hasToolCalls(): boolean {
    return this.#toolCalls !== undefined && this.#toolCalls.size > 0
  }

  /** Merges the keys of a delta. Adds what was taken to `taken`, if someone wants to know. */
  mergeDelta(delta: JsonObject, context: MergeContext, taken: Taken[] | undefined): void {
    for (const key in delta) {
      const value = delta[key] as JsonValue // for-in over own keys: the value is there
      if (value === null) continue
      if (key === 'tool_calls') {
        try {
          this.toolCalls.merge(value, context)
        } finally {
          if (this.toolCalls.changes.length > 0) taken?.push({ key, value: null })
        }
        if (this.toolCalls.changes.length > 0) this.#checkOrder(context)
        continue
      }
      const got = this.message.merge(key, value, context)
      if (got === undefined) continue
      taken?.push({ key, value: got })
      if (key === 'content' && got !== '') this.#checkOrder(context)
    }
  }

  /** As `mergeDelta` for one key, whose field is known, and the size of its text. */
  mergeKnown(
    field: Field,
    key: string,
    value: JsonValue,
    context: MergeContext,
    taken: Taken[] | undefined,
    size?: number,
  ): void {
    const got = this.message.mergeKnown(field, value, context, size)
    if (got === undefined) return
    taken?.push({ key, value: got })
    if (key === 'content' && got !== '') this.#checkOrder(context)
  }

  /**
   * As `mergeDelta` for a fragment that has a text and nothing else, of a call that is shown and not done; gives what
   * is new in it.
   */
  appendArguments(call: ToolCall, text: string, context: MergeContext, size: number): string {
    const delta = call.append(text, context, size)
    this.#checkOrder(context)
    return delta
  }

  #checkOrder(context: MergeContext): void {
    if (this.finish.reason !== null) context.diagnose('content_after_finish')
  }

  /** Merges a field beside the message; gives what was taken. */
  mergeField(key: string, value: JsonValue, context: MergeContext): JsonValue | undefined {
    return value === null ? undefined : this.fields.merge(key, value, context)
  }

  mergeFinishReason(value: JsonValue): void {
    this.finish.merge(value)
  }

  /** The input ended. */
  finishToolCalls(context: MergeContext): void {
    this.#toolCalls?.finish(context)
  }

  /** Kinds of output this choice got: more than one, and it is a choice of its own. */
  get kinds(): string[] {
    const kinds = this.message.keys().filter((key) => key !== 'role')
    return this.hasToolCalls ? [...kinds, 'tool_calls'] : kinds
  }

  /** The choice so far: the same object while nothing changed, the same message while that did not. */
  snapshot(): JsonObject {
    const { logprobs, ...others }: JsonObject = this.#fields?.snapshot() ?? {}
    this.#message = sharedWith(this.#message, this.#makeMessage())
    const snapshot: JsonObject = {
      index: this.index,
      message: this.#message,
      finish_reason: this.finish.reason,
      logprobs: logprobs ?? null,
    }
    for (const key of Object.keys(others)) setOwn(snapshot, key, getOwn(others, key) ?? null)
    this.#snapshot = sharedWith(this.#snapshot, snapshot)
    return this.#snapshot
  }

  /** `content: ""` becomes null only beside something that replaces it, as in a response that was not streamed. */
  #makeMessage(): JsonObject {
    const fields = this.message.snapshot()
    const toolCalls = this.#toolCalls?.snapshot()
    const content = this.message.get('content')
    const replaces = toolCalls ?? (fields.refusal || fields.function_call || fields.audio)
    const isNull = content instanceof ContentField && content.isEmpty && replaces
    const message: JsonObject = {
      role: fields.role ?? 'assistant',
      content: isNull ? null : (fields.content ?? null),
      refusal: fields.refusal || null,
    }
    for (const key of Object.keys(fields)) {
      if (key !== 'role' && key !== 'content' && key !== 'refusal')
        setOwn(message, key, getOwn(fields, key) ?? null)
    }
    if (toolCalls !== undefined) message.tool_calls = toolCalls
    return message
  }

  save(): JsonValue {
    const { index } = this
    return {
      index,
      message: this.message.save(),
      fields: this.fields.save(),
      finish: this.finish.save(),
      toolCalls: this.toolCalls.save(),
    }
  }

  load(state: JsonObject): void {
    this.message.load(state.message ?? null)
    this.fields.load(state.fields ?? null)
    this.finish.load(state.finish ?? null)
    this.toolCalls.load(state.toolCalls ?? null)
  }
}

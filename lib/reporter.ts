import type { AssemblyEvent, AssemblyEventMap, AssemblyEventType } from './events.ts'
import type { Choice, Taken } from './merge/choice.ts'
import { isPlainText } from './merge/content.ts'
import { deltaFields, plainReasoning } from './merge/fields.ts'
import { isObject, setOwn } from './merge/json.ts'
import { reasoningOfPart } from './merge/parts.ts'
import { textOfDetails } from './merge/reasoning-details.ts'
import { textOfBlocks } from './merge/thinking-blocks.ts'
import type { ToolCall, ToolCallChange } from './merge/tool-call.ts'
import type { Outlet } from './outlet.ts'
import type { CreateChatCompletionResponse, JsonObject, JsonValue } from './wire/index.ts'

/** An event with a lazy snapshot: a getter on the prototype costs nothing until it is read. */
class LiveEvent {
  readonly #source: () => CreateChatCompletionResponse
  #snapshot: CreateChatCompletionResponse | undefined

  constructor(source: () => CreateChatCompletionResponse, fields: object) {
    this.#source = source
    Object.assign(this, fields)
  }

  get snapshot(): CreateChatCompletionResponse {
    this.#snapshot ??= this.#source()
    return this.#snapshot
  }
}

/** A piece of arguments, with the value so far: parsed once, when it is read. */
class ArgumentsEvent extends LiveEvent {
  readonly #read: () => JsonValue | undefined
  #isRead = false
  #value: JsonValue | undefined

  constructor(source: () => CreateChatCompletionResponse, fields: object, read: () => JsonValue | undefined) {
    super(source, fields)
    this.#read = read
  }

  get value(): JsonValue | undefined {
    if (!this.#isRead) {
      this.#isRead = true
      this.#value = this.#read()
    }
    return this.#value
  }
}

type FieldsOf<Type extends AssemblyEventType> = Omit<AssemblyEventMap[Type], 'snapshot'>

/** Turns what the merge took into events. It is only made when someone listens. */
export class Reporter {
  readonly #outlet: Outlet
  readonly #snapshot: () => CreateChatCompletionResponse
  readonly #maxJsonDepth: number
  /** Choices that have sent plain reasoning text: their details repeat it. */
  readonly #spoke = new Set<number>()

  constructor(outlet: Outlet, snapshot: () => CreateChatCompletionResponse, maxJsonDepth: number) {
    this.#outlet = outlet
    this.#snapshot = snapshot
    this.#maxJsonDepth = maxJsonDepth
  }

  /** Tells a delta event. */
  live<Type extends AssemblyEventType>(fields: FieldsOf<Type>): void {
    // The class adds the one field that FieldsOf leaves out.
    this.#outlet.emit(new LiveEvent(this.#snapshot, fields) as unknown as AssemblyEvent)
  }

  /** Tells any other event. */
  tell(event: AssemblyEvent): void {
    this.#outlet.emit(event)
  }

  /** Tells what one delta brought: its reasoning first, then the rest in the order of the wire. */
  delta(choice: Choice, taken: readonly Taken[]): void {
    const rest = new Rest(this, choice.index)
    this.#plainReasoning(choice.index, taken, rest)
    for (const { key, value } of taken) {
      // Sent, but empty: no delta, yet not the same as never sent.
      if (value === '' || (Array.isArray(value) && value.length === 0)) {
        rest.add(key, value)
        continue
      }
      switch (deltaFields.get(key)?.voice ?? (key === 'tool_calls' ? 'tool_calls' : 'other')) {
        case 'reasoning':
          break
        case 'content':
          this.#content(choice.index, value)
          break
        case 'refusal':
          this.live<'refusal.delta'>({ type: 'refusal.delta', choice: choice.index, delta: String(value) })
          break
        case 'audio':
          this.live<'audio.delta'>({ type: 'audio.delta', choice: choice.index, delta: value as JsonObject })
          break
        case 'annotations': {
          // Whatever a provider lists there is an annotation of the open union.
          const delta = value as unknown as AssemblyEventMap['annotations.delta']['delta']
          this.live<'annotations.delta'>({ type: 'annotations.delta', choice: choice.index, delta })
          break
        }
        case 'tool_calls':
          for (const change of choice.toolCalls.changes) this.#toolCall(choice.index, change, rest)
          break
        case 'reasoning_details':
          rest.add(key, value)
          this.#otherReasoning(choice.index, textOfDetails(value as JsonValue[]))
          break
        case 'thinking_blocks':
          rest.add(key, value)
          this.#otherReasoning(choice.index, textOfBlocks(value as JsonValue[]))
          break
        default:
          rest.add(key, value)
      }
    }
    rest.tell()
  }

  /** One thought may come under several keys: the most believed one speaks, equal ones are named beside it. */
  #plainReasoning(choice: number, taken: readonly Taken[], rest: Rest): void {
    let delta = ''
    const keys: string[] = []
    for (const key of plainReasoning) {
      const found = taken.find((entry) => entry.key === key)
      if (found === undefined || found.value === '') continue
      if (delta === '') delta = String(found.value)
      if (found.value === delta) keys.push(key)
      else rest.add(key, found.value)
    }
    if (delta === '') return
    this.#spoke.add(choice)
    this.live<'reasoning.delta'>({ type: 'reasoning.delta', choice, delta, keys })
  }

  /** Reasoning that is nowhere else as plain text. */
  #otherReasoning(choice: number, delta: string): void {
    if (delta === '' || this.#spoke.has(choice)) return
    this.live<'reasoning.delta'>({ type: 'reasoning.delta', choice, delta, keys: [] })
  }

  #content(choice: number, value: JsonValue): void {
    if (typeof value === 'string')
      return this.live<'content.delta'>({ type: 'content.delta', choice, delta: value })
    for (const part of Array.isArray(value) ? value.filter(isObject) : []) {
      if (isPlainText(part)) {
        if (part.text)
          this.live<'content.delta'>({ type: 'content.delta', choice, delta: String(part.text ?? '') })
        continue
      }
      const delta = part as AssemblyEventMap['content.part']['delta']
      this.live<'content.part'>({ type: 'content.part', choice, delta })
      this.#otherReasoning(choice, reasoningOfPart(part))
    }
  }

  #toolCall(choice: number, change: ToolCallChange, rest: Rest): void {
    const call = identityOf(choice, change.call)
    if (change.started) this.live<'tool_calls.start'>({ type: 'tool_calls.start', ...call })
    if (change.extra !== undefined) rest.add('tool_calls', [{ index: call.index, ...change.extra }])
    if (change.delta === '') return
    const end = change.call.text.length
    const fields = { type: 'tool_calls.arguments.delta', ...call, delta: change.delta }
    const read = () => change.call.valueAt(end, this.#maxJsonDepth)
    this.#outlet.emit(new ArgumentsEvent(this.#snapshot, fields, read) as unknown as AssemblyEvent) // as in live()
  }

  restore(spoke: readonly number[]): void {
    for (const choice of spoke) this.#spoke.add(choice)
  }

  get spoke(): readonly number[] {
    return [...this.#spoke]
  }
}

export function identityOf(choice: number, call: ToolCall) {
  const callType = call.isCustom ? ('custom' as const) : ('function' as const)
  return { choice, index: call.ordinal, id: call.id, name: call.name, callType }
}

/** The fields of a delta that have no event of their own: told together, at the end. */
class Rest {
  readonly #reporter: Reporter
  readonly #choice: number
  #delta: JsonObject | undefined

  constructor(reporter: Reporter, choice: number) {
    this.#reporter = reporter
    this.#choice = choice
  }

  add(key: string, value: JsonValue): void {
    this.#delta ??= {}
    const held = this.#delta[key]
    setOwn(
      this.#delta,
      key,
      key === 'tool_calls' && Array.isArray(held) && Array.isArray(value) ? [...held, ...value] : value,
    )
  }

  tell(): void {
    if (this.#delta === undefined) return
    this.#reporter.live<'message.delta'>({ type: 'message.delta', choice: this.#choice, delta: this.#delta })
  }
}

import type { AssemblyEvent, AssemblyEventMap, AssemblyEventType, Live, OfChoice } from './events.ts'
import type { ToolCall } from './merge/tool-call.ts'
import type { CreateChatCompletionResponse, JsonValue } from './wire/index.ts'

export type Source = () => CreateChatCompletionResponse

/** Events that have a choice and a delta and nothing else: one class, so that they all look alike to a listener. */
export type ChoiceDeltaType = {
  [Type in AssemblyEventType]: keyof AssemblyEventMap[Type] extends 'type' | 'delta' | keyof (OfChoice & Live)
    ? AssemblyEventMap[Type] extends OfChoice & Live
      ? Type
      : never
    : never
}[AssemblyEventType]

/** An event with a lazy snapshot: a getter on the prototype costs nothing until it is read. */
abstract class LiveEvent {
  readonly #source: Source
  #snapshot: CreateChatCompletionResponse | undefined

  constructor(source: Source) {
    this.#source = source
    this.#snapshot = undefined
  }

  get snapshot(): CreateChatCompletionResponse {
    this.#snapshot ??= this.#source()
    return this.#snapshot
  }
}

/** One a token, so not a LiveEvent: the call of its constructor is a fifteenth of what a token costs a subscriber. */
class ChoiceDelta {
  readonly #source: Source
  #snapshot: CreateChatCompletionResponse | undefined
  readonly type: ChoiceDeltaType
  readonly choice: number
  readonly delta: unknown

  constructor(source: Source, type: ChoiceDeltaType, choice: number, delta: unknown) {
    this.#source = source
    this.#snapshot = undefined
    this.type = type
    this.choice = choice
    this.delta = delta
  }

  get snapshot(): CreateChatCompletionResponse {
    this.#snapshot ??= this.#source()
    return this.#snapshot
  }
}

class ReasoningDelta extends LiveEvent {
  readonly type: 'reasoning.delta'
  readonly choice: number
  readonly delta: string
  readonly keys: readonly string[]

  constructor(source: Source, choice: number, delta: string, keys: readonly string[]) {
    super(source)
    this.type = 'reasoning.delta'
    this.choice = choice
    this.delta = delta
    this.keys = keys
  }
}

/** A piece of arguments, with the value so far: parsed once, when it is read. */
class ArgumentsDelta extends LiveEvent {
  readonly type: 'tool_calls.arguments.delta'
  readonly choice: number
  readonly index: number
  readonly id: string
  readonly name: string
  readonly callType: 'function' | 'custom'
  readonly delta: string
  readonly #call: ToolCall
  readonly #end: number
  readonly #maxJsonDepth: number
  #isRead: boolean
  #value: JsonValue | undefined

  constructor(
    source: Source,
    choice: number,
    call: ToolCall,
    delta: string,
    end: number,
    maxJsonDepth: number,
  ) {
    super(source)
    this.type = 'tool_calls.arguments.delta'
    this.choice = choice
    this.index = call.ordinal
    this.id = call.id
    this.name = call.name
    this.callType = call.isCustom ? 'custom' : 'function'
    this.delta = delta
    this.#call = call
    this.#end = end
    this.#maxJsonDepth = maxJsonDepth
    this.#isRead = false
    this.#value = undefined
  }

  get value(): JsonValue | undefined {
    if (!this.#isRead) {
      this.#isRead = true
      this.#value = this.#call.valueAt(this.#end, this.#maxJsonDepth)
    }
    return this.#value
  }
}

class OtherEvent extends LiveEvent {
  constructor(source: Source, fields: object) {
    super(source)
    Object.assign(this, fields)
  }
}

// Each class has the fields that events.ts says, which a class cannot say of itself: hence the casts, here only.

export function choiceDelta<Type extends ChoiceDeltaType>(
  source: Source,
  type: Type,
  choice: number,
  delta: AssemblyEventMap[Type]['delta'],
): AssemblyEvent {
  return new ChoiceDelta(source, type, choice, delta) as unknown as AssemblyEvent
}

export function reasoningDelta(
  source: Source,
  choice: number,
  delta: string,
  keys: readonly string[],
): AssemblyEvent {
  return new ReasoningDelta(source, choice, delta, keys)
}

/** `end`: the length of the arguments with this piece. */
export function argumentsDelta(
  source: Source,
  choice: number,
  call: ToolCall,
  delta: string,
  end: number,
  maxJsonDepth: number,
): AssemblyEvent {
  return new ArgumentsDelta(source, choice, call, delta, end, maxJsonDepth)
}

export function otherEvent<Type extends AssemblyEventType>(
  source: Source,
  fields: Omit<AssemblyEventMap[Type], 'snapshot'>,
): AssemblyEvent {
  return new OtherEvent(source, fields) as unknown as AssemblyEvent
}

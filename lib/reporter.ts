import { reasoningKeys } from './dialect/reasoning.ts'
import type { AssemblyEvent, AssemblyEventMap, AssemblyEventType } from './events.ts'
import { HeldDeltas } from './held-deltas.ts'
import {
  argumentsDelta,
  type ChoiceDeltaType,
  choiceDelta,
  otherEvent,
  reasoningDelta,
} from './live-events.ts'
import type { Choice, Taken } from './merge/choice.ts'
import { isPlainText } from './merge/content.ts'
import { fieldTables } from './merge/fields.ts'
import { isObject, setOwn } from './merge/json.ts'
import { reasoningOfPart } from './merge/parts.ts'
import { textOfDetails } from './merge/reasoning-details.ts'
import { textOfBlocks } from './merge/thinking-blocks.ts'
import type { ToolCall, ToolCallChange } from './merge/tool-call.ts'
import type { Outlet } from './outlet.ts'
import type { CreateChatCompletionResponse, JsonObject, JsonValue } from './wire/index.ts'

type FieldsOf<Type extends AssemblyEventType> = Omit<AssemblyEventMap[Type], 'snapshot'>

/** Of all streams that do not reason. */
const none: readonly number[] = []

/** Turns what the merge took into events. It is only made when someone listens. */
export class Reporter {
  readonly #outlet: Outlet
  readonly #snapshot: () => CreateChatCompletionResponse
  readonly #maxJsonDepth: number
  readonly #held: HeldDeltas | undefined
  /** Choices that have sent plain reasoning text: their details repeat it. */
  #spoke = none

  /** `coalesces`: deltas are held until `flush`, or until anything else is told. */
  constructor(
    outlet: Outlet,
    snapshot: () => CreateChatCompletionResponse,
    maxJsonDepth: number,
    coalesces: boolean,
  ) {
    this.#outlet = outlet
    this.#snapshot = snapshot
    this.#maxJsonDepth = maxJsonDepth
    this.#held = coalesces ? new HeldDeltas(snapshot, maxJsonDepth) : undefined
    if (coalesces) outlet.precede(() => this.flush())
  }

  /** Tells what is held. */
  flush(): void {
    if (this.#held === undefined) return
    for (let event = this.#held.next(); event !== undefined; event = this.#held.next())
      this.#outlet.tell(event)
  }

  /** Tells a delta of one choice. */
  choiceDelta<Type extends ChoiceDeltaType>(
    type: Type,
    choice: number,
    delta: AssemblyEventMap[Type]['delta'],
  ): void {
    if (this.#held !== undefined && this.#hold(this.#held, type, choice, delta)) return
    this.#outlet.emit(choiceDelta(this.#snapshot, type, choice, delta))
  }

  /** false: it cannot be joined to what is held, which goes before it then. */
  #hold(held: HeldDeltas, type: ChoiceDeltaType, choice: number, delta: unknown): boolean {
    if (typeof delta === 'string') held.text(type, choice).append(delta)
    else if (!isObject(delta)) return false
    else if (!held.add(type, choice, delta)) {
      this.flush()
      return held.add(type, choice, delta)
    }
    return true
  }

  /** The text that is held of a delta, to which its next piece can be added; undefined: nothing is held. */
  heldText(type: ChoiceDeltaType | 'tool_calls.arguments.delta', choice: number, call?: ToolCall) {
    return this.#held?.text(type, choice, call)
  }

  /** Tells the piece that was just appended to the arguments of a call. */
  argumentsDelta(choice: number, call: ToolCall, delta: string): void {
    const held = this.heldText('tool_calls.arguments.delta', choice, call)
    if (held !== undefined) return held.append(delta)
    const end = call.text.length
    this.#outlet.emit(argumentsDelta(this.#snapshot, choice, call, delta, end, this.#maxJsonDepth))
  }

  /** Tells any other event that has a snapshot. */
  live<Type extends AssemblyEventType>(fields: FieldsOf<Type>): void {
    this.#outlet.emit(otherEvent<Type>(this.#snapshot, fields))
  }

  /** Tells any other event. */
  tell(event: AssemblyEvent): void {
    this.#outlet.emit(event)
  }

  /** Tells what one delta brought: its reasoning first, then the rest in the order of the wire. */
  delta(choice: Choice, taken: readonly Taken[]): void {
    const only = taken[0]
    if (taken.length === 1 && only !== undefined && this.#text(choice.index, only)) return
    const rest = new Rest(this, choice.index)
    this.#plainReasoning(choice.index, taken, rest)
    for (const { key, value } of taken) {
      // Sent, but empty: no delta, yet not the same as never sent.
      if (value === '' || (Array.isArray(value) && value.length === 0)) {
        rest.add(key, value)
        continue
      }
      switch (voiceOf(key)) {
        case 'reasoning':
          break
        case 'content':
          this.#content(choice.index, value)
          break
        case 'refusal':
          this.choiceDelta('refusal.delta', choice.index, String(value))
          break
        case 'audio':
          this.choiceDelta('audio.delta', choice.index, value as JsonObject)
          break
        case 'annotations': {
          // Whatever a provider lists there is an annotation of the open union.
          const delta = value as unknown as AssemblyEventMap['annotations.delta']['delta']
          this.choiceDelta('annotations.delta', choice.index, delta)
          break
        }
        case 'tool_calls':
          for (const change of choice.toolCalls.changes) this.#toolCall(choice.index, change, rest)
          break
        case 'reasoning_details':
          rest.add(key, value)
          if (!this.#spoke.includes(choice.index))
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

  /** The common case, a piece of one text; false: it is something else. */
  #text(choice: number, { key, value }: Taken): boolean {
    if (key !== 'content' || typeof value !== 'string' || value === '') return false
    this.choiceDelta('content.delta', choice, value)
    return true
  }

  /** One thought may come under several keys: the most believed one speaks, equal ones are named beside it. */
  #plainReasoning(choice: number, taken: readonly Taken[], rest: Rest): void {
    let delta = ''
    let keys: string[] | undefined
    for (const { key } of reasoningKeys) {
      const value = takenOf(taken, key)
      if (value === undefined || value === '') continue
      if (keys === undefined) {
        delta = String(value)
        keys = [key]
      } else if (value === delta) keys.push(key)
      else rest.add(key, value)
    }
    if (keys === undefined) return
    if (!this.#spoke.includes(choice)) this.#spoke = this.#spoke.concat(choice)
    this.#reasoning(choice, delta, keys)
  }

  /** Reasoning that is nowhere else as plain text. */
  #otherReasoning(choice: number, delta: string): void {
    if (delta === '' || this.#spoke.includes(choice)) return
    this.#reasoning(choice, delta, [])
  }

  #reasoning(choice: number, delta: string, keys: readonly string[]): void {
    if (this.#held !== undefined)
      return this.#held.text('reasoning.delta', choice, undefined, keys).append(delta)
    this.#outlet.emit(reasoningDelta(this.#snapshot, choice, delta, keys))
  }

  #content(choice: number, value: JsonValue): void {
    if (typeof value === 'string') return this.choiceDelta('content.delta', choice, value)
    for (const part of Array.isArray(value) ? value.filter(isObject) : []) {
      if (isPlainText(part)) {
        if (part.text) this.choiceDelta('content.delta', choice, String(part.text ?? ''))
        continue
      }
      this.choiceDelta('content.part', choice, part as AssemblyEventMap['content.part']['delta'])
      this.#otherReasoning(choice, reasoningOfPart(part))
    }
  }

  #toolCall(choice: number, change: ToolCallChange, rest: Rest): void {
    const { call, started, extra, delta } = change
    if (started) this.live<'tool_calls.start'>({ type: 'tool_calls.start', ...identityOf(choice, call) })
    if (extra !== undefined) rest.add('tool_calls', [{ index: call.ordinal, ...extra }])
    if (delta === '') return
    this.argumentsDelta(choice, call, delta)
  }

  restore(spoke: readonly number[]): void {
    this.#spoke = [...spoke]
  }

  get spoke(): readonly number[] {
    return [...this.#spoke] // it is handed out, in a state
  }
}

function voiceOf(key: string): string {
  return fieldTables().delta.get(key)?.voice ?? (key === 'tool_calls' ? 'tool_calls' : 'other')
}

function takenOf(taken: readonly Taken[], key: string): JsonValue | undefined {
  for (const entry of taken) if (entry.key === key) return entry.value
  return undefined
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
    if (this.#delta === undefined && key === 'reasoning_details') {
      this.#delta = { reasoning_details: value } // what OpenRouter sends each time: a key that is known costs less
      return
    }
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
    this.#reporter.choiceDelta('message.delta', this.#choice, this.#delta)
  }
}

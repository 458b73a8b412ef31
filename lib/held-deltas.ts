import type { AssemblyEvent } from './events.ts'
import { GrowingText } from './growing-text.ts'
import {
  argumentsDelta,
  type ChoiceDeltaType,
  choiceDelta,
  reasoningDelta,
  type Source,
} from './live-events.ts'
import { getOwn, setOwn } from './merge/json.ts'
import type { ToolCall } from './merge/tool-call.ts'
import type { JsonObject, JsonValue } from './wire/index.ts'

type Type = ChoiceDeltaType | 'reasoning.delta' | 'tool_calls.arguments.delta'

/** Event type → the keys of its delta that hold text which goes on, and those that hold lists which do. */
const joined: Readonly<
  Record<string, { readonly texts: readonly string[]; readonly lists: '*' | readonly string[] }>
> = {
  'audio.delta': { texts: ['data', 'transcript'], lists: [] },
  'logprobs.delta': { texts: [], lists: '*' },
  'message.delta': { texts: [], lists: ['reasoning_details', 'thinking_blocks'] },
}

const noKeys: readonly string[] = []

/** A delta that grows until it is told. */
class HeldDelta {
  readonly type: Type
  readonly choice: number
  readonly call: ToolCall | undefined
  readonly keys: readonly string[]
  readonly text = new GrowingText()
  readonly object: JsonObject = {}
  /** The length of the call's arguments with this piece of them. */
  end = 0

  constructor(type: Type, choice: number, call: ToolCall | undefined, keys: readonly string[]) {
    this.type = type
    this.choice = choice
    this.call = call
    this.keys = keys
  }

  is(type: Type, choice: number, call: ToolCall | undefined, keys: readonly string[]): boolean {
    return type === this.type && choice === this.choice && call === this.call && isSameList(keys, this.keys)
  }
}

/**
 * With `coalesce`: the deltas of one write, one for each choice and field, in the order in which they began. Whoever
 * tells anything else tells them first.
 */
export class HeldDeltas {
  readonly #source: Source
  readonly #maxJsonDepth: number
  #queue: HeldDelta[] = []

  constructor(source: Source, maxJsonDepth: number) {
    this.#source = source
    this.#maxJsonDepth = maxJsonDepth
  }

  /** The text of a delta, for its next piece. */
  text(type: Type, choice: number, call?: ToolCall, keys: readonly string[] = noKeys): GrowingText {
    const held = this.#find(type, choice, call, keys)
    held.end = call?.text.length ?? 0
    return held.text
  }

  /** Adds to a delta that is an object; false: it is none that can be joined to what is held. */
  add(type: ChoiceDeltaType, choice: number, delta: JsonObject): boolean {
    const rule = joined[type]
    if (rule === undefined) return false
    for (const key in delta) {
      const isList = Array.isArray(delta[key]) && (rule.lists === '*' || rule.lists.includes(key))
      if (!isList && !rule.texts.includes(key)) return false
    }
    const { object } = this.#find(type, choice, undefined, noKeys)
    for (const key in delta) if (!goesOn(getOwn(object, key), delta[key] ?? null)) return false
    for (const key in delta) setOwn(object, key, join(getOwn(object, key), delta[key] ?? null))
    return true
  }

  #find(type: Type, choice: number, call: ToolCall | undefined, keys: readonly string[]): HeldDelta {
    for (const held of this.#queue) if (held.is(type, choice, call, keys)) return held
    const held = new HeldDelta(type, choice, call, keys)
    this.#queue.push(held)
    return held
  }

  /** The next event, which is not held any more. A listener that writes meanwhile is told the rest of them first. */
  next(): AssemblyEvent | undefined {
    const held = this.#queue.shift()
    if (held === undefined) return undefined
    const { type, choice, call, keys, end } = held
    const text = held.text.toString()
    if (call !== undefined) return argumentsDelta(this.#source, choice, call, text, end, this.#maxJsonDepth)
    if (type === 'reasoning.delta') return reasoningDelta(this.#source, choice, text, keys)
    const delta = joined[type] === undefined ? text : held.object
    return choiceDelta(this.#source, type as 'message.delta', choice, delta as JsonObject) // as it was held
  }
}

/** Base64 that ends with padding is whole: what follows was encoded on its own. */
function goesOn(held: JsonValue | undefined, value: JsonValue): boolean {
  if (held === undefined) return true
  return typeof held === 'string' ? typeof value === 'string' && !held.endsWith('=') : Array.isArray(value)
}

function join(held: JsonValue | undefined, value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    if (!Array.isArray(held)) return [...value]
    for (const item of value) held.push(item)
    return held
  }
  return typeof held === 'string' ? held + String(value) : value
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((item, i) => item === other[i]))
}

import { Fault } from '../errors.ts'
import type { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { MergeContext } from './field.ts'
import { getOwn, isObject, isSame, setOwn } from './json.ts'
import { LiveValue } from './live-value.ts'
import { mergeObjects } from './object.ts'
import { TextField } from './text.ts'

/** Can the call be run? `partial`: it was cut. `invalid`: no name, or its arguments are not JSON. */
export type ToolCallState = 'complete' | 'partial' | 'invalid'

/** What one entry of `delta.tool_calls` did to a call; the assembler makes events of it. */
export interface ToolCallChange {
  readonly call: ToolCall
  started: boolean
  /** New text of the arguments or the input. */
  readonly delta: string
  /** Other fields that changed, in the wire's shape; undefined: none. */
  readonly extra: JsonObject | undefined
}

/** Keys of an entry that have a meaning of their own; all others are kept as they are. */
const known: ReadonlySet<string> = new Set(['index', 'id', 'type', 'function', 'custom', 'name', 'arguments'])

/** One tool call while it grows. */
export class ToolCall {
  /** The call's number in order of arrival. */
  readonly ordinal: number
  /** The index on the wire; undefined if none came. */
  readonly index: number | undefined
  id = ''
  /** The id is not the provider's: none had come when one was needed. */
  madeUpId = false
  type = ''
  name = ''
  started = false
  /** Nothing of it changes any more, and the world was told. */
  done = false
  readonly text: TextField
  #extra: JsonObject = {}
  #inner: JsonObject = {}
  #snapshot: JsonObject | undefined
  #verdict: Verdict | undefined
  #isContradicted = false
  /** Made when someone looks at the arguments while they are written. */
  #live: LiveValue | undefined

  constructor(ordinal: number, index: number | undefined, path: string) {
    this.ordinal = ordinal
    this.index = index
    this.text = new TextField(path)
  }

  get isCustom(): boolean {
    return this.type === 'custom'
  }

  merge(fragment: Fragment, context: MergeContext): ToolCallChange {
    const { id, type, name } = this
    this.#identify(fragment, context)
    let delta = ''
    if (fragment.text !== '') {
      if (this.done) this.#refuse(fragment.text, context)
      else delta = String(this.text.merge(fragment.text, context) ?? '')
    }
    const extra = this.#keepExtra(fragment, context)
    const isRenamed = id !== this.id || type !== this.type || name !== this.name
    if (delta !== '' || extra !== undefined || isRenamed) this.#snapshot = undefined
    if (delta !== '') {
      this.#verdict = undefined
      this.#live?.push(delta)
    }
    return { call: this, started: false, delta, extra }
  }

  /** As `merge`, for a fragment that has a text and nothing else; gives what is new in it. Not for a call that is done. */
  append(text: string, context: MergeContext, size: number): string {
    const delta = this.text.merge(text, context, size)
    if (typeof delta !== 'string' || delta === '') return ''
    this.grown()
    this.#live?.push(delta)
    return delta
  }

  /** The text to whose end any piece that is not empty would be added; undefined: more is to be done. */
  growing(context: MergeContext): GrowingText | undefined {
    return this.#live === undefined ? this.text.growing(context) : undefined
  }

  /** The text has grown. */
  grown(): void {
    this.#snapshot = undefined
    this.#verdict = undefined
  }

  /** A call that was told as done stays as it was told; what comes later makes it suspect. */
  #refuse(text: string, context: MergeContext): void {
    if (text.trim() === '') return
    context.diagnose('arguments_after_done')
    this.#isContradicted = true
  }

  #identify(fragment: Fragment, context: MergeContext): void {
    if (this.id === '') this.id = fragment.id
    else if (this.madeUpId && fragment.id !== '' && fragment.id !== this.id)
      context.diagnose('late_tool_call_id')
    if (this.type === '' && !this.started && fragment.type !== '') this.type = fragment.type
    const name = fragment.name
    if (name === '' || name === this.name) return
    if (this.name === '') {
      this.name = name
    } else if (this.text.length === 0 && !this.done) {
      this.name = name.startsWith(this.name) ? name : this.name + name
      context.diagnose('name_continued')
    }
  }

  #keepExtra(fragment: Fragment, context: MergeContext): JsonObject | undefined {
    const outer = fragment.extra
    const inner = fragment.innerExtra
    if (outer === undefined && inner === undefined) return undefined
    const extra: JsonObject = {
      ...outer,
      ...(inner !== undefined && { [this.isCustom ? 'custom' : 'function']: inner }),
    }
    const nextOuter = mergeObjects(this.#extra, outer ?? {}, true)
    const nextInner = mergeObjects(this.#inner, inner ?? {}, true)
    if (isSame(nextOuter, this.#extra) && isSame(nextInner, this.#inner)) return undefined
    if (!context.keepValue(extra)) return undefined
    this.#extra = nextOuter
    this.#inner = nextInner
    return extra
  }

  /** The call in the shape of a message. */
  snapshot(): JsonObject {
    if (this.#snapshot === undefined) {
      const text = this.text.text
      const call = this.isCustom
        ? { id: this.id, type: 'custom', custom: { name: this.name, input: text, ...this.#inner } }
        : {
            id: this.id,
            type: this.type || 'function',
            function: { name: this.name, arguments: text, ...this.#inner },
          }
      for (const key of Object.keys(this.#extra)) setOwn(call, key, getOwn(this.#extra, key) ?? null)
      this.#snapshot = call
    }
    return this.#snapshot
  }

  /** The value of the first `end` characters of the arguments; undefined for a custom tool. */
  valueAt(end: number, maxJsonDepth: number): JsonValue | undefined {
    if (this.isCustom) return undefined
    this.#live ??= new LiveValue(this.text.text, maxJsonDepth)
    return this.#live.read(end)
  }

  touch(): void {
    this.#snapshot = undefined
  }

  /** Do name and text make a call that can be run? Parsed once, strictly; empty arguments mean `{}`. */
  judge(maxJsonDepth: number): Verdict {
    if (this.#isContradicted) return { valid: false }
    this.#verdict ??=
      this.name === '' ? { valid: false } : this.isCustom ? { valid: true } : this.#parse(maxJsonDepth)
    return this.#verdict
  }

  #parse(maxJsonDepth: number): Verdict {
    const text = this.text.text
    try {
      const value: JsonValue = JSON.parse(text)
      return isDeeperThan(value, maxJsonDepth) ? { valid: false } : { valid: true, value }
    } catch {
      return text.trim() === '' ? { valid: true, value: {} } : { valid: false }
    }
  }

  save(): JsonValue {
    const { index, id, madeUpId, type, name, started, done } = this
    return {
      index: index ?? null,
      id,
      madeUpId,
      type,
      name,
      started,
      done,
      isContradicted: this.#isContradicted,
      text: this.text.text,
      extra: this.#extra,
      inner: this.#inner,
    }
  }

  load(state: JsonObject): void {
    this.id = String(state.id)
    this.madeUpId = state.madeUpId === true
    this.type = String(state.type)
    this.name = String(state.name)
    this.started = state.started === true
    this.done = state.done === true
    this.#isContradicted = state.isContradicted === true
    this.text.load(state.text ?? '')
    if (isObject(state.extra)) this.#extra = state.extra
    if (isObject(state.inner)) this.#inner = state.inner
  }
}

export interface Verdict {
  readonly valid: boolean
  /** The parsed arguments of a function call that is valid. */
  readonly value?: JsonValue
}

/** Nested deeper than `max`: JSON.parse takes a million levels, consumers do not. */
function isDeeperThan(value: JsonValue, max: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (max <= 0) return true
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && isDeeperThan(item, max - 1)) return true
    return false
  }
  for (const key in value) {
    const item = value[key] ?? null
    if (typeof item === 'object' && isDeeperThan(item, max - 1)) return true
  }
  return false
}

/** One entry of `delta.tool_calls`, read: every text a string, empty where nothing came. */
export interface Fragment {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly text: string
  readonly extra: JsonObject | undefined
  readonly innerExtra: JsonObject | undefined
}

/** Reads an entry. Throws a fault `bad_type` where a field cannot be what it is. */
export function readFragment(entry: JsonObject, path: string, context: MergeContext): Fragment {
  const custom = entry.custom
  const inner = isObject(custom) ? custom : entry.function
  if (inner !== undefined && inner !== null && !isObject(inner))
    throw new Fault('bad_type', { path: `${path}.function` })
  const source = isObject(inner) ? inner : entry // Cloudflare puts name and arguments on the call itself
  const id = readText(entry, 'id', path)
  return {
    id: id === 'null' ? '' : id, // the default of Mistral's SDK, written out
    type: readText(entry, 'type', path) || (isObject(custom) ? 'custom' : ''),
    name: readText(source, 'name', path),
    text: readArguments(source, isObject(custom) ? 'input' : 'arguments', path, context),
    extra: othersOf(entry, known),
    innerExtra: isObject(inner) ? othersOf(inner, innerKnown) : undefined,
  }
}

const innerKnown: ReadonlySet<string> = new Set(['name', 'arguments', 'input'])

function readText(source: JsonObject, key: string, path: string): string {
  const value = source[key] ?? ''
  if (typeof value !== 'string') throw new Fault('bad_type', { path: `${path}.${key}` })
  return value
}

function readArguments(source: JsonObject, key: string, path: string, context: MergeContext): string {
  const value = source[key] ?? ''
  if (isObject(value) || Array.isArray(value)) {
    if (!context.keepValue(value)) return ''
    context.diagnose('args_object')
    return JSON.stringify(value)
  }
  return readText(source, key, path)
}

function othersOf(source: JsonObject, own: ReadonlySet<string>): JsonObject | undefined {
  let others: JsonObject | undefined
  for (const key in source) {
    const value = source[key] ?? null
    if (own.has(key) || value === null) continue
    others ??= {}
    setOwn(others, key, value)
  }
  return others
}

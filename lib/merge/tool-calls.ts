import { Fault } from '../errors.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { isObject, sharedListWith } from './json.ts'
import { type Fragment, readFragment, ToolCall, type ToolCallChange } from './tool-call.ts'

/**
 * The tool calls of one choice. Which call a fragment belongs to is decided in `#callFor`, by the rules that
 * hold for every provider recorded: an index is only a key, a new call needs a new identity, a missing index is
 * replaced by the id, and a fragment with neither goes to the newest call.
 */
export class ToolCallsField implements Field {
  readonly #path: string
  readonly #calls: ToolCall[] = []
  /** Index on the wire → the call it means now; a new identity under an index takes it over. */
  #atIndex: Map<number, ToolCall> | undefined
  #snapshot: JsonObject[] | undefined
  /** What the last merge did, for events. Read at once. */
  changes: ToolCallChange[] = []
  /** Makes an id for a call that has none. */
  readonly #makeId: (call: ToolCall) => string

  constructor(path: string, makeId: (call: ToolCall) => string) {
    this.#path = path
    this.#makeId = makeId
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!Array.isArray(value)) throw new Fault('bad_type', { path: this.#path })
    this.changes = []
    value.forEach((entry, i) => {
      const path = `${this.#path}[${i}]`
      if (!isObject(entry)) throw new Fault('bad_type', { path })
      this.#mergeEntry(entry, path, context)
    })
    return undefined
  }

  /** The call that an index means now. */
  at(index: number): ToolCall | undefined {
    return this.#atIndex?.get(index)
  }

  #mergeEntry(entry: JsonObject, path: string, context: MergeContext): void {
    const fragment = readFragment(entry, path, context)
    const index = readIndex(entry.index, `${path}.index`, context)
    if (isNothing(fragment)) return
    const call = this.#callFor(index, fragment, context)
    const hadId = call.id !== ''
    const change = call.merge(fragment, context)
    if (!hadId && call.id !== '' && this.#calls.some((other) => other !== call && other.id === call.id))
      this.#giveId(call, context)
    if (!call.started && (call.name !== '' || call.text.length > 0)) {
      this.#giveId(call, context)
      call.started = true
      change.started = true
    }
    this.changes.push(change)
  }

  #callFor(index: number | undefined, fragment: Fragment, context: MergeContext): ToolCall {
    const open = index === undefined ? this.#withoutIndex(fragment, context) : this.at(index)
    if (open === undefined) return this.#open(index, context)
    if (index === undefined || !isAnotherCall(open, fragment, context)) return open
    context.diagnose('same_index_new_call')
    return this.#open(index, context)
  }

  /** No index: a known id means its call, a new identity a new call, and nothing at all the newest one. */
  #withoutIndex(fragment: Fragment, context: MergeContext): ToolCall | undefined {
    context.diagnose('missing_index')
    if (fragment.id !== '') return this.#calls.findLast((call) => call.id === fragment.id && !call.madeUpId)
    return fragment.name === '' ? this.#calls.at(-1) : undefined
  }

  #open(index: number | undefined, context: MergeContext): ToolCall {
    if (this.#calls.length >= context.limits.maxToolCalls)
      throw new Fault('limit_tool_calls', { path: this.#path })
    const call = new ToolCall(this.#calls.length, index, `${this.#path}[${this.#calls.length}].arguments`)
    this.#calls.push(call)
    if (index !== undefined) this.#setIndex(index, call)
    return call
  }

  /** Most choices have no calls, and no map for them. */
  #setIndex(index: number, call: ToolCall): void {
    this.#atIndex ??= new Map()
    this.#atIndex.set(index, call)
  }

  /** A call is shown with an id that is its own: made up where none came, or where another call has it. */
  #giveId(call: ToolCall, context: MergeContext): void {
    if (call.id !== '' && this.#calls.some((other) => other !== call && other.id === call.id)) {
      context.diagnose('duplicate_tool_call_id')
      call.id = this.#makeId(call)
      call.madeUpId = true
    }
    if (call.id !== '') return
    context.diagnose('missing_tool_call_id')
    call.id = this.#makeId(call)
    call.madeUpId = true
  }

  /** The input ended: calls of which only an id came are shown too. */
  finish(context: MergeContext): void {
    for (const call of this.#calls) {
      if (call.started) continue
      this.#giveId(call, context)
      call.started = true
      call.touch()
    }
  }

  get size(): number {
    return this.#calls.length
  }

  /** By index if every call has one (they are numbered by the model), else as they came. */
  get ordered(): readonly ToolCall[] {
    if (!this.#calls.every((call) => call.index !== undefined)) return this.#calls
    return this.#calls.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0))
  }

  snapshot(): JsonValue | undefined {
    if (this.#calls.length === 0) return undefined
    this.#snapshot = sharedListWith(
      this.#snapshot ?? [],
      this.ordered.map((call) => call.snapshot()),
    )
    return this.#snapshot
  }

  save(): JsonValue {
    const open = [...(this.#atIndex ?? [])].map(([index, call]) => [index, call.ordinal])
    return { calls: this.#calls.map((call) => call.save()), open }
  }

  load(state: JsonValue): void {
    if (!isObject(state) || !Array.isArray(state.calls) || !Array.isArray(state.open)) return
    for (const saved of state.calls.filter(isObject)) {
      const index = saved.index
      const ordinal = this.#calls.length
      const call = new ToolCall(
        ordinal,
        typeof index === 'number' ? index : undefined,
        `${this.#path}[${ordinal}].arguments`,
      )
      call.load(saved)
      this.#calls.push(call)
    }
    for (const [index, ordinal] of state.open as [number, number][]) {
      const call = this.#calls[ordinal]
      if (call !== undefined) this.#setIndex(index, call)
    }
  }
}

/** Cloudflare's null finaliser, and an empty `arguments` that some servers send with the finish: no call. */
function isNothing(fragment: Fragment): boolean {
  return fragment.id === '' && fragment.name === '' && fragment.text === '' && fragment.extra === undefined
}

/**
 * Under the index of an open call: another call? It needs a new id and a name. A new id alone is one of the
 * servers that make an id a fragment. With the same id, or none, another name means another call only once the
 * arguments so far are whole; before any argument it is the rest of a name.
 */
function isAnotherCall(open: ToolCall, fragment: Fragment, context: MergeContext): boolean {
  if (fragment.name === '') return false
  if (fragment.id !== '' && open.id !== '' && fragment.id !== open.id && !open.madeUpId) return true
  if (fragment.name === open.name || open.name === '' || open.text.length === 0) return false
  return open.judge(context.limits.maxJsonDepth).valid
}

/** A whole number of 0 or more, or undefined where none was sent that could be one. */
export function readIndex(
  value: JsonValue | undefined,
  path: string,
  context: MergeContext,
): number | undefined {
  if (value === undefined || value === null) return undefined
  const index = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (!Number.isSafeInteger(index)) throw new Fault('bad_index', { path })
  if (typeof value === 'string') context.diagnose('index_not_a_number')
  if (Number(index) >= 0) return Number(index)
  context.diagnose('negative_index')
  return undefined
}

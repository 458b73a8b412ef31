import { joinText } from './content.ts'
import { type FieldRule, mergeDeep, mergeFields } from './unknown-fields.ts'
import {
  isAbsent,
  isObject,
  type JsonObject,
  list,
  nonEmpty,
  own,
  parses,
  text,
  tidyObject,
  without,
} from './values.ts'

export interface ReferenceCall {
  /** Null: the provider sent none, or one that another call already has; the library makes one up. */
  id: string | null
  type: 'function' | 'custom'
  name: string
  arguments: string
  state: 'complete' | 'partial' | 'invalid'
  /** Other fields of the call, such as `extra_content`. */
  fields: JsonObject
}

/** One entry of `delta.tool_calls`, read. */
interface Fragment {
  index: number | null
  id: string | null
  type: string | null
  name: string
  arguments: string
  custom: boolean
  fields: JsonObject
}

interface Call {
  index: number | null
  id: string | null
  type: string | null
  custom: boolean
  name: string
  pieces: string[]
  fields: JsonObject[]
}

const OWN_KEYS = ['index', 'id', 'type', 'function', 'custom', 'name', 'arguments']
const FIELD_RULES: Record<string, FieldRule> = {
  extra_content: mergeDeep,
  provider_specific_fields: mergeDeep,
}

/** R8: an object is written out as JSON. */
export function argumentsText(value: unknown): string {
  return isAbsent(value) ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}

/** A string of digits is the number it spells; a negative index is none (z.ai). */
function indexOf(value: unknown): number | null {
  if (typeof value === 'string') return Number(value)
  return typeof value === 'number' && value >= 0 ? value : null
}

function fragmentOf(entry: JsonObject): Fragment {
  const custom = isObject(own(entry, 'custom'))
  // Cloudflare puts name and arguments on the call itself.
  const body = custom ? own(entry, 'custom') : (own(entry, 'function') ?? entry)
  const id = nonEmpty(own(entry, 'id'))
  return {
    index: indexOf(own(entry, 'index')),
    // Mistral's SDK writes the word.
    id: id === 'null' ? null : id,
    type: nonEmpty(own(entry, 'type')),
    name: text(own(body, 'name')),
    arguments: argumentsText(own(body, custom ? 'input' : 'arguments')),
    custom,
    fields: tidyObject(without(entry, OWN_KEYS)),
  }
}

/** Rule 1 of dialects.md 3.3: an entry that says nothing opens nothing. */
function saysNothing(fragment: Fragment): boolean {
  const { id, name, arguments: args, fields } = fragment
  return id === null && name === '' && args === '' && Object.keys(fields).length === 0
}

function namesAnotherCall(call: Call, fragment: Fragment): boolean {
  if (fragment.id === null || fragment.name === '' || call.id === null) return false
  if (fragment.id !== call.id) return true
  return fragment.name !== call.name && parses(call.pieces.join(''))
}

/** The calls of one choice, found and filled fragment by fragment. */
class Calls {
  readonly all: Call[] = []
  readonly byIndex = new Map<number, Call>()
  latest: Call | undefined

  find(fragment: Fragment, namedInThisChunk: ReadonlySet<Call>): Call | undefined {
    if (fragment.index !== null) {
      const call = this.byIndex.get(fragment.index)
      const both = call && namedInThisChunk.has(call) && fragment.name !== ''
      return call && !both && !namesAnotherCall(call, fragment) ? call : undefined
    }
    if (fragment.id !== null) return this.all.find((call) => call.id === fragment.id)
    return fragment.name === '' ? this.latest : undefined
  }

  open(fragment: Fragment): Call {
    const call: Call = {
      index: fragment.index,
      id: null,
      type: null,
      custom: false,
      name: '',
      pieces: [],
      fields: [],
    }
    this.all.push(call)
    if (fragment.index !== null) this.byIndex.set(fragment.index, call)
    return call
  }
}

/** A repeated name stays; another one before any argument is the rest of a name cut in two, or the whole of it. */
function nameAfter(call: Call, name: string): string {
  if (call.name === '' || name === '' || name === call.name) return call.name || name
  if (call.pieces.join('') !== '') return call.name
  return name.startsWith(call.name) ? name : call.name + name
}

function fill(call: Call, fragment: Fragment): void {
  call.id ??= fragment.id
  call.type ??= fragment.type
  call.custom ||= fragment.custom
  call.name = nameAfter(call, fragment.name)
  call.pieces.push(fragment.arguments)
  call.fields.push(fragment.fields)
}

function collect(deltas: readonly unknown[]): Call[] {
  const calls = new Calls()
  for (const entries of deltas) {
    const named = new Set<Call>()
    for (const fragment of list(entries).filter(isObject).map(fragmentOf)) {
      if (saysNothing(fragment)) continue
      const call = calls.find(fragment, named) ?? calls.open(fragment)
      fill(call, fragment)
      if (fragment.name !== '') named.add(call)
      calls.latest = call
    }
  }
  return withoutSecondIds(calls.all)
}

/** Of two calls with one id the later one is left without. */
function withoutSecondIds(calls: Call[]): Call[] {
  const isSecond = (call: Call, at: number): boolean => calls.findIndex(({ id }) => id === call.id) < at
  return calls.map((call, at) => (isSecond(call, at) ? { ...call, id: null } : call))
}

/** By index if all have one, else as they came. */
function inOrder(calls: Call[]): Call[] {
  const indexed = calls.every((call) => call.index !== null)
  return indexed ? calls.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)) : calls
}

export interface CallEnd {
  /** The stream is complete. */
  complete: boolean
  finishReason: string | null
}

/** design.md 6: what was cut is partial, what was ended but cannot be run is invalid. */
function stateOf(
  call: Pick<ReferenceCall, 'type' | 'name' | 'arguments'>,
  end: CallEnd,
): ReferenceCall['state'] {
  const cut = !end.complete || end.finishReason === 'length' || end.finishReason === 'content_filter'
  if (cut) return 'partial'
  const runnable = call.type === 'custom' || call.arguments === '' || parses(call.arguments)
  return call.name !== '' && runnable ? 'complete' : 'invalid'
}

/** All calls of a choice. `deltas` are its `delta.tool_calls`, one per chunk. */
export function mergeToolCalls(
  deltas: readonly unknown[],
  end: CallEnd,
  cumulative: boolean,
): ReferenceCall[] {
  return inOrder(collect(deltas)).map((call) => {
    const type = (call.type ?? (call.custom ? 'custom' : 'function')) === 'custom' ? 'custom' : 'function'
    const read = { type, name: call.name, arguments: joinText(call.pieces, cumulative) } as const
    return { id: call.id, ...read, state: stateOf(read, end), fields: mergeFields(call.fields, FIELD_RULES) }
  })
}

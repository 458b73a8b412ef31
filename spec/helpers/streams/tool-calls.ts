import fc from 'fast-check'
import type { JsonObject } from '../reference/values.ts'
import { argumentsPieces, interleave, picks, toolName } from './text.ts'

/** What a call should be in the end. */
export interface IntendedCall {
  name: string
  arguments: string
}

export interface GeneratedCalls {
  /** `{tool_calls}` deltas, in order. */
  deltas: JsonObject[]
  intended: IntendedCall[]
}

interface Call {
  id: string
  name: string
  pieces: string[]
  custom: boolean
}

/** What a later fragment repeats of the head of its call; `otherId` is an id of its own, without a name. */
type Continuation = 'bare' | 'repeat' | 'empty' | 'null' | 'otherId'
/** What the first fragment lacks. `nullWord` sends the word "null" as id. */
type Head = 'full' | 'untyped' | 'noId' | 'nullWord'
type Arrangement = 'sequential' | 'interleaved' | 'together'

interface Style {
  continuation: Continuation
  head: Head
  /** Where the arguments start: with the head, after an empty one, after null, or whole as an object. */
  start: 'head' | 'later' | 'null' | 'object'
  /** Where the name is cut in two. */
  nameCut: number
}

interface Plan {
  calls: Call[]
  style: Style
  arrangement: Arrangement
  order: number[]
  /** Ends with an entry that says nothing (Cloudflare). */
  finaliser: boolean
  /** A delta of metadata alone follows each call (Gemini). */
  signature: boolean
  sameId: boolean
  address: (position: number) => JsonObject
}

function body(call: Call, name: string | null | undefined, text: unknown): JsonObject {
  const payload = call.custom ? 'input' : 'arguments'
  const members = {
    ...(name === undefined ? {} : { name }),
    ...(text === undefined ? {} : { [payload]: text }),
  }
  return { [call.custom ? 'custom' : 'function']: members }
}

const typeOf = (call: Call): string => (call.custom ? 'custom' : 'function')

function continuation(call: Call, piece: string, kind: Continuation, at: number): JsonObject {
  if (kind === 'repeat') return { id: call.id, type: typeOf(call), ...body(call, call.name, piece) }
  if (kind === 'empty') return { id: '', type: typeOf(call), ...body(call, '', piece) }
  if (kind === 'null') return { id: null, type: null, ...body(call, null, piece) }
  if (kind === 'otherId') return { id: `other_${at}`, ...body(call, undefined, piece) }
  return body(call, undefined, piece)
}

function head(call: Call, name: string, text: unknown, kind: Head): JsonObject {
  const id = kind === 'noId' ? {} : { id: kind === 'nullWord' ? 'null' : call.id }
  return { ...id, ...(kind === 'untyped' ? {} : { type: typeOf(call) }), ...body(call, name, text) }
}

/** The arguments as an object, where they are one. */
function objectArguments(call: Call): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(call.pieces.join(''))
    return call.custom || typeof value !== 'object' || value === null ? undefined : { ...value }
  } catch {
    return undefined
  }
}

/** A call without an id has none to repeat, and another id would be its first. */
function possible(style: Style): Style {
  const idless = style.head === 'noId' || style.head === 'nullWord'
  const needsId = style.continuation === 'repeat' || style.continuation === 'otherId'
  return idless && needsId ? { ...style, continuation: 'bare' } : style
}

/** All fragments of a call, still without address. */
function fragmentsOf(call: Call, style: Style): JsonObject[] {
  const object = style.start === 'object' ? objectArguments(call) : undefined
  if (object) return [head(call, call.name, object, style.head)]
  const [first, ...rest] =
    style.start === 'head' ? call.pieces : [style.start === 'null' ? null : '', ...call.pieces]
  const later = rest.map((piece, at) => continuation(call, piece ?? '', style.continuation, at))
  const names = [call.name.slice(0, style.nameCut), call.name.slice(style.nameCut)] as const
  // A second name that starts with the first one would be the whole name, and after an argument it would be nothing.
  const cuts = names[0] !== '' && names[1] !== '' && !names[1].startsWith(names[0]) && !first
  const heads = cuts
    ? [head(call, names[0], first, style.head), body(call, names[1], undefined)]
    : [head(call, call.name, first, style.head)]
  return [...heads, ...later]
}

const FINALISER = {
  tool_calls: [{ index: 0, id: null, type: null, function: { name: null, arguments: '' } }],
}

function intendedOf(plan: Plan): IntendedCall[] {
  const calls = plan.calls.map((call, at) => {
    const object = plan.style.start === 'object' ? objectArguments(call) : undefined
    const text = object ? JSON.stringify(object) : call.pieces.join('')
    return { index: Number(plan.address(at).index ?? 0), call: { name: call.name, arguments: text } }
  })
  return calls.sort((a, b) => a.index - b.index).map(({ call }) => call)
}

/** Each call whole in one entry, all entries in one delta. */
function together(plan: Plan): JsonObject[] {
  const entries = plan.calls.flatMap((call, at) => {
    const start = plan.style.start === 'object' && objectArguments(call) ? 'object' : 'head'
    const whole = { ...call, pieces: [call.pieces.join('')] }
    const fragments = fragmentsOf(whole, { ...plan.style, start, nameCut: 0 })
    return fragments.map((fragment) => ({ ...plan.address(at), ...fragment }))
  })
  return [{ tool_calls: entries }]
}

function apart(plan: Plan): JsonObject[] {
  const lists = plan.calls.map((call, at) => {
    const signature = plan.signature
      ? [{ extra_content: { google: { thought_signature: `signature ${at}` } } }]
      : []
    const fragments = [...fragmentsOf(call, plan.style), ...signature]
    return fragments.map((fragment) => ({ tool_calls: [{ ...plan.address(at), ...fragment }] }))
  })
  return plan.arrangement === 'interleaved' ? interleave(lists, plan.order) : lists.flat()
}

function generate(planned: Plan): GeneratedCalls {
  const first = planned.calls[0]
  const calls = planned.calls.map((call) => (planned.sameId && first ? { ...call, id: first.id } : call))
  const plan = { ...planned, calls, style: possible(planned.style) }
  const deltas = plan.arrangement === 'together' ? together(plan) : apart(plan)
  return { deltas: plan.finaliser ? [...deltas, FINALISER] : deltas, intended: intendedOf(plan) }
}

function calls(): fc.Arbitrary<Call[]> {
  const call = fc.record({
    prefix: fc.constantFrom('call_', 'toolu_', 'functions.f:', ''),
    name: toolName(),
    pieces: argumentsPieces(),
    custom: fc.constantFrom(false, false, false, true),
  })
  const numbered = ({ prefix, ...rest }: { prefix: string } & Omit<Call, 'id'>, at: number): Call => {
    return { ...rest, id: `${prefix}${at}` }
  }
  return fc.array(call, { minLength: 1, maxLength: 3 }).map((list) => list.map(numbered))
}

type Allowed = Pick<Plan, 'address'> & {
  heads: Head[]
  continuations: Continuation[]
  arrangements: Arrangement[]
  cutsNames: boolean
  sharesIds: boolean
}

function plans(allowed: Allowed): fc.Arbitrary<Plan> {
  return fc.record({
    calls: calls(),
    style: fc.record({
      continuation: fc.constantFrom(...allowed.continuations),
      head: fc.constantFrom(...allowed.heads),
      start: fc.constantFrom('head', 'later', 'null', 'object'),
      nameCut: allowed.cutsNames ? fc.constantFrom(0, 0, 1, 3) : fc.constant(0),
    }),
    arrangement: fc.constantFrom(...allowed.arrangements),
    order: picks(),
    finaliser: fc.boolean(),
    signature: fc.boolean(),
    sameId: allowed.sharesIds ? fc.constantFrom(false, false, false, true) : fc.constant(false),
    address: fc.constant(allowed.address),
  })
}

const INDEXED: Plan['address'][] = [
  (at) => ({ index: at }),
  (at) => ({ index: at + 1 }),
  (at) => ({ index: 3 * at + 2 }),
  (at) => ({ index: 100 - at }),
  (at) => ({ index: 4294967295 + at }),
  (at) => ({ index: String(at) }),
]
const UNINDEXED: Plan['address'][] = [() => ({}), () => ({ index: null }), () => ({ index: -1 })]

/** Tool calls as the providers of dialects.md 3.3 send them. Every plan says in `intended` what must come out. */
export function toolCalls(): fc.Arbitrary<GeneratedCalls> {
  const indexed = INDEXED.map((address) =>
    plans({
      address,
      heads: ['full', 'untyped', 'noId', 'nullWord'],
      continuations: ['bare', 'repeat', 'empty', 'null', 'otherId'],
      arrangements: ['sequential', 'interleaved', 'together'],
      cutsNames: true,
      sharesIds: true,
    }),
  )
  const unindexed = UNINDEXED.map((address) =>
    plans({
      address,
      heads: ['full', 'untyped', 'noId', 'nullWord'],
      continuations: ['bare', 'repeat', 'empty', 'null'],
      arrangements: ['sequential', 'together'],
      cutsNames: false,
      sharesIds: false,
    }),
  )
  // Only the new id and name tell that another call begins.
  const allZero = plans({
    address: () => ({ index: 0 }),
    heads: ['full', 'untyped'],
    continuations: ['bare', 'repeat', 'empty', 'null', 'otherId'],
    arrangements: ['sequential', 'together'],
    cutsNames: true,
    sharesIds: false,
  })
  return fc.oneof(...indexed, ...unindexed, allZero).map(generate)
}

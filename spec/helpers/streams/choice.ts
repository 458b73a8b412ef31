import fc from 'fast-check'
import { isObject, type JsonObject, own } from '../reference/values.ts'
import { reasoningDetails, thinkingBlocks } from './details.ts'
import {
  audio,
  content,
  functionCall,
  type Intended,
  reasoning,
  refusal,
  type Segment,
  toolCallSegment,
} from './segments.ts'
import { interleave, picks } from './text.ts'
import { choiceFields, messageFields } from './unknown.ts'

export interface GeneratedChoice {
  /** Entries of `choices`, still without index. */
  entries: JsonObject[]
  intended: Intended
}

interface Plan {
  segments: Segment[]
  order: number[]
  merges: boolean[]
  fields: JsonObject[]
  finish: (string | null)[]
  finishAt: 'own' | 'last' | 'early'
  finishKey: 'missing' | 'null'
  role: 'first' | 'every' | 'never' | 'null' | 'empty'
  nulls: boolean
  idle: JsonObject[]
}

const keysOf = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : [])

/** Two entries fit into one if no field would be lost; `message` says what the text is after its own delta. */
function fit(a: JsonObject, b: JsonObject): boolean {
  const used = new Set([...keysOf(own(a, 'delta')), ...keysOf(a)])
  const added = [...keysOf(own(b, 'delta')), ...keysOf(b)].filter((key) => key !== 'delta')
  return !used.has('message') && !added.includes('message') && !added.some((key) => used.has(key))
}

function withDelta(entry: JsonObject, members: JsonObject): JsonObject {
  const delta = own(entry, 'delta')
  return { ...entry, delta: { ...members, ...(isObject(delta) ? delta : {}) } }
}

/** Puts neighbours into one entry where `merges` says so. */
function mergeSome(entries: JsonObject[], merges: readonly boolean[]): JsonObject[] {
  const merged: JsonObject[] = []
  entries.forEach((entry, at) => {
    const last = merged.at(-1)
    const delta = own(last, 'delta')
    if (!last || !merges[at % Math.max(1, merges.length)] || !fit(last, entry)) merged.push(entry)
    else merged[merged.length - 1] = { ...last, ...withDelta(entry, isObject(delta) ? delta : {}) }
  })
  return merged
}

function withRole(entries: JsonObject[], role: Plan['role']): JsonObject[] {
  if (role === 'never') return entries
  if (role === 'first') return [{ delta: { role: 'assistant' } }, ...entries]
  const value = { every: 'assistant', null: null, empty: '' }[role]
  return entries.map((entry) => withDelta(entry, { role: value }))
}

function withFinish(entries: JsonObject[], plan: Plan): JsonObject[] {
  const [first = null, ...rest] = plan.finish
  const own = rest.map((reason) => ({ delta: {}, finish_reason: reason }))
  const open = entries.map((entry) => (plan.finishKey === 'null' ? { ...entry, finish_reason: null } : entry))
  const last = open.at(-1)
  if (plan.finishAt === 'own' || !last) return [...open, { delta: {}, finish_reason: first }, ...own]
  const before = open.slice(0, -1)
  if (plan.finishAt === 'last') return [...before, { ...last, finish_reason: first }, ...own]
  return [...before, { delta: {}, finish_reason: first }, ...own, last]
}

/** One field after the other on entries that do not have it yet. */
function withFields(entries: JsonObject[], fields: readonly JsonObject[]): JsonObject[] {
  return entries.map((entry, at) => {
    const field = fields[at]
    return field && !keysOf(field).some((key) => Object.hasOwn(entry, key)) ? { ...entry, ...field } : entry
  })
}

/** SGLang writes every field that it does not send as null. */
const NULLS = { role: null, content: null, tool_calls: null, reasoning_content: null }

function compose(plan: Plan): GeneratedChoice {
  const lists = plan.segments.map((segment) => segment.entries)
  const merged = mergeSome([...interleave(lists, plan.order), ...plan.idle], plan.merges)
  const nulled = plan.nulls ? merged.map((entry) => withDelta(entry, NULLS)) : merged
  const entries = withFields(withFinish(withRole(nulled, plan.role), plan), plan.fields)
  const intended: Intended = {}
  for (const segment of plan.segments) Object.assign(intended, segment.intended)
  return { entries, intended }
}

/** Nothing twice: two segments of one kind would write the same field. */
function segments(): fc.Arbitrary<Segment[]> {
  const sometimes = (segment: fc.Arbitrary<Segment>, chance: number): fc.Arbitrary<Segment[]> =>
    fc.oneof(
      { weight: 10 - chance, arbitrary: fc.constant<Segment[]>([]) },
      { weight: chance, arbitrary: segment.map((one) => [one]) },
    )
  return fc
    .tuple(
      sometimes(reasoning(), 3),
      sometimes(reasoningDetails(), 2),
      sometimes(thinkingBlocks(), 1),
      sometimes(content(), 8),
      sometimes(refusal(), 1),
      sometimes(toolCallSegment(), 5),
      sometimes(functionCall(), 1),
      sometimes(audio(), 1),
      sometimes(messageFields(), 2),
    )
    .map((lists) => lists.flat())
}

const FINISHES: (string | null)[][] = [
  ...[['stop'], ['stop'], ['tool_calls'], ['length'], ['content_filter'], ['function_call'], ['eos'], ['']],
  ...[['stop', 'stop'], ['tool_calls', 'stop', null], ['stop', 'length', ''], ['', 'stop'], [null]],
]
const IDLE: JsonObject[][] = [[], [], [{ delta: {} }], [{ delta: null }], [{}]]

export function choice(): fc.Arbitrary<GeneratedChoice> {
  return fc
    .record({
      segments: segments(),
      order: picks(),
      merges: fc.array(fc.boolean(), { maxLength: 5 }),
      fields: choiceFields(),
      finish: fc.constantFrom(...FINISHES),
      finishAt: fc.constantFrom('own', 'own', 'last', 'early'),
      finishKey: fc.constantFrom('missing', 'null'),
      role: fc.constantFrom('first', 'every', 'never', 'null', 'empty'),
      nulls: fc.constantFrom(false, false, false, true),
      idle: fc.constantFrom(...IDLE),
    })
    .map(compose)
}

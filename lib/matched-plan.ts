import { mayHoldError } from './dialect/errors.ts'
import { type Hole, levels } from './from/template/holes.ts'
import type { Template } from './from/template/template.ts'
import { isObject } from './merge/json.ts'
import type { JsonObject, JsonValue } from './wire/index.ts'

type Constants = readonly (readonly [key: string, value: JsonValue])[]

/** A hole and its number in the template. */
export interface NumberedHole extends Hole {
  readonly at: number
}

/**
 * What a template asks of a line, read from it once: which constants must be known already, and where the values of
 * its holes belong.
 */
export interface Plan {
  readonly index: JsonValue | undefined
  readonly chunk: Constants
  readonly choice: Constants
  readonly delta: Constants
  /** Counters without a hole; undefined: none, or with holes. */
  readonly constantUsage: JsonObject | undefined
  readonly holes: readonly NumberedHole[]
  /** The objects in which holes are, as in the frame that was learned. */
  readonly usage: JsonObject | undefined
  readonly detail: JsonObject | undefined
  readonly part: JsonObject | undefined
  readonly audio: JsonObject | undefined
  readonly call: JsonObject | undefined
}

const plans = new WeakMap<Template, Plan | null>()

/** undefined: a frame like this does more than its holes say. */
export function planOf(template: Template): Plan | undefined {
  const known = plans.get(template)
  if (known !== undefined) return known ?? undefined
  const plan = makePlan(template)
  plans.set(template, plan ?? null)
  return plan
}

/** Does the chunk hold one delta, and nothing that ends a choice, begins a call or reports an error? */
export function mayRepeat(chunk: JsonObject): boolean {
  const choice = onlyOf(chunk.choices)
  if (choice === undefined || !isObject(choice.delta) || mayHoldError(chunk) || isMore(choice)) return false
  const calls = choice.delta.tool_calls ?? []
  const call = onlyOf(calls)
  if (!isEmptyList(calls) && (call === undefined || !isFragment(call))) return false
  const { content } = choice.delta
  if (Array.isArray(content) && growingListOf(onlyOf(content) ?? {}) === undefined) return false
  const { logprobs } = choice
  if (growsByItems(choice.delta, lists) || (isObject(logprobs) && growsByItems(logprobs, none))) return false
  return isObject(chunk.usage ?? {})
}

/** Lists that have a text in which a template may have a hole; of any other each item is something new. */
const lists: ReadonlySet<string> = new Set(['content', 'tool_calls', 'reasoning_details'])
const none: ReadonlySet<string> = new Set()

/** The key of the list of one within a content part in whose text a template may have a hole; undefined: none. */
export function growingListOf(part: JsonObject): string | undefined {
  return [...levels().part.keys()].find((key) => typeof onlyOf(part[key])?.text === 'string')
}

function growsByItems(fields: JsonObject, lists: ReadonlySet<string>): boolean {
  for (const key in fields) {
    const value = fields[key]
    if (Array.isArray(value) && value.length > 0 && !lists.has(key)) return true
  }
  return false
}

function makePlan({ chunk, holes: all }: Template): Plan | undefined {
  const choice = onlyOf(chunk.choices)
  const delta = choice?.delta
  if (choice === undefined || !isObject(delta) || !mayRepeat(chunk)) return undefined
  const holes = all.map((hole, at): NumberedHole => ({ ...hole, at }))
  const inside = (place: Hole['place']): boolean => holes.some((hole) => hole.place === place)
  const own = (place: Hole['place']): string[] =>
    holes.filter((hole) => hole.place === place).map(({ key }) => key)
  if (own('detail').length > 1 || own('part').length > 1) return undefined
  const details = inside('detail') ? ['reasoning_details'] : []
  const parts = inside('part') ? ['content'] : []
  const audio = inside('audio') ? ['audio'] : []
  const calls = inside('call') || isEmptyList(delta.tool_calls) ? ['tool_calls'] : []
  const call = inside('call') ? onlyOf(delta.tool_calls) : undefined
  if (call !== undefined && !inside('arguments')) return undefined
  const usage = isObject(chunk.usage) ? chunk.usage : undefined
  return {
    index: choice.index,
    chunk: constantsOf(chunk, ['choices', 'usage', 'error', ...own('chunk')]),
    choice: constantsOf(choice, ['index', 'delta', 'message', 'finish_reason', 'usage']),
    delta: constantsOf(delta, [...own('delta'), ...details, ...parts, ...audio, ...calls]),
    constantUsage: inside('usage') ? undefined : usage,
    holes,
    usage,
    detail: onlyOf(delta.reasoning_details),
    part: inside('part') ? onlyOf(delta.content) : undefined,
    audio: isObject(delta.audio) ? delta.audio : undefined,
    call,
  }
}

/** The one object of a list of one. */
export function onlyOf(list: JsonValue | undefined): JsonObject | undefined {
  const [only, ...others] = Array.isArray(list) ? list : []
  return isObject(only) && others.length === 0 ? only : undefined
}

/** Does the choice hold anything that is read by hand beside its delta? */
function isMore({ message, finish_reason, usage }: JsonObject): boolean {
  return [message, usage].some((value) => value !== undefined && value !== null) || Boolean(finish_reason)
}

function isEmptyList(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.length === 0
}

function constantsOf(source: JsonObject, without: readonly string[]): Constants {
  return Object.entries(source).filter(([key, value]) => value !== null && !without.includes(key))
}

/** Says nothing of a call but its index, its type and a piece of its text? */
function isFragment(call: JsonObject): boolean {
  const { index, type, function: ofFunction, custom } = call
  const inner = ofFunction ?? custom
  if (!isObject(inner) || (ofFunction && custom)) return false
  if (typeof index !== 'number' || !(type === undefined || type === null || typeof type === 'string'))
    return false
  const { arguments: text, input } = inner
  if (typeof (custom ? input : text) !== 'string' || (custom ? text : input) !== undefined) return false
  return hasOnly(call, ofCall) && hasOnly(inner, ofPiece)
}

const ofCall: ReadonlySet<string> = new Set(['index', 'type', 'function', 'custom'])
const ofPiece: ReadonlySet<string> = new Set(['arguments', 'input'])

/** Other keys say nothing: they hold null, or an id or a name that is empty. */
function hasOnly(fields: JsonObject, own: ReadonlySet<string>): boolean {
  for (const key in fields) {
    const value = fields[key]
    if (own.has(key) || value === null || (value === '' && (key === 'id' || key === 'name'))) continue
    return false
  }
  return true
}

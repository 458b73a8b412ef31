import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { getOwn, isObject, isSame, setOwn } from './json.ts'

/**
 * Token counts: per key the last value that says something. Never added up: providers that send usage in each
 * chunk send totals. Zeros never erase: MiniMax and others close with an object of zeros.
 */
export class UsageField implements Field {
  #usage: JsonObject | undefined

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!isObject(value)) {
      context.diagnose('bad_usage')
      return undefined
    }
    const merged = mergeUsage(this.#usage ?? {}, value)
    if (isSame(merged, this.#usage) || !context.keepValue(merged, this.#usage)) return undefined
    this.#usage = merged
    return merged
  }

  repeats(value: JsonValue): boolean {
    return this.#usage !== undefined && isObject(value) && isSame(mergeUsage(this.#usage, value), this.#usage)
  }

  snapshot(): JsonValue | undefined {
    return this.#usage
  }

  save(): JsonValue {
    return this.#usage ?? null
  }

  load(state: JsonValue): void {
    if (isObject(state)) this.#usage = state
  }
}

function mergeUsage(current: JsonObject, next: JsonObject): JsonObject {
  const merged: JsonObject = {}
  for (const key of Object.keys(current)) setOwn(merged, key, getOwn(current, key) ?? null)
  for (const key of Object.keys(next)) {
    const value = getOwn(next, key) ?? null
    const held = getOwn(merged, key)
    if (held !== undefined && saysNothing(value) && !saysNothing(held)) continue
    if (held !== undefined && value === null) continue
    setOwn(merged, key, value)
  }
  return merged
}

/** Zero, null, or an object of nothing else: details are replaced as a unit, and by zeros not at all. */
function saysNothing(value: JsonValue): boolean {
  if (isObject(value)) return Object.keys(value).every((key) => saysNothing(getOwn(value, key) ?? null))
  return value === 0 || value === null
}

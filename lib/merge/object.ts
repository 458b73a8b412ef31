import { Fault } from '../errors.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { getOwn, isObject, isSame, setOwn } from './json.ts'

/** An object merged key by key: the last value that is not null stays. `deep` does so at every level. */
export class ObjectField implements Field {
  readonly path: string
  readonly #deep: boolean
  #value: JsonObject | undefined

  constructor(path: string, deep = false) {
    this.path = path
    this.#deep = deep
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!isObject(value)) throw new Fault('bad_type', { path: this.path })
    const taken = changes(this.#value, value)
    if (taken === undefined && this.#value !== undefined) return undefined
    const merged = mergeObjects(this.#value ?? {}, taken ?? {}, this.#deep)
    if (!context.keepValue(merged, this.#value)) return undefined
    this.#value = merged
    return taken ?? {}
  }

  repeats(value: JsonValue): boolean {
    return this.#value !== undefined && isObject(value) && changes(this.#value, value) === undefined
  }

  snapshot(): JsonValue | undefined {
    return this.#value
  }

  save(): JsonValue {
    return this.#value ?? null
  }

  load(state: JsonValue): void {
    if (isObject(state)) this.#value = state
  }
}

/** The keys of `next` that would change `current`; undefined: none. */
function changes(current: JsonObject | undefined, next: JsonObject): JsonObject | undefined {
  let taken: JsonObject | undefined
  for (const key of Object.keys(next)) {
    const value = getOwn(next, key) ?? null
    if (value === null || (current !== undefined && isSame(getOwn(current, key), value))) continue
    taken ??= {}
    setOwn(taken, key, value)
  }
  return taken
}

/** A new object: `next` over `current`, null never over a value. */
export function mergeObjects(current: JsonObject, next: JsonObject, deep: boolean): JsonObject {
  const merged: JsonObject = {}
  for (const key of Object.keys(current)) setOwn(merged, key, getOwn(current, key) ?? null)
  for (const key of Object.keys(next)) {
    const value = getOwn(next, key) ?? null
    const held = getOwn(merged, key)
    if (value === null && held !== undefined) continue
    setOwn(merged, key, deep && isObject(held) && isObject(value) ? mergeObjects(held, value, deep) : value)
  }
  return merged
}

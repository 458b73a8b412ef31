import type { JsonObject, JsonValue } from '../wire/index.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets an own key. Assignment to `__proto__` would set the prototype instead, with a value from the wire. */
export function setOwn(target: JsonObject, key: string, value: JsonValue): void {
  if (key !== '__proto__') target[key] = value
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

/** An object's own value; never one of Object.prototype. */
export function getOwn(source: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(source, key) ? source[key] : undefined
}

/** `last` if `next` has the same values under the same keys: what did not change is shared between snapshots. */
export function sharedWith(last: JsonObject | undefined, next: JsonObject): JsonObject {
  if (last === undefined) return next
  const keys = Object.keys(next)
  if (keys.length !== Object.keys(last).length) return next
  return keys.every((key) => Object.hasOwn(last, key) && last[key] === next[key]) ? last : next
}

/** The same for lists. */
export function sharedListWith<Item>(last: Item[], next: Item[]): Item[] {
  return next.length === last.length && next.every((item, i) => item === last[i]) ? last : next
}

/** About what a value holds in memory, in bytes; -1 if it is nested deeper than `depth`. */
export function sizeOf(value: JsonValue, depth: number): number {
  if (typeof value === 'string') return 16 + value.length
  if (typeof value !== 'object' || value === null) return 8
  if (depth <= 0) return -1
  let bytes = 16
  for (const key in value) {
    // for-in gives own keys only: JSON.parse makes no other enumerable ones
    const size = sizeOf((value as JsonObject)[key] ?? null, depth - 1)
    if (size < 0) return -1
    bytes += size + 8
  }
  return bytes
}

/** Are two JSON values the same, key order aside? */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, i) => isSame(item, b[i]))
  }
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

/** A copy that shares nothing. */
export function copyOf(source: JsonObject): JsonObject {
  const copy: JsonObject = {}
  for (const key of Object.keys(source)) setOwn(copy, key, copyOfValue(source[key] ?? null))
  return copy
}

function copyOfValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(copyOfValue)
  return isObject(value) ? copyOf(value) : value
}

/** What every file of the oracle needs to read parsed JSON without trusting it. */
export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads own keys only: `constructor` and `__proto__` of a parsed object must not reach its prototype. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function nonEmpty(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

export function parses(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

/** `Object.fromEntries` defines own properties: even `__proto__` becomes a plain key. */
export function objectOf(entries: Iterable<readonly [string, unknown]>): JsonObject {
  return Object.fromEntries(entries)
}

/** Without some keys. */
export function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return objectOf(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

/**
 * Drops null and '' members of objects, at any depth. The rules say such a value never replaces another, but not
 * whether it is kept where nothing else came, so oracle and library are compared without them.
 */
export function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([, member]) => !isAbsent(member) && member !== '')
  return objectOf(kept.map(([key, member]) => [key, tidy(member)] as const))
}

export function tidyObject(value: JsonObject): JsonObject {
  const tidied = tidy(value)
  return isObject(tidied) ? tidied : {}
}

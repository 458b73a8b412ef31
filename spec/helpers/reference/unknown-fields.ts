import { isAbsent, isObject, type JsonObject, list, objectOf, own } from './values.ts'

/** Per key the last value that is not null, in the order in which the keys first came. */
export function mergeKeys(objects: readonly JsonObject[]): JsonObject {
  const merged = new Map<string, unknown>()
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) if (!isAbsent(value)) merged.set(key, value)
  }
  return objectOf(merged)
}

/** Objects all the way down: per key the last value that is neither null nor ''. */
export function mergeDeep(values: readonly unknown[]): unknown {
  const objects = values.filter(isObject)
  if (objects.length === 0) return values.findLast((value) => !isAbsent(value) && value !== '')
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  return objectOf(keys.map((key) => [key, mergeDeep(objects.map((object) => own(object, key)))] as const))
}

function hasIndex(element: unknown): element is JsonObject {
  return isObject(element) && Number.isInteger(own(element, 'index'))
}

/** Elements with an index are whole again each time they come: the same index and type replaces key by key. */
export function upsert(elements: readonly JsonObject[]): JsonObject[] {
  const keyOf = (element: JsonObject): string => JSON.stringify([own(element, 'index'), own(element, 'type')])
  const keys = [...new Set(elements.map(keyOf))]
  return keys.map((key) => mergeKeys(elements.filter((element) => keyOf(element) === key)))
}

/** Appends, and drops what is an exact repetition of an element that is there. */
export function distinct(elements: readonly unknown[]): unknown[] {
  return [...new Map(elements.map((element) => [JSON.stringify(element), element])).values()]
}

/** dialects.md 3.6: all values that one unknown key had, in order. The values of one key are of one kind. */
export function mergeUnknown(values: readonly unknown[]): unknown {
  const present = values.filter((value) => !isAbsent(value))
  const last = present.at(-1)
  if (isObject(last)) return mergeKeys(present.filter(isObject))
  if (!Array.isArray(last)) return present.findLast((value) => value !== '')
  const elements = present.flatMap(list)
  return elements.length > 0 && elements.every(hasIndex) ? upsert(elements) : elements
}

export type FieldRule = (values: readonly unknown[]) => unknown

/** The rule of each key that occurs, `rules` first, then that of unknown fields; keys without any value are left out. */
export function mergeFields(objects: readonly JsonObject[], rules: Record<string, FieldRule>): JsonObject {
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  const merged = keys.map((key) => {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
    const values = objects.map((object) => own(object, key))
    return [key, (rule ?? mergeUnknown)(values)] as const
  })
  return objectOf(merged.filter(([, value]) => value !== undefined))
}

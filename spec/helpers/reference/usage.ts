import { isAbsent, isObject, type JsonObject, list, objectOf, own } from './values.ts'

/** True for 0 and for an object in which nothing but zeros and nulls stand. */
function isZero(value: unknown): boolean {
  return value === 0 || isAbsent(value) || (isObject(value) && Object.values(value).every(isZero))
}

/** Usage may stand in three places of a chunk; the chunk's own is read last and so wins. */
export function usagesOf(chunk: JsonObject): JsonObject[] {
  const inChoices = list(own(chunk, 'choices')).map((choice) => own(choice, 'usage'))
  return [...inChoices, own(own(chunk, 'x_groq'), 'usage'), own(chunk, 'usage')].filter(isObject)
}

/** Per key the last value that is not null; zeros never erase; `*_details` are replaced as a unit; nothing is summed. */
export function mergeUsage(usages: readonly JsonObject[]): JsonObject | null {
  if (usages.length === 0) return null
  const merged = new Map<string, unknown>()
  for (const usage of usages) {
    for (const [key, value] of Object.entries(usage)) {
      if (!merged.has(key) || !isZero(value)) merged.set(key, value)
    }
  }
  return objectOf(merged)
}

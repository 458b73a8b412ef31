import { isObject, type JsonObject, list, own } from './reference/values.ts'

/** Fields of an object that one chunk speaks of; null says nothing. */
function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value).filter((key) => value[key] !== null) : []
}

const keysOfAll = (values: readonly unknown[]): Set<string> => new Set(values.flatMap(keysOf))

function copiedFields(before: unknown, after: unknown, spoken: ReadonlySet<string>, path: string): string[] {
  if (!isObject(before)) return []
  return Object.keys(before)
    .filter((key) => typeof before[key] === 'object' && !spoken.has(key) && own(after, key) !== before[key])
    .map((key) => `${path}.${key}`)
}

/**
 * What one chunk does not speak of and is nevertheless another object after it: other choices, the message of a
 * choice without a delta, other fields of the message, of the choice and of the completion.
 */
export function copiedBeside(
  chunk: JsonObject,
  before: unknown,
  after: unknown,
  oneChoice: boolean,
): string[] {
  // Usage stands in x_groq and in choices too.
  const spoken = new Set([...keysOf(chunk), 'choices', 'usage'])
  const copied = copiedFields(before, after, spoken, 'completion')
  const entries = list(own(chunk, 'choices'))
  for (const choice of list(own(before, 'choices'))) {
    const index = own(choice, 'index')
    const now = list(own(after, 'choices')).find((other) => own(other, 'index') === index)
    const spokenOf = entries.filter((one) => oneChoice || (own(one, 'index') ?? 0) === index)
    if (spokenOf.length === 0) {
      if (now !== choice) copied.push(`choice ${String(index)}`)
      continue
    }
    const delta = keysOfAll(spokenOf.flatMap((entry) => [own(entry, 'delta'), own(entry, 'message')]))
    const fields = keysOfAll(spokenOf)
    if (delta.size > 0) {
      fields.add('message')
      const path = `choice ${String(index)}.message`
      copied.push(...copiedFields(own(choice, 'message'), own(now, 'message'), delta, path))
    }
    copied.push(...copiedFields(choice, now, fields, `choice ${String(index)}`))
  }
  return copied
}

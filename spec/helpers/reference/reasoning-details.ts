import {
  isAbsent,
  isObject,
  type JsonObject,
  list,
  nonEmpty,
  objectOf,
  own,
  text,
  tidyObject,
} from './values.ts'

/** The types whose entries grow, and the key that does. */
const GROWING = new Map([
  ['reasoning.text', 'text'],
  ['reasoning.summary', 'summary'],
])

/** The entry that a fragment goes on with: (type, index, id if both have one), without index the adjacent one. */
function entryFor(entries: readonly JsonObject[], fragment: JsonObject): JsonObject | undefined {
  const index = own(fragment, 'index')
  const fits = (entry: JsonObject | undefined): entry is JsonObject => {
    const ids = [nonEmpty(own(entry, 'id')), nonEmpty(own(fragment, 'id'))]
    const sameId = ids.includes(null) || ids[0] === ids[1]
    return sameId && own(entry, 'type') === own(fragment, 'type')
  }
  const last = entries.at(-1)
  if (isAbsent(index)) return fits(last) ? last : undefined
  return entries.findLast((entry) => own(entry, 'index') === index && fits(entry))
}

const IDENTITY = ['id', 'format', 'signature']

/** Identity keeps its first value, text is appended, anything else takes the newer value. */
function grown(entry: JsonObject, fragment: JsonObject, key: string): JsonObject {
  const keeps = (name: string): boolean => IDENTITY.includes(name) && nonEmpty(own(entry, name)) !== null
  const newer = Object.entries(tidyObject(fragment)).filter(([name]) => !keeps(name))
  return { ...entry, ...objectOf(newer), [key]: text(own(entry, key)) + text(own(fragment, key)) }
}

/** Null if the field never came; a list that came empty stays an empty list. */
export function mergeReasoningDetails(arrays: readonly unknown[]): JsonObject[] | null {
  if (!arrays.some(Array.isArray)) return null
  const entries: JsonObject[] = []
  for (const fragment of arrays.flatMap(list).filter(isObject)) {
    const key = GROWING.get(text(own(fragment, 'type')))
    if (!key) {
      const repeated = entries.some((entry) => JSON.stringify(entry) === JSON.stringify(fragment))
      if (!repeated) entries.push({ ...fragment })
      continue
    }
    const entry = entryFor(entries, fragment)
    const signed = nonEmpty(own(entry, 'signature')) !== null
    const opensNew = signed && text(own(fragment, key)) !== ''
    if (entry && !opensNew) entries[entries.indexOf(entry)] = grown(entry, fragment, key)
    else entries.push({ ...fragment })
  }
  return entries.map(tidyObject)
}

/** A non-empty signature closes a block; a redacted block stands alone (dialects.md 3.4b). */
export function mergeThinkingBlocks(arrays: readonly unknown[]): JsonObject[] {
  const blocks: JsonObject[] = []
  for (const fragment of arrays.flatMap(list).filter(isObject)) {
    const last = blocks.at(-1)
    const isThinking = (block: JsonObject): boolean => own(block, 'type') !== 'redacted_thinking'
    const isOpen = last !== undefined && isThinking(last) && nonEmpty(own(last, 'signature')) === null
    if (isOpen && isThinking(fragment)) blocks[blocks.length - 1] = grown(last, fragment, 'thinking')
    else blocks.push({ ...fragment })
  }
  return blocks.map(tidyObject)
}

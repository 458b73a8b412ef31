import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { getOwn, isObject, isSame, setOwn } from './json.ts'

/** Entry type → the key of its text. Entries of any other type (encrypted, tool calls) arrive whole. */
const textKeys: Readonly<Record<string, string>> = {
  'reasoning.text': 'text',
  'reasoning.summary': 'summary',
}

/** One entry while it grows. Everything but its text is identity: the first value that is not empty stays. */
export class Entry {
  readonly textKey: string | undefined
  readonly #text = new GrowingText()
  #hasText = false
  #fields: JsonObject = {}
  #snapshot: JsonObject | undefined

  constructor(type: JsonValue | undefined) {
    this.textKey = typeof type === 'string' ? textKeys[type] : undefined
  }

  get type(): JsonValue | undefined {
    return this.#fields.type
  }

  get index(): JsonValue | undefined {
    return this.#fields.index
  }

  /** Text that comes after a signature belongs to the next block, which needs a signature of its own. */
  takes(item: JsonObject): boolean {
    if (this.textKey === undefined || this.type !== item.type) return false
    if (this.index !== undefined && typeof item.index === 'number' && this.index !== item.index) return false
    const id = this.#fields.id
    if (id && item.id && id !== item.id) return false
    return !(this.#fields.signature && item[this.textKey])
  }

  /** Would merging this item append its text and do nothing else, whatever the text? */
  takesOnlyText(item: JsonObject): boolean {
    if (!this.#hasText || this.#fields.signature || !this.takes(item)) return false
    for (const key of Object.keys(item)) {
      const value = getOwn(item, key) ?? null
      const held = getOwn(this.#fields, key)
      if (key === this.textKey) continue
      if (held === undefined || (value !== null && (held === null || held === ''))) return false
    }
    return true
  }

  /** The text, for a piece to be added to it. */
  grow(): GrowingText {
    this.#snapshot = undefined
    return this.#text
  }

  merge(item: JsonObject): void {
    for (const key of Object.keys(item)) {
      const value = getOwn(item, key) ?? null
      if (key === this.textKey && typeof value === 'string') {
        this.#text.append(value)
        this.#hasText = true
        continue
      }
      const held = getOwn(this.#fields, key)
      if (held === undefined || (value !== null && (held === null || held === '')))
        setOwn(this.#fields, key, value)
    }
    this.#snapshot = undefined
  }

  snapshot(): JsonObject {
    if (this.#snapshot === undefined) {
      const entry: JsonObject = {}
      for (const key of Object.keys(this.#fields)) setOwn(entry, key, getOwn(this.#fields, key) ?? null)
      if (this.textKey !== undefined && this.#hasText) entry[this.textKey] = this.#text.toString()
      this.#snapshot = entry
    }
    return this.#snapshot
  }
}

/**
 * OpenRouter's reasoning_details. An index is no key: text and encrypted entries share index 0, so entries are
 * told apart by (type, index, id). Order of first appearance is kept, and so is an explicit empty list: providers
 * answer 400 when these blocks do not come back exactly.
 */
export class ReasoningDetailsField implements Field {
  readonly #path: string
  #entries: Entry[] | undefined
  #snapshot: JsonObject[] | undefined

  constructor(path: string) {
    this.#path = path
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!Array.isArray(value)) throw new Fault('bad_type', { path: this.#path })
    const isNew = this.#entries === undefined
    this.#entries ??= []
    const taken: JsonObject[] = []
    for (const item of value) {
      if (!isObject(item)) throw new Fault('bad_type', { path: `${this.#path}[]` })
      if (this.#add(this.#entries, item, context)) taken.push(item)
    }
    if (taken.length === 0 && !isNew) return undefined
    this.#snapshot = undefined
    return taken
  }

  repeats(value: JsonValue): boolean {
    return this.#entries !== undefined && Array.isArray(value) && value.length === 0
  }

  /** The entry to which an item of these fields would only append its text; undefined: none. */
  entryContinuedBy(item: JsonObject): Entry | undefined {
    const open = this.#entries && this.#openEntry(this.#entries, item)
    return open?.takesOnlyText(item) ? open : undefined
  }

  /** The text of an entry, for a piece to be added to it. */
  grow(entry: Entry): GrowingText {
    this.#snapshot = undefined
    return entry.grow()
  }

  #add(entries: Entry[], item: JsonObject, context: MergeContext): boolean {
    if (!context.keepValue(item)) return false
    const entry = this.#entryFor(entries, item)
    if (entry === 'duplicate') return false
    entry.merge(item)
    return true
  }

  #entryFor(entries: Entry[], item: JsonObject): Entry | 'duplicate' {
    const fresh = new Entry(item.type)
    if (fresh.textKey === undefined) {
      if (entries.some((entry) => entry.textKey === undefined && isSame(entry.snapshot(), item)))
        return 'duplicate'
    } else {
      const open = this.#openEntry(entries, item)
      if (open?.takes(item)) return open
    }
    entries.push(fresh)
    return fresh
  }

  #openEntry(entries: Entry[], item: JsonObject): Entry | undefined {
    return typeof item.index === 'number' ? this.#lastAt(entries, item) : entries.at(-1)
  }

  /** The newest entry of the item's type that has its index, or none of its own. */
  #lastAt(entries: Entry[], item: JsonObject): Entry | undefined {
    return entries.findLast(
      (entry) => entry.type === item.type && (entry.index === item.index || entry.index === undefined),
    )
  }

  snapshot(): JsonValue | undefined {
    this.#snapshot ??= this.#entries?.map((entry) => entry.snapshot())
    return this.#snapshot
  }

  save(): JsonValue {
    return this.snapshot() ?? null
  }

  load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    this.#entries = state.filter(isObject).map((item) => {
      const entry = new Entry(item.type)
      entry.merge(item)
      return entry
    })
  }
}

/** The reasoning text that entries carry, for a provider that sends it nowhere else. */
export function textOfDetails(items: readonly JsonValue[]): string {
  let text = ''
  for (const item of items) {
    if (!isObject(item)) continue
    const key = textKeys[String(item.type)]
    const piece = key === undefined ? undefined : item[key]
    if (typeof piece === 'string') text += piece
  }
  return text
}

import { Fault } from '../errors.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { isObject, isSame } from './json.ts'
import { mergeObjects } from './object.ts'

abstract class ItemsField implements Field {
  readonly path: string
  protected items: JsonValue[] = []
  protected sent = false
  #snapshot: JsonValue[] | undefined

  constructor(path: string) {
    this.path = path
  }

  /** Takes one item; false: it changed nothing. */
  protected abstract add(item: JsonValue, context: MergeContext): boolean

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    const items = Array.isArray(value) ? value : [value]
    if (typeof value !== 'object') throw new Fault('bad_type', { path: this.path })
    const first = !this.sent
    this.sent = true
    const taken = items.filter((item) => this.add(item, context))
    if (taken.length > 0 || first) this.#snapshot = undefined
    return taken.length > 0 || first ? taken : undefined
  }

  repeats(value: JsonValue): boolean {
    return this.sent && Array.isArray(value) && value.length === 0
  }

  snapshot(): JsonValue | undefined {
    this.#snapshot ??= this.items.slice()
    return this.sent ? this.#snapshot : undefined
  }

  save(): JsonValue {
    return this.sent ? this.items : null
  }

  load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    this.items = [...state]
    this.sent = true
  }
}

/** A list whose items are appended. */
export class ListField extends ItemsField {
  protected add(item: JsonValue, context: MergeContext): boolean {
    if (!context.keepValue([item])) return false
    this.items.push(item)
    return true
  }
}

/** A list whose items are appended once: some providers repeat all of them in each chunk. */
export class SetField extends ItemsField {
  #seen: Set<string> | undefined

  protected add(item: JsonValue, context: MergeContext): boolean {
    this.#seen ??= new Set(this.items.map((held) => JSON.stringify(held)))
    if (!context.keepValue([item])) return false
    const text = JSON.stringify(item)
    if (this.#seen.has(text)) return false
    this.#seen.add(text)
    this.items.push(item)
    return true
  }
}

/**
 * A list of objects that are sent again when they grow: an item with the index (and type) of one that is there
 * replaces its keys. Groq's executed_tools repeat the full arguments; joining them would double the text.
 */
export class IndexedField extends ItemsField {
  protected add(item: JsonValue, context: MergeContext): boolean {
    const at = isObject(item) ? this.items.findIndex((held) => isObject(held) && isOneItem(held, item)) : -1
    const held = this.items[at]
    if (held === undefined || !isObject(held) || !isObject(item)) {
      if (!context.keepValue([item])) return false
      this.items.push(item)
      return true
    }
    const merged = mergeObjects(held, item, false)
    if (isSame(merged, held) || !context.keepValue(merged, held)) return false
    this.items[at] = merged
    return true
  }
}

function isOneItem(a: JsonObject, b: JsonObject): boolean {
  return typeof a.index === 'number' && a.index === b.index && a.type === b.type
}

import type { Field } from './field.ts'

/** So many fields are found sooner by looking at each than by hashing the key. */
const FEW = 12
/** Lists of keys that are shared, and the longest key in one: a stream of ever new keys must not fill the process. */
const MAX_LISTS = 512
const LONGEST_KEY = 64

const noKeys: readonly string[] = []
const noFields: readonly Field[] = []

/** List → a further key → the list with it. */
const longer = new Map<readonly string[], Map<string, readonly string[]>>()
let lists = 0

/** The frames of an endpoint have the same keys in the same order, so their streams share one list of them. */
function keysWith(keys: readonly string[], key: string): readonly string[] {
  const known = longer.get(keys)?.get(key)
  if (known !== undefined) return known
  const list = [...keys, key]
  const isShared = keys === noKeys || longer.has(keys)
  if (!isShared || lists === MAX_LISTS || key.length > LONGEST_KEY) return list
  lists++
  longer.set(list, new Map())
  const others = longer.get(keys) ?? new Map<string, readonly string[]>()
  longer.set(keys, others.set(key, list))
  return list
}

/**
 * Fields by key, in the order in which they came. Keys come from the input: `__proto__` and `constructor` are keys
 * like any other. A Map holds 200 bytes more for the fields of a usual chunk, of which each stream that waits has one.
 */
export class FieldMap {
  #keys = noKeys
  #fields = noFields
  /** All of them, once they are many. */
  #many: Map<string, Field> | undefined

  get(key: string): Field | undefined {
    if (this.#many !== undefined) return this.#many.get(key)
    const keys = this.#keys
    for (let i = 0; i < keys.length; i++) if (keys[i] === key) return this.#fields[i]
    return undefined
  }

  /** The number of fields. */
  get size(): number {
    return this.#many?.size ?? this.#keys.length
  }

  /** The keys that came so far, in order. */
  keys(): string[] {
    return [...(this.#many?.keys() ?? this.#keys)]
  }

  protected entries(): Iterable<readonly [key: string, field: Field]> {
    return this.#many ?? this.#fields.map((field, i) => [this.#keys[i] ?? '', field] as const)
  }

  /** Adds a field under a key that has none. */
  protected add(key: string, field: Field): void {
    if (this.#many === undefined && this.#keys.length < FEW) {
      this.#keys = keysWith(this.#keys, key)
      this.#fields = this.#fields.concat(field) // as long as it is: `push` makes room for 16 more
      return
    }
    this.#many ??= new Map(this.entries())
    this.#many.set(key, field)
    this.#keys = noKeys
    this.#fields = noFields
  }
}

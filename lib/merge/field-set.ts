import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { FieldMap } from './field-map.ts'
import { setOwn, sharedWith } from './json.ts'
import { UnknownField } from './unknown.ts'

/** A row of a field table: how the field is made. More keys say what else is known of it. */
export interface FieldRow {
  create(path: string): Field
}

export type FieldTable<Row extends FieldRow = FieldRow> = Readonly<Record<string, Row>>

/** Parent → key → path of the keys in the tables: kept once, and not by each stream for each of its fields. */
const paths = new Map<string, Map<string, string>>()

export function pathOf(parent: string, key: string): string {
  const keys = paths.get(parent) ?? new Map<string, string>()
  paths.set(parent, keys)
  const path = keys.get(key) ?? `${parent}${key}`
  keys.set(key, path)
  return path
}

const nothing: JsonObject = Object.freeze({})

/** The fields of one object of the wire, each made by its row when it first comes. */
export class FieldSet extends FieldMap {
  readonly #rows: ReadonlyMap<string, FieldRow>
  readonly path: string
  #snapshot: JsonObject = nothing
  #isChanged = false

  constructor(table: FieldTable | ReadonlyMap<string, FieldRow>, path: string) {
    super()
    this.#rows = table instanceof Map ? table : new Map(Object.entries(table))
    this.path = path
  }

  /** A field that has no row. */
  protected createOther(path: string, _first: JsonValue): Field {
    return new UnknownField(path)
  }

  /** Merges one value; null means that nothing was said. Gives what was taken; undefined: nothing. */
  merge(key: string, value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (value === null) return undefined
    const taken = this.field(key, value, context).merge(value, context)
    if (taken !== undefined) this.#isChanged = true
    return taken
  }

  /** As `merge`, into a field of this set. */
  mergeKnown(
    field: Field,
    value: JsonValue,
    context: MergeContext,
    size: number | undefined,
  ): JsonValue | undefined {
    const taken = field.merge(value, context, size)
    if (taken !== undefined) this.#isChanged = true
    return taken
  }

  /** A field of this set has taken something. */
  changed(): void {
    this.#isChanged = true
  }

  /** Would merging this value change nothing? */
  repeats(key: string, value: JsonValue): boolean {
    return value === null || this.get(key)?.repeats?.(value) === true
  }

  /** The field of a key, made if it is the first time. */
  field(key: string, first: JsonValue = null, context?: MergeContext): Field {
    const known = this.get(key)
    if (known !== undefined) return known
    const row = this.#rows.get(key)
    const path =
      this.path === '' ? key : row === undefined ? `${this.path}.${key}` : pathOf(this.path, `.${key}`)
    // A stream of ever new keys must not grow without bound.
    if (row === undefined) context?.keepValue([key])
    const field = row?.create(path) ?? this.createOther(path, first)
    this.add(key, field)
    this.#isChanged = true
    return field
  }

  /** The object so far: the same one while nothing changed. */
  snapshot(): JsonObject {
    if (this.#isChanged) {
      const object: JsonObject = {}
      for (const [key, field] of this.entries()) {
        const value = field.snapshot()
        if (value !== undefined) setOwn(object, key, value)
      }
      this.#snapshot = sharedWith(this.#snapshot, object)
      this.#isChanged = false
    }
    return this.#snapshot
  }

  save(): JsonValue {
    return [...this.entries()].map(([key, field]) => [key, field.save()])
  }

  load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    for (const entry of state) {
      if (Array.isArray(entry) && typeof entry[0] === 'string')
        this.field(entry[0], entry[1] ?? null).load(entry[1] ?? null)
    }
  }
}

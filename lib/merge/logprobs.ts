import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { FieldSet } from './field-set.ts'
import { getOwn, isObject, setOwn, sharedWith } from './json.ts'
import { ListField } from './list.ts'
import { LastField } from './value.ts'

class Lists extends FieldSet {
  protected override createOther(path: string, first: JsonValue): Field {
    return typeof first === 'object' && first !== null ? new ListField(path) : new LastField(path)
  }
}

/**
 * Log probabilities: every list is appended, whatever its key (DeepSeek adds reasoning_content, the old format
 * tokens and text_offset). SambaNova sends one object where a list belongs, Together a bare number.
 */
export class LogprobsField implements Field {
  readonly #path: string
  readonly #lists: FieldSet
  #scalar: JsonValue | undefined
  #sent = false
  #snapshot: JsonObject | undefined

  constructor(path: string) {
    this.#path = path
    this.#lists = new Lists({}, path)
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!isObject(value)) {
      this.#scalar = value
      return value
    }
    let taken: JsonObject | undefined
    for (const key in value) {
      const items = getOwn(value, key) ?? null
      if (Array.isArray(items) && items.length === 0) continue
      const piece = this.#lists.merge(key, items, context)
      if (piece === undefined) continue
      taken ??= {}
      setOwn(taken, key, piece)
    }
    if (taken !== undefined) this.#sent = true
    return taken
  }

  repeats(value: JsonValue): boolean {
    if (!isObject(value)) return false
    return Object.values(value).every(
      (items) => items === null || (Array.isArray(items) && items.length === 0),
    )
  }

  /** In OpenAI's shape: both lists are there, null where nothing came. */
  snapshot(): JsonValue | undefined {
    if (!this.#sent) return this.#scalar
    this.#snapshot = sharedWith(this.#snapshot, { content: null, refusal: null, ...this.#lists.snapshot() })
    return this.#snapshot
  }

  save(): JsonValue {
    return { scalar: this.#scalar ?? null, lists: this.#sent ? this.#lists.save() : null, path: this.#path }
  }

  load(state: JsonValue): void {
    if (!isObject(state)) return
    if (state.scalar !== null && state.scalar !== undefined) this.#scalar = state.scalar
    if (state.lists === null || state.lists === undefined) return
    this.#sent = true
    this.#lists.load(state.lists)
  }
}

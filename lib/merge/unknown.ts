import type { JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { isObject } from './json.ts'
import { IndexedField, ListField } from './list.ts'
import { ObjectField } from './object.ts'
import { LastField } from './value.ts'

/**
 * A field nobody has described: kept by the shape of its first value. Text and numbers: the last one. Objects: key by
 * key. Lists of objects with an index: by index. Other lists: appended. A later value of another shape starts over.
 */
export class UnknownField implements Field {
  readonly path: string
  #shape: Shape | undefined
  #field: Field | undefined

  constructor(path: string) {
    this.path = path
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    const shape = shapeOf(value)
    if (
      this.#field === undefined ||
      (this.#shape !== shape && !(shape === 'list' && this.#shape === 'indexed'))
    ) {
      this.#shape = shape
      this.#field = shapes[shape](this.path)
    }
    return this.#field.merge(value, context)
  }

  repeats(value: JsonValue): boolean {
    return this.#shape === shapeOf(value) && this.#field?.repeats?.(value) === true
  }

  snapshot(): JsonValue | undefined {
    return this.#field?.snapshot()
  }

  save(): JsonValue {
    return this.#field === undefined ? null : [this.#shape ?? 'value', this.#field.save()]
  }

  load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    this.#shape = state[0] as Shape
    this.#field = shapes[this.#shape](this.path)
    this.#field.load(state[1] ?? null)
  }
}

type Shape = 'value' | 'object' | 'indexed' | 'list'

const shapes: Record<Shape, (path: string) => Field> = {
  value: (path) => new LastField(path),
  object: (path) => new ObjectField(path),
  indexed: (path) => new IndexedField(path),
  list: (path) => new ListField(path),
}

function shapeOf(value: JsonValue): Shape {
  if (Array.isArray(value))
    return value.some((item) => isObject(item) && 'index' in item) ? 'indexed' : 'list'
  return isObject(value) ? 'object' : 'value'
}

import { Fault } from '../errors.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { isObject, sharedWith } from './json.ts'
import { TextField } from './text.ts'
import { readFragment } from './tool-call.ts'

/** The deprecated function_call: one call without id or index. */
export class FunctionCallField implements Field {
  readonly #path: string
  readonly #arguments: TextField
  #name = ''
  #snapshot: JsonObject | undefined

  constructor(path: string) {
    this.#path = path
    this.#arguments = new TextField(`${path}.arguments`)
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!isObject(value)) throw new Fault('bad_type', { path: this.#path })
    const fragment = readFragment({ function: value }, this.#path, context)
    const isNew = this.#snapshot === undefined
    const name = this.#name === '' ? fragment.name : ''
    this.#name ||= fragment.name
    const piece = this.#arguments.merge(fragment.text, context) ?? ''
    this.#snapshot = sharedWith(this.#snapshot, { name: this.#name, arguments: this.#arguments.text })
    if (!isNew && name === '' && piece === '') return undefined
    return { ...(name !== '' && { name }), arguments: piece }
  }

  snapshot(): JsonValue | undefined {
    return this.#snapshot
  }

  save(): JsonValue {
    return this.#snapshot ?? null
  }

  load(state: JsonValue): void {
    if (!isObject(state)) return
    this.#name = String(state.name)
    this.#arguments.load(state.arguments ?? '')
    this.#snapshot = state
  }
}

import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { FieldSet, type FieldTable } from './field-set.ts'
import { getOwn, isObject, setOwn } from './json.ts'
import { TextField } from './text.ts'
import { FirstField, LastField } from './value.ts'

/**
 * Base64 that comes in pieces. Pieces are joined as they are; where one ends with padding and more follows, each
 * was encoded on its own and all are decoded, joined and encoded again. Text that is not base64 is only joined.
 */
class Base64Field extends TextField {
  /** Texts that end where a piece ended with padding; the newest is open. */
  #sealed: string[] = []
  readonly #open = new GrowingText()
  #joined: string | undefined

  override merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    const piece = super.merge(value, context)
    if (typeof piece !== 'string') return undefined
    this.#take(piece)
    return piece
  }

  #take(piece: string): void {
    const open = this.#open.toString()
    if (open.endsWith('=')) {
      this.#sealed.push(open)
      this.#open.clear()
    }
    this.#open.append(piece)
    this.#joined = undefined
  }

  override snapshot(): string {
    if (this.#sealed.length === 0) return this.text
    this.#joined ??= joinBase64([...this.#sealed, this.#open.toString()]) ?? this.text
    return this.#joined
  }

  override save(): JsonValue {
    return [...this.#sealed, this.#open.toString()]
  }

  override load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    for (const part of state) {
      super.load(String(part))
      this.#take(String(part))
    }
  }
}

function joinBase64(texts: readonly string[]): string | undefined {
  try {
    return btoa(texts.map((text) => atob(text)).join(''))
  } catch {
    return undefined
  }
}

const audioFields: FieldTable = {
  id: { create: (path) => new FirstField(path) },
  data: { create: (path) => new Base64Field(path) },
  transcript: { create: (path) => new TextField(path) },
  expires_at: { create: (path) => new LastField(path) },
}

/** The audio of a message: an id, base64 data and a transcript in pieces, and when the server forgets it. */
export class AudioField implements Field {
  readonly #path: string
  readonly #fields: FieldSet
  #sent = false

  constructor(path: string) {
    this.#path = path
    this.#fields = new FieldSet(audioFields, path)
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!isObject(value)) throw new Fault('bad_type', { path: this.#path })
    let taken: JsonObject | undefined = this.#sent ? undefined : {}
    this.#sent = true
    for (const key in value) {
      const piece = this.#fields.merge(key, getOwn(value, key) ?? null, context)
      if (piece === undefined) continue
      taken ??= {}
      setOwn(taken, key, piece)
    }
    return taken
  }

  repeats(value: JsonValue): boolean {
    if (!this.#sent || !isObject(value)) return false
    return Object.keys(value).every((key) => this.#fields.repeats(key, getOwn(value, key) ?? null))
  }

  snapshot(): JsonValue | undefined {
    return this.#sent ? this.#fields.snapshot() : undefined
  }

  save(): JsonValue {
    return this.#sent ? this.#fields.save() : null
  }

  load(state: JsonValue): void {
    if (state === null) return
    this.#sent = true
    this.#fields.load(state)
  }
}

import { Fault } from '../errors.ts'
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
  /** Where in the text a piece begins that follows one with padding. */
  #seams: number[] = []
  /** The last piece ended with padding. Remembered: reading the end of a growing text copies all of it. */
  #isPadded = false
  #joined: string | undefined

  override merge(value: JsonValue, context: MergeContext, size?: number): JsonValue | undefined {
    const { length } = this
    const piece = super.merge(value, context, size)
    if (typeof piece === 'string') this.#take(piece, length)
    return piece
  }

  /** Each piece has an end that counts. */
  override growing(): undefined {}

  #take(piece: string, at: number): void {
    if (this.#isPadded) this.#seams.push(at)
    this.#isPadded = piece.endsWith('=')
    this.#joined = undefined
  }

  /** The text, cut where one encoding ends and the next begins. */
  get #parts(): string[] {
    const { text } = this
    return [...this.#seams, text.length].map((end, i) => text.slice(i === 0 ? 0 : this.#seams[i - 1], end))
  }

  override snapshot(): string {
    if (this.#seams.length === 0) return this.text
    this.#joined ??= joinBase64(this.#parts) ?? this.text
    return this.#joined
  }

  override save(): JsonValue {
    return this.#parts
  }

  override load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    for (const part of state) {
      const { length } = this
      super.load(String(part))
      this.#take(String(part), length)
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

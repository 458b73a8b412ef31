import { Fault } from '../errors.ts'
import type { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { MergeContext } from './field.ts'
import { isObject } from './json.ts'
import { PartList } from './parts.ts'
import { TextField } from './text.ts'

/**
 * The content of a message: a string while only text comes, the ordered list of its parts from the first other
 * part on. Providers change between both in one message (Mistral: string, list, string). As a text it is that of all
 * text parts.
 */
export class ContentField extends TextField {
  #parts: PartList | undefined
  /** As text or as a list. */
  #isSent = false

  override merge(value: JsonValue, context: MergeContext, size?: number): JsonValue | undefined {
    const isFirst = !this.#isSent
    if (typeof value === 'string') {
      this.#isSent = true
      const piece = this.#takeText(value, context, size)
      // An empty content that was sent is not one that was not: it is told once.
      return piece ?? (isFirst ? '' : undefined)
    }
    if (!Array.isArray(value)) throw new Fault('bad_type', { path: this.path })
    for (const part of value) {
      if (!isObject(part) || typeof part.type !== 'string')
        throw new Fault('bad_type', { path: `${this.path}[]` })
    }
    this.#isSent = true
    const taken = value.filter((part): part is JsonObject => this.#takePart(part, context))
    return taken.length > 0 || isFirst ? taken : undefined
  }

  override growing(context: MergeContext): GrowingText | undefined {
    return this.#isSent && this.#parts === undefined ? super.growing(context) : undefined
  }

  #takeText(text: JsonValue, context: MergeContext, size?: number): JsonValue | undefined {
    const piece = super.merge(text, context, size)
    if (piece === undefined || piece === '') return undefined
    this.#parts?.append([{ type: 'text', text: piece }])
    return piece
  }

  #takePart(part: JsonValue, context: MergeContext): boolean {
    if (!isObject(part) || typeof part.type !== 'string') {
      throw new Fault('bad_type', { path: `${this.path}[]` })
    }
    if (isPlainText(part)) return this.#takeText(part.text ?? '', context) !== undefined
    if (!context.keepValue(part)) return false
    if (this.#parts === undefined) {
      this.#parts = new PartList()
      if (this.length > 0) this.#parts.append([{ type: 'text', text: this.text }])
    }
    this.#parts.append([part])
    return true
  }

  /** undefined: no part has come that a string cannot say. */
  get parts(): PartList | undefined {
    return this.#parts
  }

  get isEmpty(): boolean {
    return this.#parts === undefined && this.length === 0
  }

  override snapshot(): JsonValue | undefined {
    if (!this.#isSent) return undefined
    return this.#parts === undefined ? this.text : this.#parts.snapshot()
  }

  override save(): JsonValue {
    return { isSent: this.#isSent, text: this.text, parts: this.#parts?.snapshot() ?? null }
  }

  override load(state: JsonValue): void {
    if (!isObject(state)) return
    this.#isSent = state.isSent === true
    if (this.#isSent) super.load(state.text ?? '')
    if (!Array.isArray(state.parts)) return
    this.#parts = new PartList()
    this.#parts.append(state.parts)
  }
}

/** A text part that says nothing but its text: a string could say it too. */
export function isPlainText(part: JsonObject): boolean {
  if (part.type !== 'text') return false
  for (const key of Object.keys(part))
    if (key !== 'type' && key !== 'text' && part[key] !== null) return false
  return true
}

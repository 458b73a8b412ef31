import { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import { getOwn, isObject, isSame, setOwn, sharedListWith } from './json.ts'
import { mergeObjects } from './object.ts'

/**
 * The parts that grow and the key under which they do: a text, or a list of inner parts that grow by the same
 * table. Mistral streams `thinking`, Databricks `reasoning` with `summary_text` inside; other parts arrive whole.
 */
const growing: Readonly<Record<string, { readonly text?: string; readonly list?: string }>> = {
  text: { text: 'text' },
  summary_text: { text: 'text' },
  thinking: { list: 'thinking' },
  reasoning: { list: 'summary' },
}

/** One part of a content that is a list, while it grows. */
class Part {
  readonly #type: string
  readonly #text = new GrowingText()
  #list: PartList | undefined
  /** All keys but the one that grows. */
  #fields: JsonObject = {}
  #snapshot: JsonObject | undefined

  constructor(type: string) {
    this.#type = type
  }

  /** Can `next` go on where this part stopped? Not after a signature, which closes what it signs. */
  takes(next: JsonObject): boolean {
    if (this.#type !== next.type || growing[this.#type] === undefined) return false
    return !this.#fields.signature
  }

  /** Would merging `next` change nothing but what grows under `key`, whatever that is? */
  repeatsBeside(key: string, next: JsonObject): boolean {
    const rule = growing[this.#type]
    if ((rule?.text ?? rule?.list) !== key || !this.takes(next)) return false
    for (const other of Object.keys(next)) {
      const value = getOwn(next, other) ?? null
      const held = other === 'type' ? this.#type : getOwn(this.#fields, other)
      if (other !== key && (held === undefined || (value !== null && !isSame(held, value)))) return false
    }
    return true
  }

  /** The inner parts. */
  get list(): PartList | undefined {
    return this.#list
  }

  /** The text that grows here, or in the last inner part, for a piece to be added to it. */
  grow(): GrowingText {
    this.#snapshot = undefined
    return this.#list?.last?.grow() ?? this.#text
  }

  merge(next: JsonObject): void {
    const rule = growing[this.#type] ?? {}
    const rest: JsonObject = {}
    for (const key of Object.keys(next)) {
      const value = getOwn(next, key) ?? null
      if (key === rule.text && typeof value === 'string') this.#text.append(value)
      else if (key === rule.list && Array.isArray(value)) this.#appendList(value)
      else setOwn(rest, key, value)
    }
    this.#fields = mergeObjects(this.#fields, rest, false)
    this.#snapshot = undefined
  }

  #appendList(items: readonly JsonValue[]): void {
    this.#list ??= new PartList()
    this.#list.append(items)
  }

  snapshot(): JsonObject {
    if (this.#snapshot === undefined) {
      const rule = growing[this.#type] ?? {}
      const part: JsonObject = mergeObjects({ type: this.#type }, this.#fields, false)
      if (rule.text !== undefined) part[rule.text] = this.#text.toString()
      if (rule.list !== undefined && this.#list !== undefined) part[rule.list] = this.#list.snapshot()
      this.#snapshot = part
    }
    return this.#snapshot
  }
}

/** Content parts in order: a part of the last one's type goes on there, any other begins a new one. */
export class PartList {
  #parts: Part[] = []
  #snapshot: JsonObject[] = []
  /** How many items were appended. */
  count = 0

  get last(): Part | undefined {
    return this.#parts.at(-1)
  }

  append(items: readonly JsonValue[]): void {
    for (const item of items) if (isObject(item)) this.#add(item)
  }

  #add(item: JsonObject): void {
    this.count++
    const { last } = this
    if (last?.takes(item)) return last.merge(item)
    const part = new Part(String(item.type))
    part.merge(item)
    this.#parts.push(part)
  }

  snapshot(): JsonObject[] {
    this.#snapshot = sharedListWith(
      this.#snapshot,
      this.#parts.map((part) => part.snapshot()),
    )
    return this.#snapshot
  }
}

/** The reasoning text of a content part, if it is one that reasons. */
export function reasoningOfPart(part: JsonObject): string {
  const rule = part.type === 'thinking' || part.type === 'reasoning' ? growing[part.type] : undefined
  const inner = rule?.list === undefined ? undefined : part[rule.list]
  if (!Array.isArray(inner)) return ''
  return inner.map((item) => (isObject(item) && typeof item.text === 'string' ? item.text : '')).join('')
}

import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { Field, MergeContext } from './field.ts'
import { isObject } from './json.ts'
import { mergeObjects } from './object.ts'

/** A block of thinking; a signature closes it. */
class Block {
  readonly #thinking = new GrowingText()
  #fields: JsonObject = {}
  #snapshot: JsonObject | undefined

  get isOpen(): boolean {
    return this.#fields.type === 'thinking' && !this.#fields.signature
  }

  merge(item: JsonObject): void {
    const { thinking, ...rest } = item
    // Since LiteLLM's change of 2026 the whole block comes again, signed, after its pieces.
    const isWhole = rest.signature && thinking === this.#thinking.toString()
    if (typeof thinking === 'string' && !isWhole) this.#thinking.append(thinking)
    this.#fields = mergeObjects(this.#fields, rest, false)
    this.#snapshot = undefined
  }

  snapshot(): JsonObject {
    if (this.#snapshot === undefined) {
      const thinking = this.#fields.type === 'thinking' ? { thinking: this.#thinking.toString() } : {}
      this.#snapshot = mergeObjects(this.#fields, thinking, false)
    }
    return this.#snapshot
  }
}

/**
 * LiteLLM's thinking_blocks: one entry a delta, joined to the open block until a signature closes it.
 * `redacted_thinking` is a block of its own. Joining all blocks would leave one text with a wrong signature.
 */
export class ThinkingBlocksField implements Field {
  readonly #path: string
  #blocks: Block[] | undefined
  #snapshot: JsonObject[] | undefined

  constructor(path: string) {
    this.#path = path
  }

  merge(value: JsonValue, context: MergeContext): JsonValue | undefined {
    if (!Array.isArray(value)) throw new Fault('bad_type', { path: this.#path })
    const isNew = this.#blocks === undefined
    this.#blocks ??= []
    const taken: JsonObject[] = []
    for (const item of value) {
      if (!isObject(item)) throw new Fault('bad_type', { path: `${this.#path}[]` })
      if (!context.keepValue(item)) continue
      const open = this.#blocks.at(-1)
      const block = open?.isOpen && item.type === 'thinking' ? open : new Block()
      if (block !== open) this.#blocks.push(block)
      block.merge(item)
      taken.push(item)
    }
    this.#snapshot = undefined
    return taken.length > 0 || isNew ? taken : undefined
  }

  snapshot(): JsonValue | undefined {
    this.#snapshot ??= this.#blocks?.map((block) => block.snapshot())
    return this.#snapshot
  }

  save(): JsonValue {
    return this.snapshot() ?? null
  }

  load(state: JsonValue): void {
    if (!Array.isArray(state)) return
    this.#blocks = state.filter(isObject).map((item) => {
      const block = new Block()
      block.merge(item)
      return block
    })
  }
}

export function textOfBlocks(items: readonly JsonValue[]): string {
  return items
    .map((item) => (isObject(item) && typeof item.thinking === 'string' ? item.thinking : ''))
    .join('')
}

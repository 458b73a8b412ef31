import type { LineContext } from './context.ts'
import type { Finding } from './from/template/finding.ts'
import type { Found } from './from/template/found.ts'
import type { Ground, Part } from './matched-parts.ts'
import { growingListOf, type NumberedHole, onlyOf } from './matched-plan.ts'
import type { Choice, Taken } from './merge/choice.ts'
import { ContentField } from './merge/content.ts'
import { copyOf, sizeOf } from './merge/json.ts'
import type { PartList } from './merge/parts.ts'
import type { JsonObject } from './wire/index.ts'

/** The text within the one part of a content that is a list: Mistral thinks so. */
export class ContentPart implements Part {
  readonly #part: JsonObject
  /** The key of the list in which the text stands. */
  readonly #list: string
  /** What keeping the part costs beside its text; -1: too deep. */
  readonly #size: number
  readonly #finding: Finding
  readonly #context: LineContext
  #parts: PartList | undefined
  #field: ContentField | undefined
  /** How many parts had come when it was looked whether a text goes on with the last one, and whether it does. */
  #count = -1
  #goesOn = false

  constructor(hole: NumberedHole, part: JsonObject, { context }: Ground, found: Found) {
    this.#part = part
    this.#list = growingListOf(part) ?? ''
    this.#size = sizeOf(this.#partWith(''), context.limits.maxJsonDepth)
    this.#finding = found.at(hole.at)
    this.#context = context
  }

  settle(choice: Choice): boolean {
    const field = choice.message.get('content')
    // A content that is still a text would become a list by it, which other templates have to know.
    this.#field = field instanceof ContentField ? field : undefined
    this.#parts = this.#field?.parts
    return this.#parts !== undefined && this.#size >= 0
  }

  take(choice: Choice, taken: Taken[] | undefined): boolean {
    if (this.#parts === undefined || this.#field === undefined) return false
    if (choice.finish.reason !== null || !this.#continues(this.#parts)) {
      const part = this.#partWith(this.#finding.text)
      choice.mergeKnown(this.#field, 'content', [part], this.#context, taken)
      return true
    }
    this.#context.keepBytes(this.#size + this.#finding.length)
    const growing = this.#parts.last?.grow()
    if (growing !== undefined) this.#finding.appendTo(growing)
    choice.message.changed()
    taken?.push({ key: 'content', value: [this.#partWith(this.#finding.text)] })
    return true
  }

  /** Does the part only add to the text of the last one? A frame of another template may have begun a new one. */
  #continues(parts: PartList): boolean {
    if (this.#count === parts.count) return this.#goesOn
    const { last } = parts
    const inner = onlyOf(this.#part[this.#list])
    const isOpen = last?.repeatsBeside(this.#list, this.#part) === true && inner !== undefined
    this.#goesOn = isOpen && last.list?.last?.repeatsBeside('text', inner) === true
    this.#count = parts.count
    return this.#goesOn
  }

  #partWith(text: string): JsonObject {
    // A copy: it is handed out.
    const part = copyOf(this.#part)
    const inner = onlyOf(part[this.#list])
    if (inner !== undefined) inner.text = text
    return part
  }
}

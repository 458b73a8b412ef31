import { AsciiWords } from './ascii-words.ts'
import type { LineContext } from './context.ts'
import type { Finding } from './from/template/finding.ts'
import type { Found } from './from/template/found.ts'
import type { NumberedHole } from './matched-plan.ts'
import { AudioField } from './merge/audio.ts'
import type { Choice, Taken } from './merge/choice.ts'
import type { Completion } from './merge/completion.ts'
import type { FieldSet } from './merge/field-set.ts'
import { DropField } from './merge/fields.ts'
import { copyOf, isObject, setOwn, sizeOf } from './merge/json.ts'
import { type Entry, ReasoningDetailsField } from './merge/reasoning-details.ts'
import { EnvelopeField } from './merge/value.ts'
import type { JsonObject } from './wire/index.ts'

/** What a part needs of the line. */
export interface Ground {
  readonly completion: Completion
  readonly context: LineContext
  tellUsage(): void
}

/** A part of a frame that varies: where its values belong in one line. */
export interface Part {
  /** Finds the place; false: it is not there yet, or the values around the holes would change something. */
  settle(choice: Choice): boolean
  /** Merges the values, as reading the whole frame would; false: its field is as empty as before. */
  take(choice: Choice, taken: Taken[] | undefined): boolean
}

/** Random text: a field that drops it has come, and a caller's own rule has not made it another one. */
export class PaddingPart {
  readonly #hole: NumberedHole
  readonly #ground: Ground

  constructor(hole: NumberedHole, ground: Ground) {
    this.#hole = hole
    this.#ground = ground
  }

  settle(choice: Choice): boolean {
    const { place, key } = this.#hole
    const fields = place === 'chunk' ? this.#ground.completion.envelope : choice.message
    return fields.get(key) instanceof DropField
  }
}

/** The id or the time: only the first one is kept, but each new one may be an oddity. */
export class EnvelopePart {
  readonly #hole: NumberedHole
  readonly #finding: Finding
  #field: EnvelopeField | undefined

  constructor(hole: NumberedHole, found: Found) {
    this.#hole = hole
    this.#finding = found.at(hole.at)
  }

  settle(envelope: FieldSet): boolean {
    const field = envelope.get(this.#hole.key)
    this.#field = field instanceof EnvelopeField && field.isTaken ? field : undefined
    return this.#field !== undefined
  }

  /** true: another value than before, which may be a constant of another template. */
  take(context: LineContext): boolean {
    const finding = this.#finding
    const field = this.#field
    if (field === undefined) return false
    if (finding.isAscii && AsciiWords.canHold(finding.length))
      return field.mergeWords(finding.view, finding.start, finding.length, context)
    const value = this.#hole.kind === 'text' ? finding.text : finding.number
    if (field.repeats(value)) return false
    field.merge(value, context)
    return true
  }
}

/** The text of the one entry of reasoning_details. */
export class DetailPart implements Part {
  readonly #hole: NumberedHole
  readonly #item: JsonObject
  /** What keeping the item costs beside its text; -1: too deep. */
  readonly #size: number
  readonly #finding: Finding
  readonly #context: LineContext
  #field: ReasoningDetailsField | undefined
  #entry: Entry | undefined

  constructor(hole: NumberedHole, item: JsonObject, { context }: Ground, found: Found) {
    this.#hole = hole
    this.#finding = found.at(hole.at)
    this.#item = item
    this.#size = sizeOf({ ...item, [hole.key]: '' }, context.limits.maxJsonDepth)
    this.#context = context
  }

  settle(choice: Choice): boolean {
    const field = choice.message.get('reasoning_details')
    if (!(field instanceof ReasoningDetailsField) || this.#size < 0) return false
    // Copied for each event: what is nested would be shared by all of them.
    if (Object.values(this.#item).some((value) => typeof value === 'object' && value !== null)) return false
    const entry = field.entryContinuedBy(this.#item)
    this.#field = field
    this.#entry = entry
    return entry !== undefined && entry.textKey === this.#hole.key
  }

  take(choice: Choice, taken: Taken[] | undefined): boolean {
    if (this.#field === undefined || this.#entry === undefined) return false
    this.#context.keepBytes(this.#size + this.#finding.length)
    this.#finding.appendTo(this.#field.grow(this.#entry))
    choice.message.changed()
    taken?.push({ key: 'reasoning_details', value: [this.#itemWith(this.#finding.text)] })
    return true
  }

  #itemWith(text: string): JsonObject {
    const item = { ...this.#item }
    item[this.#hole.key] = text // a key of the table
    return item
  }
}

/** Pieces of sound and of its transcript. */
export class AudioPart implements Part {
  readonly #holes: readonly NumberedHole[]
  readonly #constants: JsonObject
  readonly #context: LineContext
  readonly #found: Found
  #field: AudioField | undefined

  constructor(holes: readonly NumberedHole[], audio: JsonObject, { context }: Ground, found: Found) {
    const keys = new Set(holes.map(({ key }) => key))
    this.#holes = holes
    this.#found = found
    this.#constants = Object.fromEntries(Object.entries(audio).filter(([key]) => !keys.has(key)))
    this.#context = context
  }

  settle(choice: Choice): boolean {
    const field = choice.message.get('audio')
    this.#field = field instanceof AudioField ? field : undefined
    return this.#field?.repeats(this.#constants) === true
  }

  take(choice: Choice, taken: Taken[] | undefined): boolean {
    if (this.#field === undefined) return false
    const audio: JsonObject = {}
    for (const { key, at } of this.#holes) audio[key] = this.#found.at(at).text
    choice.mergeKnown(this.#field, 'audio', audio, this.#context, taken)
    return true
  }
}

/** Counters that grow. */
export class UsagePart {
  readonly #holes: readonly NumberedHole[]
  readonly #usage: JsonObject
  readonly #ground: Ground
  readonly #found: Found

  constructor(holes: readonly NumberedHole[], usage: JsonObject, ground: Ground, found: Found) {
    this.#found = found
    this.#holes = holes
    this.#usage = usage
    this.#ground = ground
  }

  /** true: they have grown, and may be constants of another template. */
  take(): boolean {
    const { completion, context } = this.#ground
    if (!completion.mergeUsage('chunk', { usage: this.#usageWith() }, context)) return false
    this.#ground.tellUsage()
    return true
  }

  #usageWith(): JsonObject {
    // A copy: it is kept, and handed out.
    const usage = copyOf(this.#usage)
    for (const { key, outer, at } of this.#holes) {
      const target = outer === undefined ? usage : usage[outer]
      if (isObject(target)) setOwn(target, key, this.#found.at(at).number)
    }
    return usage
  }
}

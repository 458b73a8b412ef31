import type { JsonObject } from '../../wire/index.ts'
import type { Found } from './found.ts'
import type { Hole } from './holes.ts'
import { Literal } from './literal.ts'
import type { Memo } from './memo.ts'

/** Where a value stands in the bytes of a frame. */
export interface Spot {
  readonly start: number
  readonly end: number
  readonly hole: Hole
  /** Optional spots are part of the literal bytes until they are opened. */
  readonly isOpen: boolean
}

/** A frame that was read, and where in it the values stand that may differ. */
export interface Lesson {
  readonly bytes: Uint8Array
  readonly spots: readonly Spot[]
  /** The bytes without the values: frames of one shape differ in nothing else. */
  readonly shape: string
  readonly chunk: JsonObject
}

const TEXT = 0
const INTEGER = 1
const PADDING = 2
const ID = 3

function kindOf({ kind, isPadding, key, place }: Hole): number {
  if (isPadding) return PADDING
  if (place === 'chunk' && key === 'id') return ID
  return kind === 'text' ? TEXT : INTEGER
}

/**
 * The frames of a stream repeat their envelope byte for byte. A template is what was the same, and the holes between:
 * a frame with the same literal bytes, and in each hole the body of a JSON string or a whole number, would be parsed
 * to the same chunk with these values in it, so it need not be parsed.
 */
export class Template {
  readonly shape: string
  /** The chunk it was learned from; what it holds in the holes means nothing. */
  readonly chunk: JsonObject
  /** In the order of the bytes. */
  readonly holes: readonly Hole[]
  readonly #lesson: Lesson
  /** The literal before the first hole, and the one behind each hole. */
  readonly #first: Literal
  readonly #others: readonly Literal[]
  readonly #kinds: readonly number[]
  /** Hole → an earlier one that held the same text (OpenRouter sends reasoning twice in a frame); itself: none. */
  readonly #twins: readonly number[]

  constructor(lesson: Lesson) {
    const { bytes, spots, shape, chunk } = lesson
    const open = spots.filter(({ isOpen }) => isOpen)
    this.shape = shape
    this.chunk = chunk
    this.holes = open.map(({ hole }) => hole)
    this.#lesson = lesson
    this.#first = new Literal(bytes, 0, open[0]?.start ?? bytes.length)
    this.#others = open.map(({ end }, i) => new Literal(bytes, end, open[i + 1]?.start ?? bytes.length))
    this.#kinds = this.holes.map(kindOf)
    this.#twins = open.map((spot, i) => {
      const twin = open.findIndex(
        (other) => kindOf(other.hole) === TEXT && sameValue(lesson, other, lesson, spot),
      )
      return twin === -1 ? i : twin
    })
  }

  /** The template with holes where the lesson differs; itself, if it differs nowhere. */
  widenedBy(lesson: Lesson): Template {
    const mine = this.#lesson
    const spots = lesson.spots.map((spot, i): Spot => {
      const own = mine.spots[i]
      const isOpen = own === undefined || own.isOpen || !sameValue(mine, own, lesson, spot)
      return { ...spot, isOpen }
    })
    if (spots.every(({ isOpen }, i) => isOpen === mine.spots[i]?.isOpen)) return this
    return new Template({ ...lesson, spots })
  }

  /** Where a frame that begins here ends, if it matches; -1: it does not, or not yet. Nothing is read of it. */
  match(found: Found, start: number, end: number, memo: Memo): number {
    const { view } = found.scratch
    found.isDoubtful = false
    const first = this.#first
    let at = start + first.length
    if (at > end || !first.isAt(view, start)) return -1
    const kinds = this.#kinds
    const others = this.#others
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i]
      const finding = found.at(i)
      if (kind === INTEGER) at = finding.findInteger(at)
      else if (kind === ID) at = memo.find(found, finding, at)
      else at = finding.findText(at)
      if (finding.isDoubtful) found.isDoubtful = true
      const literal = others[i]
      if (at === -1 || literal === undefined || at + literal.length > end || !literal.isAt(view, at))
        return -1
      at += literal.length
    }
    return at
  }

  /** Can the holes of the frame that matched be read? false: one of them is no JSON, or no UTF-8. */
  check(found: Found, memo: Memo): boolean {
    if (!found.isDoubtful) return true
    const kinds = this.#kinds
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i]
      const finding = found.at(i)
      const twin = this.#twins[i] ?? i
      if (twin !== i && finding.copy(found.at(twin))) continue
      if (!finding.check()) return false
      if (kind === ID) memo.keep(found, finding)
    }
    return true
  }
}

function sameValue(one: Lesson, a: Spot, other: Lesson, b: Spot): boolean {
  if (a.end - a.start !== b.end - b.start) return false
  for (let i = 0; i < a.end - a.start; i++) {
    if (one.bytes[a.start + i] !== other.bytes[b.start + i]) return false
  }
  return true
}

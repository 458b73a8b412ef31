import type { JsonObject } from '../../wire/index.ts'
import { type Hole, type Level, levels } from './holes.ts'
import type { Lesson, Spot } from './template.ts'

/** A frame longer than this without its values is not worth the memory. */
const MAX_ENVELOPE = 8 * 1024
const MAX_DIGITS = 15

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

/**
 * One event of one `data` line, its end included; before the line at most the event's name, if it is not `error`.
 * Other lines (comments, ids, several data lines) are read plainly. No NUL: a word of zeros is equal to another one.
 */
const event = /^(?!event: ?error\r?\n)(?:event:[^\r\n\0]*\r?\n)?data: ?(?=\{)([^\r\n\0]*)\r?\n\r?\n$/

/**
 * What a frame that was just read teaches. `text` is what its bytes say, without U+FFFD. undefined: it is of a form
 * that a template cannot promise to read right (keys that are escaped or come twice, more than one data line).
 */
export function lessonOf(
  bytes: Uint8Array,
  text: string,
  mayRepeat: (chunk: JsonObject) => boolean,
): Lesson | undefined {
  const [, json] = event.exec(text) ?? []
  const chunk = json === undefined ? undefined : parse(json)
  if (chunk === undefined || !mayRepeat(chunk)) return undefined
  const walk = new Walk(bytes, bytes.indexOf(OPEN_BRACE))
  if (!walk.object('chunk')) return undefined
  const values = walk.spots.reduce((sum, { start, end }) => sum + end - start, 0)
  if (bytes.length - values > MAX_ENVELOPE) return undefined
  return { bytes, spots: walk.spots, shape: shapeOf(bytes, walk.spots), chunk }
}

function parse(json: string): JsonObject | undefined {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** The frame with a control character, which no frame holds, for each value that may differ. */
function shapeOf(bytes: Uint8Array, spots: readonly Spot[]): string {
  let shape = ''
  let start = 0
  for (const { start: from, end } of spots) {
    shape += `${latin1(bytes.subarray(start, from))}\0`
    start = end
  }
  return shape + latin1(bytes.subarray(start))
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/**
 * Walks over JSON that JSON.parse has taken, to find where the values stand that may differ. It believes what it
 * sees: a byte that is where none can be means that the text was not what it was said to be.
 */
class Walk {
  readonly spots: Spot[] = []
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  /** Reads an object; false: it has a key that is escaped or comes twice. */
  object(level: Level, outer?: string): boolean {
    const keys = new Set<string>()
    this.#at++
    for (let byte = this.#next(); byte !== CLOSE_BRACE; byte = this.#next()) {
      if (byte === COMMA) {
        this.#at++
        continue
      }
      const key = this.#key()
      if (key === undefined || keys.has(key)) return false
      keys.add(key)
      if (!this.#value(level, key, outer)) return false
    }
    this.#at++
    return true
  }

  #value(level: Level, key: string, outer: string | undefined): boolean {
    const known = levels[level].get(key) ?? holeOfUsage(level, key, outer)
    const byte = this.#next()
    if (known === undefined) return this.#skip()
    if ('within' in known) {
      if (known.isList) return this.#listOfOne(known.within)
      return byte === OPEN_BRACE ? this.object(known.within) : this.#skip()
    }
    if (level === 'usage' && byte === OPEN_BRACE) return this.object('usageDetails', key)
    const start = this.#at
    this.#skip()
    const isText = byte === QUOTE && known.kind === 'text'
    if (isText) this.#note(start + 1, this.#at - 1, known)
    else if (known.kind === 'integer' && this.#isInteger(start)) this.#note(start, this.#at, known)
    return true
  }

  #note(start: number, end: number, hole: Hole): void {
    this.spots.push({ start, end, hole, isOpen: hole.isOptional !== true })
  }

  /** A list of exactly one object is looked into; any other is constant. */
  #listOfOne(within: Level): boolean {
    const before = this.#at
    const known = this.spots.length
    this.#at++
    if (this.#next() === OPEN_BRACE) {
      if (!this.object(within)) return false
      if (this.#next() === CLOSE_BRACKET) {
        this.#at++
        return true
      }
    }
    this.#at = before
    this.spots.length = known
    return this.#skip()
  }

  #key(): string | undefined {
    const start = this.#at + 1
    this.#skip()
    const raw = this.#bytes.subarray(start, this.#at - 1)
    if (raw.includes(BACKSLASH)) return undefined
    if (this.#next() === COLON) this.#at++
    return latin1(raw)
  }

  /** The next byte that is no white space. */
  #next(): number {
    const bytes = this.#bytes
    while ((bytes[this.#at] ?? CLOSE_BRACE) <= 0x20) this.#at++
    return bytes[this.#at] ?? CLOSE_BRACE
  }

  /** Goes over a value of any kind. */
  #skip(): true {
    const bytes = this.#bytes
    let depth = 0
    do {
      const byte = this.#next()
      if (byte === QUOTE) this.#skipText()
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth++
        this.#at++
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--
        this.#at++
      } else if (byte === COMMA || byte === COLON) this.#at++
      else while (isOfScalar(bytes[this.#at])) this.#at++
    } while (depth > 0 && this.#at < bytes.length)
    return true
  }

  #skipText(): void {
    const bytes = this.#bytes
    this.#at++
    while (this.#at < bytes.length && bytes[this.#at] !== QUOTE)
      this.#at += bytes[this.#at] === BACKSLASH ? 2 : 1
    this.#at++
  }

  /** A whole number of 0 or more as a hole reads it: no sign, no fraction, at most 15 digits. */
  #isInteger(start: number): boolean {
    if (this.#at - start > MAX_DIGITS) return false
    const digits = latin1(this.#bytes.subarray(start, this.#at))
    return /^(?:0|[1-9]\d{0,14})$/.test(digits)
  }
}

function isOfScalar(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte !== COMMA && byte !== CLOSE_BRACE && byte !== CLOSE_BRACKET
}

/** Counters: which ones a provider has, and which of them grow, is seen. */
function holeOfUsage(level: Level, key: string, outer: string | undefined): Hole | undefined {
  if (level !== 'usage' && level !== 'usageDetails') return undefined
  return { place: 'usage', key, kind: 'integer', isOptional: true, ...(outer !== undefined && { outer }) }
}

import type { JsonObject } from '../../wire/index.ts'
import { type Hole, type Level, levels } from './holes.ts'
import type { Lesson, Spot } from './template.ts'

/** A frame longer than this without its values is not worth the memory. */
const MAX_ENVELOPE = 8 * 1024

const SPACE = 0x20
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

/** The chunk in the text of a frame; undefined: the frame is of another form than a template can promise to read. */
export function chunkIn(text: string): JsonObject | undefined {
  const [, json] = event.exec(text) ?? []
  return json === undefined ? undefined : parse(json)
}

/**
 * What a frame teaches whose text holds the chunk. undefined: a template cannot promise to read it right (keys that
 * are escaped or come twice).
 */
export function lessonOf(chunk: JsonObject, bytes: Uint8Array, latin1: string): Lesson | undefined {
  // The name of the event may hold a brace, too.
  const walk = new Walk(latin1, latin1.indexOf('{', latin1.search(/^data:/m)))
  if (!walk.object('chunk')) return undefined
  const values = walk.spots.reduce((sum, { start, end }) => sum + end - start, 0)
  if (bytes.length - values > MAX_ENVELOPE) return undefined
  return { bytes, spots: walk.spots, shape: shapeOf(latin1, walk.spots), chunk }
}

function parse(json: string): JsonObject | undefined {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** The frame with a control character, which no frame holds, for each value that may differ. */
function shapeOf(latin1: string, spots: readonly Spot[]): string {
  let shape = ''
  let start = 0
  for (const { start: from, end } of spots) {
    shape += `${latin1.slice(start, from)}\0`
    start = end
  }
  return shape + latin1.slice(start)
}

/**
 * Walks over JSON that JSON.parse has taken, to find where the values stand that may differ. It believes what it
 * sees: a byte that is where none can be means that the text was not what it was said to be.
 */
class Walk {
  readonly spots: Spot[] = []
  readonly #latin1: string
  #at: number

  constructor(latin1: string, at: number) {
    this.#latin1 = latin1
    this.#at = at
  }

  /** Reads an object; false: it has a key that is escaped or comes twice. */
  object(level: Level, outer?: string): boolean {
    const keys: string[] = []
    this.#at++
    for (let unit = this.#next(); unit !== CLOSE_BRACE; unit = this.#next()) {
      if (unit === COMMA) {
        this.#at++
        continue
      }
      const key = this.#key()
      if (key === undefined || keys.includes(key)) return false
      keys.push(key)
      if (!this.#value(level, key, outer)) return false
    }
    this.#at++
    return true
  }

  #value(level: Level, key: string, outer: string | undefined): boolean {
    const known = levels()[level].get(key) ?? holeOfUsage(level, key, outer)
    const unit = this.#next()
    if (known === undefined) return this.#skip()
    if ('within' in known) {
      if (known.isList) return this.#listOfOne(known.within)
      return unit === OPEN_BRACE ? this.object(known.within) : this.#skip()
    }
    if (known.orWithin !== undefined && unit === OPEN_BRACKET) return this.#listOfOne(known.orWithin)
    if (level === 'usage' && unit === OPEN_BRACE) return this.object('usageDetails', key)
    const start = this.#at
    this.#skip()
    const isText = unit === QUOTE && known.kind === 'text'
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
    if (this.#next() === OPEN_BRACKET) {
      this.#at++
      if (this.#next() === OPEN_BRACE) {
        if (!this.object(within)) return false
        if (this.#next() === CLOSE_BRACKET) {
          this.#at++
          return true
        }
      }
    }
    this.#at = before
    this.spots.length = known
    return this.#skip()
  }

  #key(): string | undefined {
    const start = this.#at + 1
    this.#skip()
    const key = this.#latin1.slice(start, this.#at - 1)
    if (key.includes('\\')) return undefined
    if (this.#next() === COLON) this.#at++
    return key
  }

  /** The next character that is no white space. */
  #next(): number {
    while (this.#latin1.charCodeAt(this.#at) <= SPACE) this.#at++
    return this.#at < this.#latin1.length ? this.#latin1.charCodeAt(this.#at) : CLOSE_BRACE
  }

  /** Goes over a value of any kind. */
  #skip(): true {
    let depth = 0
    do {
      const unit = this.#next()
      if (unit === QUOTE) this.#skipText()
      else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
        depth++
        this.#at++
      } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
        depth--
        this.#at++
      } else if (unit === COMMA || unit === COLON) this.#at++
      else while (isOfScalar(this.#latin1.charCodeAt(this.#at))) this.#at++
    } while (depth > 0 && this.#at < this.#latin1.length)
    return true
  }

  #skipText(): void {
    for (this.#at++; this.#at < this.#latin1.length; this.#at++) {
      const unit = this.#latin1.charCodeAt(this.#at)
      if (unit === QUOTE) break
      if (unit === BACKSLASH) this.#at++
    }
    this.#at++
  }

  /** A whole number of 0 or more as a hole reads it: no sign, no fraction, at most 15 digits. */
  #isInteger(start: number): boolean {
    return /^(?:0|[1-9]\d{0,14})$/.test(this.#latin1.slice(start, Math.min(this.#at, start + 17)))
  }
}

function isOfScalar(unit: number): boolean {
  return unit > SPACE && unit !== COMMA && unit !== CLOSE_BRACE && unit !== CLOSE_BRACKET
}

/** Counters: which ones a provider has, and which of them grow, is seen. */
function holeOfUsage(level: Level, key: string, outer: string | undefined): Hole | undefined {
  if (level !== 'usage' && level !== 'usageDetails') return undefined
  return { place: 'usage', key, kind: 'integer', isOptional: true, ...(outer !== undefined && { outer }) }
}

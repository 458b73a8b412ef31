import { utf8Length } from '../utf8.ts'
import type { Scratch } from './scratch.ts'
import { ASCII, ESCAPED, textOf, UTF8 } from './texts.ts'

/** More holes than any provider's frame has; a frame with more is no template. */
export const MAX_HOLES = 16

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Beyond this many bytes native code finds the end of a text sooner than a loop does. */
const LONG = 64
/** JSON.parse reads so many digits exactly. */
const MAX_DIGITS = 15

/** What stands in the holes of the frame that matches: places first, values only when all of it has matched. */
export class Found {
  readonly starts = new Int32Array(MAX_HOLES)
  readonly ends = new Int32Array(MAX_HOLES)
  readonly #forms = new Uint8Array(MAX_HOLES)
  /** The UTF-8 size of each text. */
  readonly sizes = new Int32Array(MAX_HOLES)
  readonly texts: string[] = Array.from({ length: MAX_HOLES }, () => '')
  readonly numbers: number[] = Array.from({ length: MAX_HOLES }, () => 0)

  /** Finds the closing quote of a text; -1: there is none, or a control character before it. */
  findText(scratch: Scratch, hole: number, start: number): number {
    const { bytes } = scratch
    const limit = start + LONG
    let high = 0
    let escapes = 0
    let at = start
    for (; at < limit; at++) {
      const byte = bytes[at] ?? 0
      if (byte === QUOTE)
        return this.#note(hole, start, at, escapes > 0 ? ESCAPED : high > 0x7f ? UTF8 : ASCII)
      if (byte < 0x20) return -1
      high |= byte
      if (byte !== BACKSLASH) continue
      escapes++
      at++
    }
    return this.#note(hole, start, endOfLongText(bytes, at), ESCAPED)
  }

  /** Finds the end of a whole number as JSON writes it, of 0 or more; -1: it is none. */
  findInteger(scratch: Scratch, hole: number, start: number): number {
    const { bytes } = scratch
    let value = (bytes[start] ?? 0) - 0x30
    if (value < 0 || value > 9) return -1
    let at = start + 1
    // After a zero no digit may follow: the literal behind it begins with none.
    for (; value > 0 && at < start + MAX_DIGITS; at++) {
      const digit = (bytes[at] ?? 0) - 0x30
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    this.numbers[hole] = value
    return this.#note(hole, start, at, ASCII)
  }

  #note(hole: number, start: number, end: number, form: number): number {
    this.starts[hole] = start
    this.ends[hole] = end
    this.#forms[hole] = form
    return end
  }

  /** Reads the text of a hole; false: it cannot be read so. */
  readText(scratch: Scratch, hole: number): boolean {
    const start = this.starts[hole] ?? 0
    const end = this.ends[hole] ?? 0
    const form = this.#forms[hole] ?? ESCAPED
    const text = textOf(scratch, start, end, form)
    if (text === undefined) return false
    this.texts[hole] = text
    this.sizes[hole] = form === ESCAPED ? utf8Length(text) : end - start
    return true
  }

  /** Takes the text of another hole that holds the same bytes. */
  copyText(from: number, to: number): void {
    this.texts[to] = this.texts[from] ?? ''
    this.sizes[to] = this.sizes[from] ?? 0
  }

  /** Nothing of the text is kept: is it at least one? */
  checkText(scratch: Scratch, hole: number): boolean {
    return this.#forms[hole] === ASCII || this.readText(scratch, hole)
  }

  /** Do two holes hold the same bytes? */
  isTwin({ bytes }: Scratch, one: number, other: number): boolean {
    const start = this.starts[one] ?? 0
    const shift = (this.starts[other] ?? 0) - start
    const end = this.ends[one] ?? 0
    if ((this.ends[other] ?? 0) - end !== shift) return false
    for (let at = start; at < end; at++) if (bytes[at] !== bytes[at + shift]) return false
    return true
  }
}

/** The first quote from `start` on that no backslash escapes. Whether all before it is right, JSON.parse decides. */
function endOfLongText(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    let backslashes = 0
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return at
  }
  return -1
}

import { escapes } from '../../ascii-lanes.ts'
import type { GrowingText } from '../../growing-text.ts'
import { utf8Length } from '../utf8.ts'
import type { Scratch } from './scratch.ts'
import { ASCII, ESCAPED, READ, SIMPLE, textOf, UTF8 } from './texts.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Bytes looked at one by one; beyond them, as long as it is plain, a text is looked at in words. */
const FEW = 16
/** Beyond this many bytes that are not plain, native code finds the end of a text sooner than a loop does. */
const LONG = 64
/** A longer text is made a string at once. */
const LONGEST_OF_BYTES = 256
/** JSON.parse reads so many digits exactly. */
const MAX_DIGITS = 15

/**
 * What stands in one hole of the frame that matches: its place first, its value only when all of the frame has matched.
 * One object serves the holes of the same number of all templates.
 */
export class Finding {
  readonly #scratch: Scratch
  readonly #bytes: Uint8Array
  /** Of the bytes of the scratch. */
  readonly view: DataView
  #start = 0
  #end = 0
  #form = ASCII
  #size = 0
  #text = ''
  #number = 0

  constructor(scratch: Scratch) {
    this.#scratch = scratch
    this.#bytes = scratch.bytes
    this.view = scratch.view
  }

  /** Finds the closing quote of a text; -1: there is none, or a control character before it. */
  findText(start: number): number {
    const bytes = this.#bytes
    let high = 0
    let escaped = 0
    let isSimple = true
    for (let at = start; ; ) {
      for (const limit = at + FEW; at < limit; at++) {
        const byte = bytes[at] ?? 0
        if (byte === QUOTE) {
          const form =
            escaped === 0 ? (high > 0x7f ? UTF8 : ASCII) : isSimple && high <= 0x7f ? SIMPLE : ESCAPED
          return this.#note(start, at, form, at - start - escaped)
        }
        if (byte < 0x20) return -1
        high |= byte
        if (byte !== BACKSLASH) continue
        escaped++
        at++
        if (escapes[bytes[at] ?? 0] === 0) isSimple = false
      }
      while (arePlain(this.view, at)) at += 16
      if (at - start > LONG && (high > 0x7f || escaped > 0))
        return this.#note(start, endOfLongText(bytes, at), ESCAPED, 0)
    }
  }

  /** As findText, for a text that is nearly always as long as the one that was found here before. */
  findAlike(start: number): number {
    const length = this.#end - this.#start
    const end = start + length
    if (length < 16 || this.#bytes[end] !== QUOTE) return this.findText(start)
    const last = end - 16
    for (let at = start; at < last; at += 16) if (!arePlain(this.view, at)) return this.findText(start)
    return arePlain(this.view, last) ? this.#note(start, end, ASCII, length) : this.findText(start)
  }

  /** Finds the end of a whole number as JSON writes it, of 0 or more; -1: it is none. */
  findInteger(start: number): number {
    const bytes = this.#bytes
    let value = (bytes[start] ?? 0) - 0x30
    if (value < 0 || value > 9) return -1
    let at = start + 1
    // After a zero no digit may follow: the literal behind it begins with none.
    for (; value > 0 && at < start + MAX_DIGITS; at++) {
      const digit = (bytes[at] ?? 0) - 0x30
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    this.#number = value
    this.#form = READ
    return at
  }

  #note(start: number, end: number, form: number, size: number): number {
    this.#start = start
    this.#end = end
    this.#form = form
    this.#size = size
    return end
  }

  /** Texts that are ASCII are right as they are; others are to be read to know it. */
  get isDoubtful(): boolean {
    return this.#form >= UTF8
  }

  /** Not yet a string: ASCII, as it is. */
  get isAscii(): boolean {
    return this.#form === ASCII
  }

  /** May the text be read? false: it is no JSON, or no UTF-8. */
  check(): boolean {
    const form = this.#form
    if (form < UTF8) return true
    const text = this.#read()
    if (text !== undefined && form === ESCAPED) this.#size = utf8Length(text)
    return text !== undefined
  }

  #read(): string | undefined {
    const text = textOf(this.#scratch, this.#start, this.#end, this.#form)
    if (text === undefined) return undefined
    this.keep(text)
    return text
  }

  /** The text is known from elsewhere. */
  keep(text: string): void {
    this.#text = text
    this.#form = READ
  }

  // Of a hole that was checked:

  get text(): string {
    return (this.#form === READ ? this.#text : this.#read()) ?? ''
  }

  get number(): number {
    return this.#number
  }

  /** In UTF-8 bytes. */
  get size(): number {
    return this.#size
  }

  get length(): number {
    return this.#form === READ ? this.#text.length : this.#size
  }

  get start(): number {
    return this.#start
  }

  get end(): number {
    return this.#end
  }

  appendTo(growing: GrowingText): void {
    const start = this.#start
    const end = this.#end
    const form = this.#form
    if (start === end) return
    const isBytes = form <= SIMPLE && end - start <= LONGEST_OF_BYTES
    if (isBytes && growing.takesBytes) growing.appendBytes(this.#bytes, start, end)
    else growing.append(this.text)
  }

  /** The text that another hole was read for is this one's too, if it holds the same bytes. */
  copy(source: Finding): boolean {
    if (source.#form !== READ || !this.#isTwinOf(source)) return false
    this.#text = source.#text
    this.#form = READ
    this.#size = source.#size
    return true
  }

  #isTwinOf(other: Finding): boolean {
    const bytes = this.#bytes
    const start = other.#start
    const end = other.#end
    const shift = this.#start - start
    if (this.#end - end !== shift) return false
    for (let at = start; at < end; at++) if (bytes[at] !== bytes[at + shift]) return false
    return true
  }
}

/** Are 16 bytes ASCII, and none of them a control character, a quote or a backslash? One branch for all of them. */
function arePlain(view: DataView, at: number): boolean {
  const a = marksOf(view.getInt32(at, true))
  const b = marksOf(view.getInt32(at + 4, true))
  const c = marksOf(view.getInt32(at + 8, true))
  const d = marksOf(view.getInt32(at + 12, true))
  return ((a | b | c | d) & 0x80808080) === 0
}

/** The highest bit of a byte that is none of that, and at times of the one behind it. */
function marksOf(word: number): number {
  return word | (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101)
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

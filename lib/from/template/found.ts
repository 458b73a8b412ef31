import { escapes } from '../../ascii-lanes.ts'
import type { GrowingText } from '../../growing-text.ts'
import { utf8Length } from '../utf8.ts'
import type { Scratch } from './scratch.ts'
import { ASCII, ESCAPED, READ, SIMPLE, textOf, UTF8 } from './texts.ts'

/** More holes than any provider's frame has; a frame with more is no template. */
export const MAX_HOLES = 16

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

/** What stands in one hole. */
class Finding {
  start = 0
  end = 0
  form = ASCII
  /** In UTF-8 bytes, of a text that was checked. */
  size = 0
  text = ''
  number = 0
}

/** What stands in the holes of the frame that matches: places first, values only when all of it has matched. */
export class Found {
  readonly scratch: Scratch
  /** Something of the frame that matches is still to be checked: most texts are ASCII, and right as they are. */
  isDoubtful = false
  readonly #findings: readonly Finding[] = Array.from({ length: MAX_HOLES }, () => new Finding())

  constructor(scratch: Scratch) {
    this.scratch = scratch
  }

  /** Finds the closing quote of a text; -1: there is none, or a control character before it. */
  findText(hole: number, start: number): number {
    const { bytes, view } = this.scratch
    let high = 0
    let escaped = 0
    let isSimple = true
    for (let at = start; ; ) {
      for (const limit = at + FEW; at < limit; at++) {
        const byte = bytes[at] ?? 0
        if (byte === QUOTE) {
          const form =
            escaped === 0 ? (high > 0x7f ? UTF8 : ASCII) : isSimple && high <= 0x7f ? SIMPLE : ESCAPED
          if (form >= UTF8) this.isDoubtful = true
          return this.#note(hole, start, at, form, at - start - escaped)
        }
        if (byte < 0x20) return -1
        high |= byte
        if (byte !== BACKSLASH) continue
        escaped++
        at++
        if (escapes[bytes[at] ?? 0] === 0) isSimple = false
      }
      while (isPlain(view.getInt32(at, true))) at += 4
      if (at - start > LONG && (high > 0x7f || escaped > 0)) {
        this.isDoubtful = true
        return this.#note(hole, start, endOfLongText(bytes, at), ESCAPED, 0)
      }
    }
  }

  /** Finds the end of a whole number as JSON writes it, of 0 or more; -1: it is none. */
  findInteger(hole: number, start: number): number {
    const { bytes } = this.scratch
    let value = (bytes[start] ?? 0) - 0x30
    if (value < 0 || value > 9) return -1
    let at = start + 1
    // After a zero no digit may follow: the literal behind it begins with none.
    for (; value > 0 && at < start + MAX_DIGITS; at++) {
      const digit = (bytes[at] ?? 0) - 0x30
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    const finding = this.#at(hole)
    finding.number = value
    finding.form = READ
    return at
  }

  #at(hole: number): Finding {
    return this.#findings[hole] as Finding // a template has no more holes
  }

  #note(hole: number, start: number, end: number, form: number, size: number): number {
    const finding = this.#at(hole)
    finding.start = start
    finding.end = end
    finding.form = form
    finding.size = size
    return end
  }

  /** May the text of a hole be read? Those that are ASCII are right as they are; others are read to know it. */
  check(hole: number): boolean {
    const finding = this.#at(hole)
    const { form } = finding
    if (form !== UTF8 && form !== ESCAPED) return true
    const text = this.#read(finding)
    if (text !== undefined && form === ESCAPED) finding.size = utf8Length(text)
    return text !== undefined
  }

  #read(finding: Finding): string | undefined {
    const text = textOf(this.scratch, finding.start, finding.end, finding.form)
    if (text === undefined) return undefined
    finding.text = text
    finding.form = READ
    return text
  }

  /** The text is known from elsewhere. */
  keep(hole: number, text: string): void {
    const finding = this.#at(hole)
    finding.text = text
    finding.form = READ
  }

  /** The text of a hole that was checked. */
  text(hole: number): string {
    const finding = this.#at(hole)
    return (finding.form === READ ? finding.text : this.#read(finding)) ?? ''
  }

  number(hole: number): number {
    return this.#at(hole).number
  }

  /** The UTF-8 size of the text of a hole that was checked. */
  size(hole: number): number {
    return this.#at(hole).size
  }

  /** The length of the text of a hole that was checked. */
  length(hole: number): number {
    const { form, text, size } = this.#at(hole)
    return form === READ ? text.length : size
  }

  /** Appends the text of a hole that was checked. */
  appendTo(growing: GrowingText, hole: number): void {
    const finding = this.#at(hole)
    const { start, end, form } = finding
    if (start === end) return
    const isBytes = (form === ASCII || form === SIMPLE) && end - start <= LONGEST_OF_BYTES
    if (isBytes && growing.takesBytes) growing.appendBytes(this.scratch.bytes, start, end)
    else growing.append(this.text(hole))
  }

  /** The text that another hole was read for is this one's too, if it holds the same bytes. */
  copy(from: number, to: number): boolean {
    const source = this.#at(from)
    const target = this.#at(to)
    if (source.form !== READ || !this.#isTwin(source, target)) return false
    target.text = source.text
    target.form = READ
    target.size = source.size
    return true
  }

  #isTwin(one: Finding, other: Finding): boolean {
    const { bytes } = this.scratch
    const { start, end } = one
    const shift = other.start - start
    if (other.end - end !== shift) return false
    for (let at = start; at < end; at++) if (bytes[at] !== bytes[at + shift]) return false
    return true
  }

  start(hole: number): number {
    return this.#at(hole).start
  }

  end(hole: number): number {
    return this.#at(hole).end
  }
}

const foundBy = new WeakMap<Scratch, Found>()

/** One for each scratch: both are used by one stream at a time. */
export function foundIn(scratch: Scratch): Found {
  const found = foundBy.get(scratch) ?? new Found(scratch)
  foundBy.set(scratch, found)
  return found
}

/** Are the four bytes of a word ASCII, and none of them a control character, a quote or a backslash? */
function isPlain(word: number): boolean {
  const below = (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101)
  return ((below | word) & 0x80808080) === 0
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

const WORD = 8
const LONGEST = 64

/**
 * An ASCII text of 8 to 64 bytes, kept as its bytes: that costs less than to make a string of them. They are read and
 * written as float64, as a template's literals are; the last word may overlap the one before.
 */
export class AsciiWords {
  readonly #view = new DataView(new ArrayBuffer(LONGEST))
  #length = 0

  /** Can a text of so many bytes be kept? */
  static canHold(length: number): boolean {
    return length >= WORD && length <= LONGEST
  }

  /** A text that cannot be kept is none, and so not equal to any that can be. */
  constructor(text: string) {
    if (!AsciiWords.canHold(text.length)) return
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit > 0x7f) return
      this.#view.setUint8(at, unit)
    }
    this.#length = text.length
  }

  /** Is it the text of these bytes, of a length that can be held? */
  isAt(view: DataView, start: number, length: number): boolean {
    if (length !== this.#length) return false
    const last = length - WORD
    for (let from = 0; from < length; from += WORD) {
      const at = from < last ? from : last
      if (view.getFloat64(start + at, true) !== this.#view.getFloat64(at, true)) return false
    }
    return true
  }

  /** Keeps the text of these bytes, of a length that can be held. */
  take(view: DataView, start: number, length: number): void {
    const last = length - WORD
    for (let from = 0; from < length; from += WORD) {
      const at = from < last ? from : last
      this.#view.setFloat64(at, view.getFloat64(start + at, true), true)
    }
    this.#length = length
  }

  toString(): string {
    return String.fromCharCode(...new Uint8Array(this.#view.buffer, 0, this.#length))
  }
}

/** Is it the text of these bytes? From the end on, for ids begin alike. */
export function isTextAt(text: string, view: DataView, start: number, length: number): boolean {
  if (text.length !== length) return false
  let at = length
  while (at > 0 && text.charCodeAt(at - 1) === view.getUint8(start + at - 1)) at--
  return at === 0
}

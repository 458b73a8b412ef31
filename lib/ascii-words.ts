const WORD = 8
const SHORTEST = WORD
const LONGEST = 64

/**
 * An ASCII text of 8 to 64 bytes, kept as the words of its bytes: that costs less than to make a string of them. Words
 * are float64, as in a template's literals, and the last one may overlap the one before.
 */
export class AsciiWords {
  readonly #words = new Float64Array(LONGEST / WORD)
  #length = 0

  /** Can a text of so many bytes be kept? */
  static canHold(length: number): boolean {
    return length >= SHORTEST && length <= LONGEST
  }

  /** Is it the text of these bytes, of a length that can be held? */
  isAt(view: DataView, start: number, length: number): boolean {
    if (length !== this.#length) return false
    const words = this.#words
    const last = start + length - WORD
    for (let i = 0, at = start; at < last + WORD; i++, at += WORD)
      if (view.getFloat64(at < last ? at : last, true) !== words[i]) return false
    return true
  }

  /** Keeps the text of these bytes, of a length that can be held. */
  take(view: DataView, start: number, length: number): void {
    const words = this.#words
    const last = start + length - WORD
    for (let i = 0, at = start; at < last + WORD; i++, at += WORD)
      words[i] = view.getFloat64(at < last ? at : last, true)
    this.#length = length
  }

  /** Keeps a text; one that cannot be kept is none, and so not equal to any that can be. */
  takeText(text: string): void {
    this.#length = 0
    if (!AsciiWords.canHold(text.length)) return
    const view = new DataView(new ArrayBuffer(text.length))
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === 0 || unit > 0x7f) return
      view.setUint8(at, unit)
    }
    this.take(view, 0, text.length)
  }

  /** Is none kept? */
  get isEmpty(): boolean {
    return this.#length === 0
  }

  toString(): string {
    const view = new DataView(new ArrayBuffer(LONGEST))
    for (let i = 0, at = 0; at < this.#length; i++, at += WORD)
      view.setFloat64(Math.min(at, this.#length - WORD), this.#words[i] ?? 0, true)
    return String.fromCharCode(...new Uint8Array(view.buffer, 0, this.#length))
  }
}

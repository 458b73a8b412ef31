const WORD = 8
const GROUP = 4 * WORD
/** Of all that are a word or more: an empty array with its buffer weighs 184 bytes. */
const noBytes = new Uint8Array(0)

/**
 * Bytes that must be the same in every frame, compared eight at a time as float64, which is several times as fast
 * as any call into native code for a few hundred bytes. Equal numbers are equal bits here: text holds no word that is
 * a zero (it has no NUL), and a word that is no number, which text cannot hold either, would only be a miss.
 */
export class Literal {
  readonly length: number
  /**
   * Groups of four words, since the loop itself is half of the cost; without groups the words one by one. A list of
   * numbers is read a fifth sooner than a Float64Array, whose memory is a pointer further away, and weighs less.
   */
  readonly #words: readonly number[]
  /** The bytes, if they are fewer than a word. */
  readonly #bytes: Uint8Array

  /** Copies, as `slice` of a Buffer would not: the bytes it is made of are in a buffer that moves on. */
  constructor(source: Uint8Array, start: number, end: number) {
    const copy = Uint8Array.from(source.subarray(start, end))
    this.length = copy.length
    this.#words = wordsOf(copy, copy.length >= GROUP ? GROUP : WORD).slice() // no longer than it is
    this.#bytes = copy.length < WORD ? copy : noBytes
  }

  /** Is it at this place? The view must reach at least to its end. */
  isAt(view: DataView, at: number): boolean {
    if (this.length < GROUP) return this.#isShortAt(view, at)
    const words = this.#words
    const tail = at + this.length - GROUP
    for (let i = 0, from = at; i < words.length; i += 4, from += GROUP) {
      if (from > tail) from = tail
      if (view.getFloat64(from, true) !== words[i]) return false
      if (view.getFloat64(from + 8, true) !== words[i + 1]) return false
      if (view.getFloat64(from + 16, true) !== words[i + 2]) return false
      if (view.getFloat64(from + 24, true) !== words[i + 3]) return false
    }
    return true
  }

  #isShortAt(view: DataView, at: number): boolean {
    const words = this.#words
    const bytes = this.#bytes
    const tail = at + this.length - WORD
    for (let i = 0, from = at; i < words.length; i++, from += WORD)
      if (view.getFloat64(from < tail ? from : tail, true) !== words[i]) return false
    for (let i = 0; i < bytes.length; i++) if (view.getUint8(at + i) !== bytes[i]) return false
    return true
  }
}

/** The words of pieces of this size, the last of which overlaps the one before: none if there is not even one. */
function wordsOf(bytes: Uint8Array, size: number): number[] {
  const view = new DataView(bytes.buffer)
  const tail = bytes.length - size
  const words: number[] = []
  for (let from = 0; tail >= 0 && from < bytes.length; from += size) {
    for (let at = 0; at < size; at += WORD) words.push(view.getFloat64(Math.min(from, tail) + at, true))
  }
  return words
}

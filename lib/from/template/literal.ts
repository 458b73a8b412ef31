const WORD = 8

/**
 * Bytes that must be the same in every frame, compared eight at a time as float64, which is several times as fast
 * as any call into native code for a few hundred bytes. Equal numbers are equal bits here: text holds no word that is
 * a zero (it has no NUL), and a word that is no number, which text cannot hold either, would only be a miss.
 */
export class Literal {
  readonly length: number
  /** The whole words, then the last one, which overlaps. Empty if there is not even one. */
  readonly words: Float64Array
  /** The bytes, if they are fewer than a word. */
  readonly bytes: Uint8Array

  /** Copies, as `slice` of a Buffer would not: the bytes it is made of are in a buffer that moves on. */
  constructor(source: Uint8Array, start: number, end: number) {
    const copy = Uint8Array.from(source.subarray(start, end))
    this.length = copy.length
    const words: number[] = []
    if (copy.length >= WORD) {
      const view = new DataView(copy.buffer, copy.byteOffset, copy.length)
      for (let at = 0; at + WORD <= copy.length; at += WORD) words.push(view.getFloat64(at, true))
      words.push(view.getFloat64(copy.length - WORD, true))
    }
    this.words = Float64Array.from(words)
    this.bytes = words.length > 0 ? new Uint8Array(0) : copy
  }

  /** Is it at this place? The view must reach at least to its end. */
  isAt(view: DataView, at: number): boolean {
    const { words, length } = this
    const last = words.length - 1
    if (last < 0) return this.#areBytesAt(view, at)
    let i = 0
    let from = at
    // Four words a turn: the loop itself is half of the cost.
    for (; i + 4 <= last; i += 4, from += 4 * WORD) {
      if (view.getFloat64(from, true) !== words[i]) return false
      if (view.getFloat64(from + 8, true) !== words[i + 1]) return false
      if (view.getFloat64(from + 16, true) !== words[i + 2]) return false
      if (view.getFloat64(from + 24, true) !== words[i + 3]) return false
    }
    for (; i < last; i++, from += WORD) if (view.getFloat64(from, true) !== words[i]) return false
    return view.getFloat64(at + length - WORD, true) === words[last]
  }

  #areBytesAt(view: DataView, at: number): boolean {
    const { bytes, length } = this
    for (let i = 0; i < length; i++) if (view.getUint8(at + i) !== bytes[i]) return false
    return true
  }
}

/** Below this tail a text is left as it is: flattening costs more than the few ropes it frees. */
const SMALL_TAIL = 4096

/**
 * Text that grows by small pieces. `+=` alone keeps one rope node a piece (54 bytes for four characters) until the
 * text is read; flattening whenever the tail is longer than half of what is flat keeps 1 byte a character and
 * copies each character at most three times, so it stays linear.
 */
export class GrowingText {
  #text = ''
  #flat = 0

  append(piece: string): void {
    this.#text += piece
    if (this.#text.length - this.#flat > (this.#flat >> 1) + SMALL_TAIL) {
      // Reading one character makes V8 flatten the rope in place; other engines lose nothing.
      this.#text.charCodeAt(0)
      this.#flat = this.#text.length
    }
  }

  get length(): number {
    return this.#text.length
  }

  toString(): string {
    return this.#text
  }

  clear(): void {
    this.#text = ''
    this.#flat = 0
  }
}

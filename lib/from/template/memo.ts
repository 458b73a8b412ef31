import type { Found } from './found.ts'
import { Literal } from './literal.ts'
import type { Scratch } from './scratch.ts'

const QUOTE = 0x22
/** An id that differs so often differs in every frame: then remembering it costs more than reading it. */
const MAX_CHANGES = 8

/** The id of one stream. Templates serve many streams, so it is a hole; but in one stream it is the same each time. */
export class Memo {
  #literal: Literal | undefined
  #text = ''
  #changes = 0
  #isSame = false

  /** Finds the end of the id: the one of the last frame, or any other. */
  find(scratch: Scratch, found: Found, hole: number, start: number): number {
    const literal = this.#literal
    this.#isSame =
      literal !== undefined &&
      scratch.bytes[start + literal.length] === QUOTE &&
      literal.isAt(scratch.view, start)
    return this.#isSame && literal !== undefined
      ? start + literal.length
      : found.findText(scratch, hole, start)
  }

  /** Reads the id that was found; false: it is no text. */
  read(scratch: Scratch, found: Found, hole: number): boolean {
    if (this.#isSame) {
      found.texts[hole] = this.#text
      return true
    }
    if (!found.readText(scratch, hole)) return false
    if (this.#changes > MAX_CHANGES) return true
    this.#changes++
    const [start = 0, end = 0] = [found.starts[hole], found.ends[hole]]
    this.#text = found.texts[hole] ?? ''
    this.#literal = this.#changes > MAX_CHANGES ? undefined : new Literal(scratch.bytes, start, end)
    return true
  }
}

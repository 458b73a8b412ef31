import type { Finding } from './finding.ts'
import type { Found } from './found.ts'
import { Literal } from './literal.ts'

const QUOTE = 0x22
/** An id that differs so often differs in every frame: then remembering it costs more than reading it. */
const MAX_CHANGES = 8

/** The id of one stream. Templates serve many streams, so it is a hole; but in one stream it is the same each time. */
export class Memo {
  #literal: Literal | undefined
  #text = ''
  #changes = 0

  /** Finds the end of the id: the one of the last frame, or any other. */
  find(found: Found, finding: Finding, start: number): number {
    if (this.#changes > MAX_CHANGES) return finding.findAlike(start)
    const { bytes, view } = found.scratch
    const literal = this.#literal
    const end = literal === undefined ? -1 : start + literal.length
    if (literal === undefined || bytes[end] !== QUOTE || !literal.isAt(view, start)) {
      found.isDoubtful = true // another id is to be kept
      return finding.findText(start)
    }
    finding.keep(this.#text)
    return end
  }

  /** Keeps the id that was found. */
  keep({ scratch }: Found, finding: Finding): void {
    if (this.#changes > MAX_CHANGES) return
    const { text } = finding
    if (text === this.#text) return
    this.#changes++
    this.#text = text
    this.#literal =
      this.#changes > MAX_CHANGES ? undefined : new Literal(scratch.bytes, finding.start, finding.end)
  }
}

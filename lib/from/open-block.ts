import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import { isKnownField, LONGEST, mayBeKnownField } from './field-names.ts'
import { utf8Length } from './utf8.ts'

/** What each further line of a frame costs beyond its bytes: so much memory a short line holds. */
const LINE_COST = 64
/** The dearest block of n bytes: lines of two bytes each, every byte read as a character of three. */
export const DEAREST = 3 * (1 + LINE_COST / 2)

/** A block that is read line by line, because it is cut or may be too dear: its known fields so far. */
export class OpenBlock {
  readonly #maxBytes: number
  /** The finished lines, and what they cost. */
  #lines: string[] = []
  #cost = 0
  /** The line that is not finished, and its size in bytes. */
  readonly #line = new GrowingText()
  #lineBytes = 0
  /** The unfinished line is a comment or an unknown field: nothing of it is kept. */
  #skipping = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Adds a line of a known field. Throws {@link Fault} `limit_event`. */
  add(line: string): void {
    this.#cost += utf8Length(line) + (this.#lines.length > 0 ? LINE_COST : 0)
    this.#checkSize()
    this.#lines.push(line)
  }

  /** Adds to the line whose end has not come: kept only while it can be a field that counts. Throws as `add`. */
  addPiece(piece: string): void {
    if (this.#skipping) return
    // Asked once: reading a text that grows by small pieces copies it each time.
    const isDecided = this.#line.length >= LONGEST
    this.#line.append(piece)
    this.#lineBytes += utf8Length(piece)
    if (!isDecided && !mayBeKnownField(this.#line.toString())) {
      this.#skipping = true
      this.#clearLine()
    }
    this.#checkSize()
  }

  /** The line that is not finished ends with this part of a text; false: there is none. Throws as `add`. */
  endLine(text: string, start: number, end: number): boolean {
    if (this.#skipping) {
      this.#skipping = false
      return true
    }
    if (this.#line.length === 0) return false
    this.#line.append(text.slice(start, end))
    this.#keepLine()
    return true
  }

  #keepLine(): void {
    const line = this.#line.toString()
    this.#clearLine()
    if (isKnownField(line, 0, line.length)) this.add(line)
  }

  #clearLine(): void {
    this.#line.clear()
    this.#lineBytes = 0
  }

  /** The block is whole, blank line and all; undefined: nothing of it counts. */
  take(): string | undefined {
    if (this.#lines.length === 0) return undefined
    const lines = this.#lines
    this.#lines = []
    this.#cost = 0
    // One flat string. Where a method is called on more than four kinds of strings V8 looks it up each time, and the
    // blocks are already slices and flat ones, with one byte a character or two: a chain made all reading 5 % slower.
    lines.push('', '')
    return lines.join('\n')
  }

  /** As `take`, where the input ends. */
  takeCut(): string | undefined {
    if (this.#line.length > 0) this.#keepLine()
    return this.take()
  }

  #checkSize(): void {
    if (this.#cost + this.#lineBytes > this.#maxBytes) throw new Fault('limit_event')
  }

  save(): OpenBlockState {
    return {
      lines: [...this.#lines],
      cost: this.#cost,
      line: this.#line.toString(),
      skipping: this.#skipping,
    }
  }

  load({ lines, cost, line, skipping }: OpenBlockState): void {
    this.#lines = [...lines]
    this.#cost = cost
    this.#line.append(line)
    this.#lineBytes = utf8Length(line)
    this.#skipping = skipping
  }
}

export interface OpenBlockState {
  readonly lines: readonly string[]
  readonly cost: number
  readonly line: string
  readonly skipping: boolean
}

export const noBlock: OpenBlockState = { lines: [], cost: 0, line: '', skipping: false }

import type { Neighbour } from '../output.ts'
import type { Palette } from './palette.ts'

/** What of a stream to a terminal is needed here. */
export interface TerminalStream {
  write(text: string): unknown
  readonly columns?: number | undefined
}

/** Without it a long line would wrap, and the lines drawn could not be counted. */
const noWrap = (text: string): string => `\x1b[?7l${text}\x1b[?7h`

/**
 * A terminal that text flows down, with live lines below it that are drawn again and again. The live lines are
 * taken away before anything else is written, by whomever, so that what flows stays whole.
 */
export class Screen implements Neighbour {
  readonly palette: Palette
  /** The terminal can move the cursor; a `dumb` one cannot, and gets no live lines. */
  readonly canRedraw: boolean
  readonly #stream: TerminalStream
  #drawn: readonly string[] = []
  /** Line ends since the last character: 0 within a line, 1 at the start of one, 2 and more below a blank one. */
  #lineEnds = 2

  constructor(stream: TerminalStream, palette: Palette, canRedraw: boolean) {
    this.#stream = stream
    this.palette = palette
    this.canRedraw = canRedraw
  }

  get columns(): number {
    return this.#stream.columns ?? 80
  }

  /** Writes text that stays. It is styled as a whole, so what moves the cursor is in `text` alone. */
  print(text: string, style: (text: string) => string = (same) => same): void {
    if (text === '') return
    this.clear()
    this.#stream.write(style(text))
    this.afterText(text)
  }

  printLine(text: string, style?: (text: string) => string): void {
    this.startLine()
    this.print(text, style)
    this.print('\n')
  }

  startLine(): void {
    this.clear()
    if (this.#lineEnds === 0) this.print('\n')
  }

  /** A blank line below what is there. */
  startSection(): void {
    this.startLine()
    if (this.#lineEnds === 1) this.print('\n')
  }

  /** Draws lines that will be drawn again, or taken away. Each is cut at the edge. */
  draw(lines: readonly string[]): void {
    if (!this.canRedraw || lines.join('\n') === this.#drawn.join('\n')) return
    this.startLine()
    if (lines.length > 0) this.#stream.write(noWrap(lines.join('\n')))
    this.#drawn = lines
  }

  clear(): void {
    const count = this.#drawn.length
    if (count === 0) return
    this.#drawn = []
    this.#stream.write(`\r${count > 1 ? `\x1b[${count - 1}A` : ''}\x1b[J`)
  }

  beforeText(): void {
    this.clear()
  }

  afterText(text: string): void {
    const words = text.replace(/\n+$/, '')
    this.#lineEnds = text.length - words.length + (words === '' ? this.#lineEnds : 0)
  }
}

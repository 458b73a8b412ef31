/**
 * A terminal as far as the command uses one: text, line ends, wrapping and no wrapping, cursor up, erase down.
 * Anything else that would move or change it throws, so that a spec fails where the command sends something new.
 */
export class VirtualTerminal {
  readonly isTTY = true
  readonly columns: number
  /** Everything that was written, as it was. */
  written = ''
  #rows: string[][] = [[]]
  #row = 0
  #column = 0
  #wraps = true

  constructor(columns = 80) {
    this.columns = columns
  }

  write(text: string): boolean {
    this.written += text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    for (const [piece] of text.matchAll(/\x1b\[[?\d;]*[a-zA-Z]|[^\x1b]/gu)) {
      if (piece.length > 1 && piece.startsWith('\x1b')) this.#sequence(piece.slice(2))
      else this.#character(piece)
    }
    return true
  }

  /** What a person sees, line by line, without blanks at the ends. */
  get lines(): string[] {
    const lines = this.#rows.map((row) =>
      Array.from(row, (character) => character ?? ' ')
        .join('')
        .trimEnd(),
    )
    while (lines.at(-1) === '') lines.pop()
    return lines
  }

  #character(character: string): void {
    if (character === '\n') {
      this.#moveTo(this.#row + 1, 0) // a terminal's line discipline adds the carriage return
    } else if (character === '\r') {
      this.#column = 0
    } else {
      if (/\p{Cc}/u.test(character)) throw new Error(`control character ${JSON.stringify(character)}`)
      if (this.#column === this.columns) {
        if (this.#wraps) this.#moveTo(this.#row + 1, 0)
        else this.#column--
      }
      const row = this.#rows[this.#row]
      if (row) row[this.#column] = character
      this.#column++
    }
  }

  #moveTo(row: number, column: number): void {
    this.#row = row
    this.#column = column
    while (this.#rows.length <= row) this.#rows.push([])
  }

  #sequence(sequence: string): void {
    const [, digits = '', final] = /^\??(\d*)(.)$/.exec(sequence) ?? []
    if (final === 'm') return
    if (sequence === '?7l' || sequence === '?7h') this.#wraps = sequence.endsWith('h')
    else if (final === 'A') this.#moveTo(this.#row - Number(digits), this.#column)
    else if (sequence === 'J') {
      this.#rows.length = this.#row + 1
      this.#rows[this.#row]?.splice(this.#column)
    } else throw new Error(`escape sequence ${sequence}`)
  }
}

/** A part of a text that stands by itself. What is inside of a line is read by `parseInline`. */
export type Block =
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'heading'; readonly level: number; readonly text: string }
  | { readonly type: 'code'; readonly language: string; readonly text: string }
  | { readonly type: 'list'; readonly start: number | undefined; readonly items: readonly string[] }

const headingLine = /^(#{1,4}) (.*)$/
const itemLine = /^ {0,3}(?:[-*+]|(\d{1,9})[.)]) (.*)$/
const fenceLine = /^```([\w+#.-]{0,20})\s*$/

/** Reads paragraphs, headings, lists and fenced code. HTML is text like any other. */
export function parseBlocks(text: string): Block[] {
  const reader = new BlockReader()
  for (const line of text.split(/\r\n|\r|\n/)) reader.read(line)
  return reader.end()
}

type Open =
  | { readonly type: 'paragraph'; readonly lines: string[] }
  | { readonly type: 'code'; readonly language: string; readonly lines: string[] }
  | { readonly type: 'list'; readonly start: number | undefined; readonly items: string[]; isLoose: boolean }

class BlockReader {
  readonly #blocks: Block[] = []
  #open: Open | undefined

  read(line: string): void {
    if (this.#open?.type === 'code') return this.#code(this.#open.lines, line)
    const fence = fenceLine.exec(line)
    if (fence !== null) return this.#begin({ type: 'code', language: fence[1] ?? '', lines: [] })
    if (line.trim() === '') return this.#blank()
    const heading = headingLine.exec(line)
    if (heading !== null) {
      this.#close()
      this.#blocks.push({ type: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' })
      return
    }
    const item = itemLine.exec(line)
    if (item !== null) return this.#item(item[1], item[2] ?? '')
    this.#words(line)
  }

  end(): Block[] {
    this.#close()
    return this.#blocks
  }

  #code(lines: string[], line: string): void {
    if (line.startsWith('```')) this.#close()
    else lines.push(line)
  }

  /** A list goes on after a blank line if another item follows; a paragraph does not. */
  #blank(): void {
    if (this.#open?.type === 'list') this.#open.isLoose = true
    else this.#close()
  }

  #item(number: string | undefined, text: string): void {
    const start = number === undefined ? undefined : Number(number)
    const open = this.#open
    if (open?.type === 'list' && (open.start === undefined) === (start === undefined)) {
      open.items.push(text)
      open.isLoose = false
    } else this.#begin({ type: 'list', start, items: [text], isLoose: false })
  }

  #words(line: string): void {
    const open = this.#open
    if (open?.type === 'paragraph') open.lines.push(line)
    else if (open?.type === 'list' && !open.isLoose)
      open.items.push(`${open.items.pop() ?? ''}\n${line.trim()}`)
    else this.#begin({ type: 'paragraph', lines: [line] })
  }

  #begin(open: Open): void {
    this.#close()
    this.#open = open
  }

  #close(): void {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return
    if (open.type === 'list') this.#blocks.push({ type: 'list', start: open.start, items: open.items })
    else if (open.type === 'code')
      this.#blocks.push({ type: 'code', language: open.language, text: open.lines.join('\n') })
    else this.#blocks.push({ type: 'paragraph', text: open.lines.join('\n') })
  }
}

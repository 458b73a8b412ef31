import { webAddress } from './links.ts'

/** A piece of a line. Text is what it is: nothing in it is markup. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] }

/**
 * Reads code, bold, italics and links to web pages; all else is text. There are no images: one that is fetched tells
 * its server what the conversation said.
 *
 * `isOpen`: the text ends too early, so a mark that is not closed would have been: what follows it is shown as it is
 * meant.
 */
export function parseInline(text: string, isOpen = false): Inline[] {
  return new InlineReader(text, isOpen).read()
}

type Mark = '`' | '**' | '*'

/** No address is longer, and looking further for its end would make a text of brackets cost the square of its length. */
const maxAddress = 2048

class InlineReader {
  readonly #text: string
  readonly #isOpen: boolean
  readonly #found: Inline[] = []
  /** Marks that nothing closes from here on: looked for once, so that a text full of them costs no more than its length. */
  readonly #unclosed = new Set<string>()
  #plainFrom = 0
  #at = 0

  constructor(text: string, isOpen: boolean) {
    this.#text = text
    this.#isOpen = isOpen
  }

  read(): Inline[] {
    while (this.#at < this.#text.length) {
      if (!this.#marked() && !this.#link()) this.#at++
    }
    this.#takePlain()
    return this.#found
  }

  #marked(): boolean {
    const mark = this.#markHere()
    if (mark === undefined) return false
    const from = this.#at + mark.length
    const to = this.#closing(mark, from)
    if (to === undefined) this.#at = from
    else this.#takeMarked(mark, from, to)
    return true
  }

  #takeMarked(mark: Mark, from: number, to: number): void {
    const inner = this.#text.slice(from, to)
    this.#takePlain()
    if (inner !== '' && mark === '`') this.#found.push({ type: 'code', text: inner })
    else if (inner !== '') {
      const children = parseInline(inner, this.#isOpen && to === this.#text.length)
      this.#found.push({ type: mark === '**' ? 'strong' : 'em', children })
    }
    this.#goTo(Math.min(to + mark.length, this.#text.length))
  }

  #markHere(): Mark | undefined {
    if (this.#text[this.#at] === '`') return '`'
    if (this.#text.startsWith('**', this.#at)) return '**'
    return this.#text[this.#at] === '*' ? '*' : undefined
  }

  /** Where the mark closes, if it opens one; the end of a text that is open. */
  #closing(mark: Mark, from: number): number | undefined {
    const next = this.#text[from]
    // It may be half of a mark whose other half is on its way: it would flicker.
    if (next === undefined) return this.#isOpen ? from : undefined
    // "2 * 3" is no emphasis, and neither is an empty pair.
    if (next === mark[0] || (mark !== '`' && /\s/.test(next)) || this.#unclosed.has(mark)) return undefined
    const to = this.#text.indexOf(mark, from)
    if (to >= 0) return to
    this.#unclosed.add(mark)
    return this.#isOpen ? this.#text.length : undefined
  }

  #link(): boolean {
    if (this.#text[this.#at] !== '[' || this.#text[this.#at - 1] === '!') return false
    const labelEnd = this.#closingBracket()
    if (labelEnd === undefined || this.#text[labelEnd + 1] !== '(') return false
    const from = labelEnd + 2
    const length = this.#text.slice(from, from + maxAddress).indexOf(')')
    const isUnfinished = length < 0 && this.#isOpen && this.#text.length - from < maxAddress
    const address = webAddress(this.#text.slice(from, from + length))
    if (!isUnfinished && (length < 0 || address === undefined)) return false
    const children = parseInline(this.#text.slice(this.#at + 1, labelEnd))
    this.#takePlain()
    if (isUnfinished) this.#found.push(...children)
    else if (address !== undefined) this.#found.push({ type: 'link', href: address.href, children })
    this.#goTo(isUnfinished ? this.#text.length : from + length + 1)
    return true
  }

  #closingBracket(): number | undefined {
    if (this.#unclosed.has(']')) return undefined
    const end = this.#text.indexOf(']', this.#at)
    if (end >= 0) return end
    this.#unclosed.add(']')
    return undefined
  }

  #takePlain(): void {
    const text = this.#text.slice(this.#plainFrom, this.#at)
    if (text !== '') this.#found.push({ type: 'text', text })
  }

  #goTo(at: number): void {
    this.#at = at
    this.#plainFrom = at
  }
}

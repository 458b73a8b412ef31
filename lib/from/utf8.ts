/** The part of Node's Buffer that is worth a look where it exists: the only native way to size a string. */
interface NativeSize {
  byteLength(text: string): number
}
const native = (globalThis as { Buffer?: NativeSize }).Buffer

/** Below this length a loop is faster than the call into native code. */
const SHORT = 64

/**
 * The UTF-8 size of a text in bytes. Half a surrogate pair at an end counts 2, so that a text cut between the
 * halves of a pair has the same size in one piece and in two.
 */
export function utf8Length(text: string): number {
  if (text.length > SHORT && native !== undefined) return native.byteLength(text) - halvesAtEnds(text)
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}

/** Native code counts a lone half as the three bytes of U+FFFD. */
function halvesAtEnds(text: string): number {
  const first = text.charCodeAt(0) & 0xfc00
  const last = text.charCodeAt(text.length - 1) & 0xfc00
  return (first === 0xdc00 ? 1 : 0) + (last === 0xd800 ? 1 : 0)
}

const REPLACEMENT = '\ufffd'

/**
 * Bytes to text: UTF-8 cut anywhere, one byte order mark dropped, bytes that are not UTF-8 replaced by U+FFFD (as
 * the SSE standard asks). Text is taken as it is. Counts the bytes behind the text given out so far.
 */
export class Utf8Decoder {
  #decoder = new TextDecoder()
  /** Bytes of an unfinished character at the end of the last input, at most three. */
  #open: number[] = []
  /** After the first U+FFFD bytes and text no longer match one to one: the text itself is measured. */
  #replaced = false
  #started = false
  /** UTF-8 size of the text given out before the last call, and after it. */
  before = 0
  after = 0

  decode(input: Uint8Array | string): string {
    return typeof input === 'string' ? this.#fromText(input) : this.#fromBytes(input)
  }

  /** The text of an unfinished character when the input ends: U+FFFD, or nothing. */
  flush(): string {
    const text = this.#decoder.decode()
    this.#decoder = new TextDecoder()
    this.#open = []
    this.before = this.after
    this.after += utf8Length(text)
    return text
  }

  #fromText(input: string): string {
    const text = !this.#started && input.charCodeAt(0) === 0xfeff ? input.slice(1) : input
    this.before = this.after + (input.length - text.length) * 3
    this.after = this.before + utf8Length(text)
    if (input !== '') this.#started = true
    return text
  }

  #fromBytes(input: Uint8Array): string {
    const text = this.#decoder.decode(input, { stream: true })
    this.#replaced ||= text.includes(REPLACEMENT)
    const openBefore = this.#open.length
    this.#keepOpenBytes(input)
    this.before = this.after
    const size = this.#replaced ? utf8Length(text) : openBefore + input.length - this.#open.length
    this.after += size
    this.#started ||= size > 0
    return text
  }

  /** Finds the bytes at the end that begin a character and do not finish it. */
  #keepOpenBytes(input: Uint8Array): void {
    const tail = input.length >= 3 ? Array.from(input.subarray(-3)) : [...this.#open, ...input].slice(-3)
    this.#open = []
    for (let back = 1; back <= tail.length; back++) {
      const byte = tail[tail.length - back] ?? 0
      if ((byte & 0xc0) === 0x80) continue // a continuation byte: its lead stands further left
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      if (needs > back) this.#open = tail.slice(-back)
      return
    }
  }

  save(): { open: number[]; replaced: boolean; started: boolean; after: number } {
    return { open: this.#open, replaced: this.#replaced, started: this.#started, after: this.after }
  }

  load(state: { open: readonly number[]; replaced: boolean; started: boolean; after: number }): void {
    // A fresh TextDecoder would drop a mark in mid-stream: the first call of a started one must not be one.
    this.#decoder = new TextDecoder('utf-8', { ignoreBOM: state.started })
    this.#open = [...state.open]
    this.#decoder.decode(Uint8Array.from(this.#open), { stream: true })
    this.#replaced = state.replaced
    this.#started = state.started
    this.after = state.after
  }
}

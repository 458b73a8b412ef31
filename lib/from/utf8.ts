/** The part of Node's Buffer that is worth a look where it exists: the fastest ways to size a string and to read one. */
interface NativeBuffer {
  byteLength(text: string): number
  /** Its method takes any Uint8Array; it is not documented. */
  prototype: { utf8Slice?(this: Uint8Array, start: number, end: number): string }
}
const native = (globalThis as { Buffer?: NativeBuffer }).Buffer
const byteLength = native?.byteLength ?? encodedLength
const utf8Slice = native?.prototype.utf8Slice

const PIECE = 16 * 1024
let encoder: TextEncoder | undefined
let target: Uint8Array | undefined

/** Below this length a loop is faster than the call into native code. */
const SHORT = 64

/**
 * The UTF-8 size of a text in bytes. Half a surrogate pair at an end counts 2, so that a text cut between the
 * halves of a pair has the same size in one piece and in two.
 */
export function utf8Length(text: string): number {
  if (text.length > SHORT) return byteLength(text) - halvesAtEnds(text)
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}

/** Where there is no Buffer, to write the bytes is the fastest way to count them. */
function encodedLength(text: string): number {
  encoder ??= new TextEncoder()
  target ??= new Uint8Array(PIECE)
  let bytes = 0
  for (let rest = text; rest !== ''; ) {
    const { read, written } = encoder.encodeInto(rest, target)
    bytes += written
    rest = rest.slice(read)
  }
  return bytes
}

/** Native code counts a lone half as the three bytes of U+FFFD. */
function halvesAtEnds(text: string): number {
  const first = text.charCodeAt(0) & 0xfc00
  const last = text.charCodeAt(text.length - 1) & 0xfc00
  return (first === 0xdc00 ? 1 : 0) + (last === 0xd800 ? 1 : 0)
}

/** The text of bytes that end between two characters and are UTF-8; '' if they are not known to. */
function wholeText(input: Uint8Array): string {
  if (utf8Slice === undefined || (input.at(-1) ?? 0x80) >= 0x80) return ''
  const text = utf8Slice.call(input, 0, input.length)
  // How broken bytes are replaced, the decoder decides.
  return text.includes(REPLACEMENT) ? '' : text
}

const none: readonly number[] = []
const REPLACEMENT = '\ufffd'
const MARK = '\ufeff'

/**
 * Bytes to text: UTF-8 cut anywhere, one byte order mark dropped, bytes that are not UTF-8 replaced by U+FFFD (as
 * the SSE standard asks). Text is taken as it is. Counts the bytes behind the text given out.
 */
export class Utf8Decoder {
  /** The mark is dropped here, where it can be counted, and not by the platform. */
  #platform: TextDecoder | undefined
  /** Bytes of an unfinished character at the end of the last input, at most three. */
  #open: readonly number[] = none
  /** After the first U+FFFD bytes and text no longer match one to one: the text itself is measured. */
  #isReplaced = false
  #isStarted = false
  /** All bytes decoded so far. */
  bytes = 0

  decode(input: Uint8Array | string): string {
    if (typeof input === 'string') {
      this.bytes += utf8Length(input)
      return this.#dropMark(input)
    }
    const openBefore = this.#open.length
    const text = (openBefore === 0 && wholeText(input)) || this.#decoder.decode(input, { stream: true })
    this.#isReplaced ||= text.includes(REPLACEMENT)
    this.#keepOpenBytes(input)
    this.bytes += this.#isReplaced ? utf8Length(text) : openBefore + input.length - this.#open.length
    return this.#dropMark(text)
  }

  /** The next byte begins a character, and no byte order mark can come any more. */
  get isBetweenCharacters(): boolean {
    return this.#isStarted && this.#open.length === 0
  }

  /** The text of an unfinished character when the input ends: U+FFFD, or nothing. */
  flush(): string {
    const text = this.#platform?.decode() ?? ''
    this.#open = none
    this.bytes += utf8Length(text)
    return text
  }

  /** Made when it is needed: most streams are read without. */
  get #decoder(): TextDecoder {
    this.#platform ??= new TextDecoder('utf-8', { ignoreBOM: true })
    return this.#platform
  }

  #dropMark(text: string): string {
    if (this.#isStarted || text === '') return text
    this.#isStarted = true
    return text.startsWith(MARK) ? text.slice(1) : text
  }

  /** Finds the bytes at the end that begin a character and do not finish it. */
  #keepOpenBytes(input: Uint8Array): void {
    if ((input.at(-1) ?? 0x80) < 0x80) {
      this.#open = none
      return
    }
    const tail = input.length >= 3 ? Array.from(input.subarray(-3)) : [...this.#open, ...input].slice(-3)
    this.#open = none
    for (let back = 1; back <= tail.length; back++) {
      const byte = tail[tail.length - back] ?? 0
      if ((byte & 0xc0) === 0x80) continue // a continuation byte: its lead stands further left
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      if (needs > back) this.#open = tail.slice(-back)
      return
    }
  }

  save(): Utf8DecoderState {
    return { open: this.#open, isReplaced: this.#isReplaced, isStarted: this.#isStarted, bytes: this.bytes }
  }

  load({ open, isReplaced, isStarted, bytes }: Utf8DecoderState): void {
    this.#open = [...open]
    if (open.length > 0) this.#decoder.decode(Uint8Array.from(open), { stream: true })
    this.#isReplaced = isReplaced
    this.#isStarted = isStarted
    this.bytes = bytes
  }
}

export interface Utf8DecoderState {
  readonly open: readonly number[]
  readonly isReplaced: boolean
  readonly isStarted: boolean
  readonly bytes: number
}

import type { EventSourceMessage } from 'eventsource-parser'
import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import type { ServerSentEvent } from '../wire/index.ts'
import { type BlockListener, readBlock } from './block-parser.ts'
import { isKnownField, LONGEST, mayBeKnownField } from './field-names.ts'
import { Utf8Decoder, type Utf8DecoderState, utf8Length } from './utf8.ts'

const LF = 10

/** What each further line of a frame costs beyond its bytes: so much memory a short line holds. */
const LINE_COST = 64
/** The dearest block of n bytes: lines of two bytes each, every byte read as a character of three. */
const DEAREST = 3 * (1 + LINE_COST / 2)

/**
 * Bytes to frames by the WHATWG rules. `eventsource-parser` reads the fields of each block; this class cuts the
 * input into blocks, for four things the parser does not give: the byte where a frame begins, limits that do not
 * depend on how the input was cut, no memory for lines that mean nothing, and a policy for the end of the input.
 * The parser is fed whole blocks only, so between two calls all state is here.
 */
export class FrameParser implements BlockListener {
  readonly #onFrame: (frame: ServerSentEvent) => void
  readonly #maxEventBytes: number
  readonly #decoder = new Utf8Decoder()

  /** The finished lines of the open block, known fields only, and what they cost. */
  #lines: string[] = []
  #cost = 0
  /** The line that is not finished, and its size in bytes. */
  readonly #line = new GrowingText()
  #lineBytes = 0
  /** The unfinished line is a comment or an unknown field: nothing of it is kept. */
  #skipping = false
  /** The last line ended with CR: a LF that follows belongs to it. */
  #afterCr = false
  /** A line of the current block was seen, kept or not. */
  #open = false

  /** The id of the last block that had one: it stands until another comes. */
  #lastId: string | undefined

  /** The text in hand, and where in it the current block begins; -1: before it, at #blockByte. */
  #text = ''
  #blockStart = -1
  #blockByte = 0

  /** Frames given out so far. */
  count = 0

  constructor(onFrame: (frame: ServerSentEvent) => void, maxEventBytes: number) {
    this.#maxEventBytes = maxEventBytes
    this.#onFrame = onFrame
  }

  onEvent(event: EventSourceMessage): void {
    this.count++
    this.#onFrame(toFrame(event, this.#lastId))
  }

  onId(id: string): void {
    this.#lastId = id
  }

  /** Takes the next bytes or text. Throws {@link Fault} `limit_event`; frames before it have been given out. */
  write(input: Uint8Array | string): void {
    this.#read(this.#decoder.decode(input))
  }

  /** The byte at which the current frame begins. Bytes that are not UTF-8 count as the U+FFFD they became. */
  get byte(): number {
    if (this.#blockStart === -1) return this.#blockByte
    return this.#decoder.bytes - utf8Length(this.#text.slice(this.#blockStart))
  }

  /** Nothing of the next block has come: another reader may take it from here. */
  get isBetweenBlocks(): boolean {
    return !this.#open && !this.#afterCr && this.#decoder.isBetweenCharacters
  }

  /** Blocks of no more bytes cost less than the limit, whatever is in them. */
  get maxCheapBytes(): number {
    return Math.floor(this.#maxEventBytes / DEAREST)
  }

  /** Between blocks: so many bytes of valid UTF-8, a whole block, are read elsewhere. */
  stepOver(bytes: number): void {
    this.#blockByte = this.#decoder.bytes
    this.#decoder.bytes += bytes
  }

  /** Between blocks: as `write`, for whole blocks that are decoded already. */
  writeBlock(text: string, bytes: number): void {
    this.#decoder.bytes += bytes
    this.#read(text)
  }

  /** Between blocks: the next one begins where the last one ended. */
  settle(): void {
    if (this.isBetweenBlocks) this.#blockByte = this.#decoder.bytes
  }

  /** The input ended: gives the last frame if only its blank line is missing, and forgets it. */
  tail(): ServerSentEvent | undefined {
    this.#read(this.#decoder.flush())
    if (this.#line.length > 0) this.#keepLine(this.#line.toString())
    let frame: ServerSentEvent | undefined
    readBlock(`${this.#lines.join('\n')}\n\n`, {
      onEvent: (event) => (frame = toFrame(event, event.id ?? this.#lastId)),
      onId: () => {},
    })
    this.#lines = []
    return frame
  }

  #read(text: string): void {
    if (text === '') return
    this.#text = text
    if (!this.#open) this.#blockStart = 0
    const hasCr = this.#afterCr || text.includes('\r')
    for (let at = 0; at < text.length; ) {
      if (!hasCr && !this.#open) at = this.#readBlocks(text, at)
      if (at < text.length) at = this.#readLines(text, at, hasCr)
    }
    if (this.#blockStart !== -1) {
      this.#blockByte = this.#decoder.bytes - utf8Length(text.slice(this.#blockStart))
      this.#blockStart = -1
    }
    this.#text = ''
  }

  /** The common case: line feeds only, and the whole block in hand. Gives where the rest begins. */
  #readBlocks(text: string, from: number): number {
    let start = from
    for (;;) {
      while (text.charCodeAt(start) === LF) start++
      this.#blockStart = start
      const end = text.indexOf('\n\n', start)
      // A block that may be too dear is read line by line, where it is counted.
      if (end === -1 || (end - start) * DEAREST > this.#maxEventBytes) return start
      readBlock(text.slice(start, end + 2), this)
      start = end + 2
    }
  }

  /** Line by line: to the end, or to the end of the block if line feeds are the only line ends. */
  #readLines(text: string, from: number, hasCr: boolean): number {
    let start = from
    if (this.#afterCr) {
      this.#afterCr = false
      if (text.charCodeAt(start) === LF) start++
      if (!this.#open) this.#blockStart = start
    }
    let lf = text.indexOf('\n', start)
    let cr = hasCr ? text.indexOf('\r', start) : -1
    while (start < text.length) {
      const isCr = cr !== -1 && (lf === -1 || cr < lf)
      const end = isCr ? cr : lf
      if (end === -1) {
        this.#keepPiece(text.slice(start))
        return text.length
      }
      const next = isCr && end + 1 === lf ? lf + 1 : end + 1
      this.#readLine(text, start, end, next)
      this.#afterCr = isCr && next === text.length && next === end + 1
      start = next
      if (!hasCr && !this.#open) return start
      if (isCr) cr = text.indexOf('\r', start)
      if (lf !== -1 && lf < start) lf = text.indexOf('\n', start)
    }
    return text.length
  }

  #readLine(text: string, start: number, end: number, next: number): void {
    if (this.#skipping) {
      this.#skipping = false
    } else if (this.#line.length > 0) {
      this.#line.append(text.slice(start, end))
      this.#keepLine(this.#line.toString())
    } else if (start < end) {
      this.#open = true
      if (isKnownField(text, start, end)) this.#keepLine(text.slice(start, end))
    } else {
      this.#blockIsWhole(next)
    }
  }

  #keepLine(line: string): void {
    this.#line.clear()
    this.#lineBytes = 0
    if (!isKnownField(line, 0, line.length)) return
    this.#cost += utf8Length(line) + (this.#lines.length > 0 ? LINE_COST : 0)
    this.#checkSize()
    this.#lines.push(line)
  }

  /** The start of a line whose end has not come: kept only while it can be a field that counts. */
  #keepPiece(piece: string): void {
    this.#open = true
    if (this.#skipping) return
    // Asked once: reading a text that grows by small pieces copies it each time.
    const isDecided = this.#line.length >= LONGEST
    this.#line.append(piece)
    this.#lineBytes += utf8Length(piece)
    if (!isDecided && !mayBeKnownField(this.#line.toString())) {
      this.#skipping = true
      this.#line.clear()
      this.#lineBytes = 0
    }
    this.#checkSize()
  }

  #blockIsWhole(next: number): void {
    const lines = this.#lines
    if (lines.length > 0) {
      this.#lines = []
      this.#cost = 0
      readBlock(`${lines.join('\n')}\n\n`, this)
    }
    this.#open = false
    this.#blockStart = next
  }

  #checkSize(): void {
    if (this.#cost + this.#lineBytes > this.#maxEventBytes) throw new Fault('limit_event')
  }

  /** The state as JSON. Only between two calls of write. */
  save(): FrameParserState {
    return {
      decoder: this.#decoder.save(),
      lines: [...this.#lines],
      cost: this.#cost,
      line: this.#line.toString(),
      skipping: this.#skipping,
      afterCr: this.#afterCr,
      open: this.#open,
      blockByte: this.#blockByte,
      lastId: this.#lastId ?? null,
    }
  }

  load(state: FrameParserState): void {
    this.#decoder.load(state.decoder)
    this.#lines = [...state.lines]
    this.#cost = state.cost
    this.#line.append(state.line)
    this.#lineBytes = utf8Length(state.line)
    this.#skipping = state.skipping
    this.#afterCr = state.afterCr
    this.#open = state.open
    this.#blockByte = state.blockByte
    this.#lastId = state.lastId ?? undefined
  }
}

export interface FrameParserState {
  readonly decoder: Utf8DecoderState
  readonly lines: readonly string[]
  readonly cost: number
  readonly line: string
  readonly skipping: boolean
  readonly afterCr: boolean
  readonly open: boolean
  readonly blockByte: number
  readonly lastId: string | null
}

function toFrame(event: EventSourceMessage, id: string | undefined): ServerSentEvent {
  if (event.event === undefined && id === undefined) return { data: event.data }
  return {
    data: event.data,
    ...(event.event !== undefined && { event: event.event }),
    ...(id !== undefined && { id }),
  }
}

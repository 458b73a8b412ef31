import type { EventSourceMessage } from 'eventsource-parser'
import type { ServerSentEvent } from '../wire/index.ts'
import { type BlockListener, readBlock } from './block-parser.ts'
import { isKnownField } from './field-names.ts'
import { DEAREST, noBlock, OpenBlock, type OpenBlockState } from './open-block.ts'
import { Utf8Decoder, type Utf8DecoderState, utf8Length } from './utf8.ts'

const LF = 10

/** An object, because a closure of each stream would weigh a hundred bytes. */
export interface FrameListener {
  onFrame(frame: ServerSentEvent): void
}

/**
 * Bytes to frames by the WHATWG rules. `eventsource-parser` reads the fields of each block; this class cuts the
 * input into blocks, for four things the parser does not give: the byte where a frame begins, limits that do not
 * depend on how the input was cut, no memory for lines that mean nothing, and a policy for the end of the input.
 * The parser is fed whole blocks only, so between two calls all state is here.
 */
export class FrameParser implements BlockListener {
  readonly #listener: FrameListener
  readonly maxEventBytes: number
  readonly #decoder = new Utf8Decoder()

  /** The block that is read line by line, made with the first one: most are in hand as a whole. */
  #block: OpenBlock | undefined
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

  constructor(listener: FrameListener, maxEventBytes: number) {
    this.maxEventBytes = maxEventBytes
    this.#listener = listener
  }

  onEvent(event: EventSourceMessage): void {
    this.count++
    this.#listener.onFrame(toFrame(event, this.#lastId))
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
    return Math.floor(this.maxEventBytes / DEAREST)
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
    const block = this.#block?.takeCut()
    if (block === undefined) return undefined
    let frame: ServerSentEvent | undefined
    readBlock(block, {
      onEvent: (event) => (frame = toFrame(event, event.id ?? this.#lastId)),
      onId: () => {},
    })
    return frame
  }

  #read(text: string): void {
    if (text === '') {
      // A byte order mark, or the beginning of a character: a block that has not begun begins behind what was read.
      if (!this.#open && !this.#afterCr) this.#blockByte = this.#decoder.bytes
      return
    }
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
      if (end === -1 || (end - start) * DEAREST > this.maxEventBytes) return start
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
        this.#open = true
        this.#openBlock.addPiece(text.slice(start))
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
    if (this.#block?.endLine(text, start, end)) return
    if (start < end) {
      this.#open = true
      if (isKnownField(text, start, end)) this.#openBlock.add(text.slice(start, end))
    } else {
      this.#blockIsWhole(next)
    }
  }

  get #openBlock(): OpenBlock {
    this.#block ??= new OpenBlock(this.maxEventBytes)
    return this.#block
  }

  #blockIsWhole(next: number): void {
    const block = this.#block?.take()
    if (block !== undefined) readBlock(block, this)
    this.#open = false
    this.#blockStart = next
  }

  /** The state as JSON. Only between two calls of write. */
  save(): FrameParserState {
    return {
      decoder: this.#decoder.save(),
      ...(this.#block?.save() ?? noBlock),
      afterCr: this.#afterCr,
      open: this.#open,
      blockByte: this.#blockByte,
      lastId: this.#lastId ?? null,
    }
  }

  load(state: FrameParserState): void {
    this.#decoder.load(state.decoder)
    this.#openBlock.load(state)
    this.#afterCr = state.afterCr
    this.#open = state.open
    this.#blockByte = state.blockByte
    this.#lastId = state.lastId ?? undefined
  }
}

export interface FrameParserState extends OpenBlockState {
  readonly decoder: Utf8DecoderState
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

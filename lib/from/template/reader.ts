import type { FrameParser } from '../frames.ts'
import { endOfBlock, hasCr, hasLineEnd } from './block-ends.ts'
import { sharedTemplates } from './cache.ts'
import { FrameMatcher } from './frame-matcher.ts'
import { counts, matching } from './matching.ts'
import { Carry, MAX_CARRY, PIECE, sharedScratch } from './scratch.ts'
import type { Taker } from './taker.ts'
import { encodeText, isWellFormed } from './text-bytes.ts'

const LF = 0x0a
const COLON = 0x3a

/**
 * Frames that match a template go straight to the line; all others, and the bytes between, to the frame parser. Both
 * have the same effect, so it does not matter which frame goes which way: what is not certain goes to the parser.
 */
export class TemplateReader extends FrameMatcher {
  /** What waits for the rest of its frame, if anything ever did. */
  #carry: Carry | undefined

  write(bytes: Uint8Array): void {
    if (bytes.length <= PIECE) this.#writePiece(bytes)
    else for (let at = 0; at < bytes.length; at += PIECE) this.#writePiece(bytes.subarray(at, at + PIECE))
  }

  /** Text is matched as its bytes: to encode it costs less than to compare strings. */
  writeText(text: string): void {
    for (let rest = text; rest !== ''; ) rest = this.#writeTextPiece(rest)
  }

  /** Gives the bytes that wait to the parser, as if they had never waited: from here on its state is the whole. */
  flush(): void {
    // First: half a character is no text yet, and would leave the parser where the last frame began.
    this.frames.settle()
    const carry = this.#carry
    if (carry === undefined || carry.length === 0) return
    const waiting = this.scratch.waiting(carry)
    carry.length = 0
    carry.copy = undefined
    this.#writePlainly(waiting)
  }

  get #waiting(): number {
    return this.#carry === undefined ? 0 : this.#carry.length
  }

  #waitsNoMore(): void {
    if (this.#carry !== undefined) this.#carry.length = 0
  }

  get #mayMatch(): boolean {
    return !this.breaker.isResting && !this.scratch.isBusy
  }

  #writePlainly(input: Uint8Array | string): void {
    this.#passed(writePlainly(this.frames, input))
  }

  #passed(frames: number): void {
    // What it rests for may have changed after so long a time.
    if (this.breaker.isResting && this.breaker.passed(frames)) sharedTemplates().afford(1)
  }

  #writePiece(bytes: Uint8Array): void {
    if (!this.#mayMatch) {
      this.flush()
      return this.#writePlainly(bytes)
    }
    const scratch = this.scratch
    const waiting = this.#waiting
    const rest = waiting > 0 || this.frames.isBetweenBlocks ? bytes : this.#finishBlock(bytes)
    if (rest === undefined) return
    // Not before: a listener may have written to another stream.
    scratch.hold(this.#carry)
    const end = waiting + rest.length
    scratch.append(rest, waiting)
    // Shorter than what waits: to look at all of it again each time would take the square of its length.
    if (waiting > rest.length && !hasLineEnd(rest)) return this.#wait(0, end)
    this.#readScratch(end)
  }

  /** What is left of the text. */
  #writeTextPiece(text: string): string {
    if (!this.#mayMatch) return this.#writeTextPlainly(text)
    const scratch = this.scratch
    scratch.hold(this.#carry)
    const waiting = this.#waiting
    if (waiting === 0 && !this.frames.isBetweenBlocks) return this.#finishTextBlock(text)
    const piece = scratch.bytes.subarray(waiting, waiting + PIECE)
    // A character whose bytes have begun is not finished by a text.
    const isCut = waiting > 0 && (scratch.bytes[waiting - 1] ?? 0) > 0x7f
    const encoded = isCut ? undefined : encodeText(text, piece)
    if (encoded === undefined) return this.#writeTextPlainly(text)
    const end = waiting + encoded.written
    if (waiting > encoded.written && !hasLineEnd(piece.subarray(0, encoded.written))) this.#wait(0, end)
    else this.#readScratch(end)
    return text.slice(encoded.read)
  }

  #writeTextPlainly(text: string): '' {
    this.flush()
    this.#writePlainly(text)
    return ''
  }

  /** As #finishBlock. A text with half a surrogate pair has another size in one piece than in two. */
  #finishTextBlock(text: string): string {
    const blank = isWellFormed(text) ? /\n\r?\n/.exec(text) : null
    const end = blank === null ? text.length : blank.index + blank[0].length
    this.#writePlainly(text.slice(0, end))
    const rest = text.slice(end)
    return this.frames.isBetweenBlocks || rest === '' ? rest : this.#writeTextPlainly(rest)
  }

  #readScratch(end: number): void {
    const scratch = this.scratch
    this.#waitsNoMore()
    scratch.isBusy = true
    try {
      this.#readFrames(end)
    } finally {
      scratch.isBusy = false
      this.countHits()
    }
  }

  /** The parser has the beginning of a frame: gives it the rest of it. What comes after that; undefined: nothing. */
  #finishBlock(bytes: Uint8Array): Uint8Array | undefined {
    const end = endOfBlock(bytes, 0, bytes.length)
    this.#writePlainly(end === -1 ? bytes : bytes.subarray(0, end))
    if (end === -1 || end === bytes.length) return undefined
    const rest = bytes.subarray(end)
    if (this.frames.isBetweenBlocks && this.#mayMatch) return rest
    this.#writePlainly(rest)
    return undefined
  }

  #readFrames(end: number): void {
    const scratch = this.scratch
    const { bytes } = scratch
    scratch.seal(end)
    let at = 0
    while (at < end) {
      if (bytes[at] === LF) {
        this.frames.stepOver(1)
        at++
        continue
      }
      const matched = this.match(at, end)
      if (matched !== -1) {
        at = matched
        continue
      }
      const next = endOfBlock(bytes, at, end)
      // A CR alone is a line end too: it may end a frame that is not seen to end here.
      if (next === -1) return hasCr(bytes, at, end) ? this.#giveUp(at, end) : this.#wait(at, end)
      this.#miss(at, next, end)
      at = next
      if (this.breaker.isResting || !this.frames.isBetweenBlocks) return this.#giveUp(at, end)
    }
  }

  /** Keeps what may be the beginning of a frame. */
  #wait(start: number, end: number): void {
    const length = end - start
    if (length > MAX_CARRY || length > this.maxFrameBytes) return this.#giveUp(start, end)
    this.#carry ??= new Carry()
    this.#carry.length = length
    this.scratch.hold(this.#carry)
    this.scratch.keep(start, end)
  }

  #giveUp(start: number, end: number): void {
    this.#waitsNoMore()
    if (start < end) this.#writePlainly(this.scratch.bytes.subarray(start, end))
  }

  #miss(at: number, next: number, end: number): void {
    this.countHits()
    if (this.adopt(at, next, end)) return
    const { bytes } = this.scratch
    const text = this.scratch.utf8(at, next)
    const isText = !text.includes('\ufffd')
    const before = this.frames.count
    const { milestones } = this.taker
    if (isText) this.frames.writeBlock(text, next - at)
    else this.frames.write(bytes.subarray(at, next))
    const frames = this.frames.count - before
    counts.plain += frames
    this.#passed(frames)
    if (bytes[at] === COLON || this.taker.isClosed) return // a comment is no frame
    this.missed(at, next, isText && this.taker.milestones === milestones ? text : undefined)
  }
}

/** The reader for a stream, from when on that pays; it may begin in the middle of a frame. */
export function templateReader(frames: FrameParser, taker: Taker): TemplateReader | undefined {
  if (!matching.isOn || counts.plain < matching.warmUp) return undefined
  return new TemplateReader(frames, taker, sharedScratch())
}

/** Gives the parser all of the input; how many frames came of it. */
export function writePlainly(frames: FrameParser, input: Uint8Array | string): number {
  const before = frames.count
  frames.write(input)
  const passed = frames.count - before
  counts.plain += passed
  return passed
}

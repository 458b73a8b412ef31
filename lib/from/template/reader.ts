import type { FrameParser } from '../frames.ts'
import { Breaker } from './breaker.ts'
import { sharedTemplates } from './cache.ts'
import { type Found, foundIn } from './found.ts'
import { lessonOf } from './learn.ts'
import { counts, matching } from './matching.ts'
import { Memo } from './memo.ts'
import { Carry, MAX_CARRY, PIECE, type Scratch, sharedScratch } from './scratch.ts'
import type { Binding, Taker } from './taker.ts'
import type { Template } from './template.ts'
import { encodeText, isWellFormed } from './text-bytes.ts'

const LF = 0x0a
const CR = 0x0d
const COLON = 0x3a

/** Templates of one stream. */
const MAX_TEMPLATES = 8
/** A frame that no template can hold is stronger evidence than a miss. */
const HOPELESS = 2
/** Bytes that a loop looks at sooner than native code is called. */
const FEW = 32
/** A miss alone among so many hits is the first or the last frame of something: nothing to learn. */
const LONELY = 16

interface Entry {
  readonly template: Template
  readonly binding: Binding
}

/**
 * Frames that match a template go straight to the line; all others, and the bytes between, to the frame parser. Both
 * have the same effect, so it does not matter which frame goes which way: what is not certain goes to the parser.
 */
export class TemplateReader {
  readonly #frames: FrameParser
  readonly #taker: Taker
  readonly #scratch: Scratch
  readonly #found: Found
  readonly #maxFrameBytes: number
  readonly #carry = new Carry()
  readonly #breaker = new Breaker()
  readonly #memo = new Memo()
  /** The last used first. */
  #entries: Entry[] = []
  /** Hits since they were last counted, and since the last miss. */
  #hits = 0
  #hitsSinceMiss = LONELY

  constructor(frames: FrameParser, taker: Taker, scratch: Scratch) {
    this.#frames = frames
    this.#taker = taker
    this.#scratch = scratch
    this.#found = foundIn(scratch)
    this.#maxFrameBytes = frames.maxCheapBytes
  }

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
    this.#frames.settle()
    const { length } = this.#carry
    if (length > 0) {
      const waiting = this.#scratch.waiting(this.#carry)
      this.#carry.length = 0
      this.#carry.copy = undefined
      this.#writePlainly(waiting)
    }
  }

  get #mayMatch(): boolean {
    return counts.plain >= matching.warmUp && !this.#breaker.isResting && !this.#scratch.isBusy
  }

  #writePlainly(input: Uint8Array | string): void {
    const before = this.#frames.count
    this.#frames.write(input)
    this.#passed(this.#frames.count - before)
  }

  #passed(frames: number): void {
    counts.plain += frames
    // What it rests for may have changed after so long a time.
    if (this.#breaker.isResting && this.#breaker.passed(frames)) sharedTemplates.afford(1)
  }

  #writePiece(bytes: Uint8Array): void {
    if (!this.#mayMatch) {
      this.flush()
      return this.#writePlainly(bytes)
    }
    const scratch = this.#scratch
    const waiting = this.#carry.length
    const rest = waiting > 0 || this.#frames.isBetweenBlocks ? bytes : this.#finishBlock(bytes)
    if (rest === undefined) return
    // Not before: a listener may have written to another stream.
    scratch.hold(this.#carry)
    const end = waiting + rest.length
    scratch.append(rest, waiting)
    if (waiting > 0 && !hasLineEnd(rest)) return this.#wait(0, end)
    this.#readScratch(end)
  }

  /** What is left of the text. */
  #writeTextPiece(text: string): string {
    if (!this.#mayMatch) return this.#writeTextPlainly(text)
    const scratch = this.#scratch
    scratch.hold(this.#carry)
    const waiting = this.#carry.length
    if (waiting === 0 && !this.#frames.isBetweenBlocks) return this.#finishTextBlock(text)
    const piece = scratch.bytes.subarray(waiting, waiting + PIECE)
    // A character whose bytes have begun is not finished by a text.
    const isCut = waiting > 0 && (scratch.bytes[waiting - 1] ?? 0) > 0x7f
    const encoded = isCut ? undefined : encodeText(text, piece)
    if (encoded === undefined) return this.#writeTextPlainly(text)
    const end = waiting + encoded.written
    if (waiting > 0 && !hasLineEnd(piece.subarray(0, encoded.written))) this.#wait(0, end)
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
    return this.#frames.isBetweenBlocks || rest === '' ? rest : this.#writeTextPlainly(rest)
  }

  #readScratch(end: number): void {
    const scratch = this.#scratch
    this.#carry.length = 0
    scratch.isBusy = true
    try {
      this.#readFrames(end)
    } finally {
      scratch.isBusy = false
      this.#countHits()
    }
  }

  /** The parser has the beginning of a frame: gives it the rest of it. What comes after that; undefined: nothing. */
  #finishBlock(bytes: Uint8Array): Uint8Array | undefined {
    const end = endOfBlock(bytes, 0, bytes.length)
    this.#writePlainly(end === -1 ? bytes : bytes.subarray(0, end))
    if (end === -1 || end === bytes.length) return undefined
    const rest = bytes.subarray(end)
    if (this.#frames.isBetweenBlocks && this.#mayMatch) return rest
    this.#writePlainly(rest)
    return undefined
  }

  #readFrames(end: number): void {
    const scratch = this.#scratch
    const { bytes } = scratch
    scratch.seal(end)
    let at = 0
    while (at < end) {
      if (bytes[at] === LF) {
        this.#frames.stepOver(1)
        at++
        continue
      }
      const matched = this.#match(at, end)
      if (matched !== -1) {
        at = matched
        continue
      }
      const next = endOfBlock(bytes, at, end)
      // A CR alone is a line end too: it may end a frame that is not seen to end here.
      if (next === -1) return hasCr(bytes, at, end) ? this.#giveUp(at, end) : this.#wait(at, end)
      this.#miss(at, next, end)
      at = next
      if (this.#breaker.isResting || !this.#frames.isBetweenBlocks) return this.#giveUp(at, end)
    }
  }

  /** Keeps what may be the beginning of a frame. */
  #wait(start: number, end: number): void {
    const length = end - start
    if (length > MAX_CARRY || length > this.#maxFrameBytes) return this.#giveUp(start, end)
    this.#scratch.keep(start, end)
    this.#carry.length = length
  }

  #giveUp(start: number, end: number): void {
    this.#carry.length = 0
    if (start < end) this.#writePlainly(this.#scratch.bytes.subarray(start, end))
  }

  /** The end of the frame that was taken; -1: none was. */
  #match(at: number, end: number): number {
    const entries = this.#entries
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i]
      const next = entry === undefined ? -1 : entry.template.match(this.#found, at, end, this.#memo)
      if (entry === undefined || next === -1) continue
      if (!this.#take(entry, at, next)) return -1
      if (i > 0) this.#moveToFront(i)
      return next
    }
    return -1
  }

  #take({ template, binding }: Entry, at: number, next: number): boolean {
    const found = this.#found
    if (next - at > this.#maxFrameBytes || !template.check(found, this.#memo) || !binding.accepts(found))
      return false
    this.#frames.stepOver(next - at)
    this.#hits++
    binding.take(found)
    return true
  }

  /** Hits are counted in runs, to do as little as possible for each. */
  #countHits(): void {
    if (this.#hits === 0) return
    this.#hitsSinceMiss += this.#hits
    this.#breaker.hit(this.#hits)
    sharedTemplates.hit(this.#hits)
    counts.hits += this.#hits
    this.#hits = 0
  }

  #moveToFront(at: number): void {
    const [entry] = this.#entries.splice(at, 1)
    if (entry !== undefined) this.#entries.unshift(entry)
  }

  #miss(at: number, next: number, end: number): void {
    this.#countHits()
    if (this.#adopt(at, next, end)) return
    const { bytes } = this.#scratch
    const text = this.#scratch.utf8(at, next)
    const isText = !text.includes('\ufffd')
    const before = this.#frames.count
    if (isText) this.#frames.writeBlock(text, next - at)
    else this.#frames.write(bytes.subarray(at, next))
    this.#passed(this.#frames.count - before)
    if (bytes[at] === COLON || this.#taker.isClosed) return // a comment is no frame
    counts.misses++
    const mayLearn = this.#hitsSinceMiss < LONELY && this.#hasRoom
    this.#hitsSinceMiss = 0
    this.#breaker.miss(!mayLearn || (isText && this.#learn(at, next, text)) ? 1 : HOPELESS)
  }

  /** A stream of more shapes than it has templates is better off with those it has than with ever new ones. */
  get #hasRoom(): boolean {
    return this.#entries.length < MAX_TEMPLATES || this.#breaker.isDoubtful
  }

  /** A template of another stream may match. */
  #adopt(at: number, next: number, end: number): boolean {
    if (this.#entries.length >= MAX_TEMPLATES) return false
    for (const template of sharedTemplates.recent) {
      if (this.#entries.some((entry) => entry.template === template)) continue
      if (template.match(this.#found, at, end, this.#memo) !== next) continue
      const binding = this.#taker.bind(template)
      if (binding === undefined || !this.#take({ template, binding }, at, next)) return false
      this.#keep({ template, binding })
      counts.adopted++
      return true
    }
    return false
  }

  /** false: a frame like this can never be matched. */
  #learn(at: number, next: number, text: string): boolean {
    if (!sharedTemplates.spend()) return true
    const frame = { bytes: this.#scratch.bytes.slice(at, next), latin1: this.#scratch.ascii(at, next), text }
    const lesson = lessonOf(frame, (chunk) => this.#taker.mayRepeat(chunk))
    const template = lesson && sharedTemplates.templateFor(lesson)
    if (template === undefined) return false
    if (this.#entries.some((entry) => entry.template === template)) return true
    const binding = this.#taker.bind(template)
    // The frame has just been merged: if its constants would still change something, they always will.
    if (binding === undefined || !binding.isSettled) return false
    sharedTemplates.keep(template)
    this.#keep({ template, binding })
    counts.learned++
    return true
  }

  #keep(entry: Entry): void {
    const others = this.#entries.filter(({ template }) => template.shape !== entry.template.shape)
    this.#entries = [entry, ...others.slice(0, MAX_TEMPLATES - 1)]
  }
}

/** The reader for a stream, where the path is on. */
export function templateReader(frames: FrameParser, taker: Taker): TemplateReader | undefined {
  return matching.isOn ? new TemplateReader(frames, taker, sharedScratch()) : undefined
}

/** Behind the blank line that ends the block; -1: it is not there. Line ends are LF or CR LF. */
function endOfBlock(bytes: Uint8Array, start: number, end: number): number {
  for (let at = bytes.indexOf(LF, start); at !== -1 && at < end - 1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2
    if (bytes[at + 1] === CR && at + 2 < end && bytes[at + 2] === LF) return at + 3
  }
  return -1
}

function hasLineEnd(bytes: Uint8Array): boolean {
  if (bytes.length > FEW) return bytes.includes(LF) || bytes.includes(CR)
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === LF || bytes[i] === CR) return true
  return false
}

/** The search is bounded: the scratch is sealed. */
function hasCr(bytes: Uint8Array, start: number, end: number): boolean {
  const at = bytes.indexOf(CR, start)
  return at !== -1 && at < end
}

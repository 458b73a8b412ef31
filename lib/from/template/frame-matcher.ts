import type { FrameParser } from '../frames.ts'
import { Breaker } from './breaker.ts'
import { sharedTemplates } from './cache.ts'
import { type Found, foundIn } from './found.ts'
import { chunkIn, lessonOf } from './learn.ts'
import { counts } from './matching.ts'
import { Memo } from './memo.ts'
import type { Scratch } from './scratch.ts'
import type { Binding, Taker } from './taker.ts'

/** Templates of one stream. */
const MAX_TEMPLATES = 8
/** A frame that no template can hold is stronger evidence than a miss. */
const HOPELESS = 2
/** A miss alone among so many hits is the first or the last frame of something: nothing to learn. */
const LONELY = 16

/**
 * The templates of one stream: matches the frames in the scratch with them, and learns from those that match none. The
 * reader extends it, for a stream that waits should hold few objects.
 */
export abstract class FrameMatcher {
  protected readonly frames: FrameParser
  protected readonly taker: Taker
  protected readonly scratch: Scratch
  protected readonly maxFrameBytes: number
  protected readonly breaker = new Breaker()
  readonly #found: Found
  readonly #memo = new Memo()
  /** The last used first. */
  #bindings: Binding[] = []
  /** Hits since they were last counted, and since the last miss. */
  #hits = 0
  #hitsSinceMiss = LONELY

  constructor(frames: FrameParser, taker: Taker, scratch: Scratch) {
    this.frames = frames
    this.taker = taker
    this.scratch = scratch
    this.maxFrameBytes = frames.maxCheapBytes
    this.#found = foundIn(scratch)
  }

  /** The end of the frame that was taken; -1: none was. */
  protected match(at: number, end: number): number {
    const bindings = this.#bindings
    for (let i = 0; i < bindings.length; i++) {
      const binding = bindings[i]
      const next = binding === undefined ? -1 : binding.template.match(this.#found, at, end, this.#memo)
      if (binding === undefined || next === -1) continue
      if (!this.#take(binding, at, next)) return -1
      if (i > 0) moveToFront(bindings, i, binding)
      return next
    }
    return -1
  }

  #take(binding: Binding, at: number, next: number): boolean {
    const found = this.#found
    if (next - at > this.maxFrameBytes || !binding.template.check(found, this.#memo)) return false
    if (!binding.accepts()) return false
    this.frames.stepOver(next - at)
    this.#hits++
    binding.take()
    return true
  }

  /** Hits are counted in runs, to do as little as possible for each. */
  protected countHits(): void {
    if (this.#hits === 0) return
    this.#hitsSinceMiss += this.#hits
    this.breaker.hit(this.#hits)
    sharedTemplates().hit(this.#hits)
    counts.hits += this.#hits
    this.#hits = 0
  }

  /** A template of another stream may match the frame; true: it was taken. */
  protected adopt(at: number, next: number, end: number): boolean {
    if (this.#bindings.length >= MAX_TEMPLATES) return false
    for (const template of sharedTemplates().recent) {
      if (this.#bindings.some((binding) => binding.template === template)) continue
      if (template.match(this.#found, at, end, this.#memo) !== next) continue
      const binding = this.taker.bind(template, this.#found)
      if (binding === undefined || !this.#take(binding, at, next)) return false
      this.#keep(binding)
      sharedTemplates().prove(template)
      counts.adopted++
      return true
    }
    return false
  }

  /** A frame matched nothing and was read plainly. `text`: what it says; undefined: nothing that could be learned. */
  protected missed(at: number, next: number, text: string | undefined): void {
    counts.misses++
    const mayLearn = this.#hitsSinceMiss < LONELY && this.#hasRoom
    this.#hitsSinceMiss = 0
    this.breaker.miss(!mayLearn || (text !== undefined && this.#learn(at, next, text)) ? 1 : HOPELESS)
  }

  /** A stream of more shapes than it has templates is better off with those it has than with ever new ones. */
  get #hasRoom(): boolean {
    return this.#bindings.length < MAX_TEMPLATES || this.breaker.isDoubtful
  }

  /** false: a frame like this can never be matched. */
  #learn(at: number, next: number, text: string): boolean {
    if (!sharedTemplates().spend()) return true
    const chunk = chunkIn(text)
    if (chunk === undefined || !this.taker.mayRepeat(chunk)) return false
    const lesson = lessonOf(chunk, this.scratch.bytes.slice(at, next), this.scratch.ascii(at, next))
    const template = lesson && sharedTemplates().templateFor(lesson)
    if (template === undefined) return false
    if (this.#bindings.some((binding) => binding.template === template)) return true
    const binding = this.taker.bind(template, this.#found)
    // The frame has just been merged: if its constants would still change something, they always will.
    if (binding === undefined || !binding.isSettled) return false
    sharedTemplates().keep(template)
    this.#keep(binding)
    counts.learned++
    return true
  }

  #keep(binding: Binding): void {
    const others = this.#bindings.filter(({ template }) => template.shape !== binding.template.shape)
    this.#bindings = [binding].concat(others.slice(0, MAX_TEMPLATES - 1)) // no longer than it is
  }
}

/** In place, and without a call: streams of two shapes do it at every frame. */
function moveToFront(bindings: Binding[], from: number, binding: Binding): void {
  for (let i = from; i > 0; i--) bindings[i] = bindings[i - 1] ?? binding
  bindings[0] = binding
}

import { counts } from './matching.ts'

/** A hit saves about twice what a miss costs. */
const HIT = 2
const START = 12
const FULL = 16
/** After a rest so many misses more end the patience. */
const PROBE = 3
const SHORTEST = 16
const LONGEST = 1024

/** Stops matching for a while in a stream that does not pay for it: each rest is twice as long as the one before. */
export class Breaker {
  #credit = START
  #resting = 0
  #nextRest = SHORTEST
  #isLongest = false

  get isResting(): boolean {
    return this.#resting > 0
  }

  /** More misses than hits of late. */
  get isDoubtful(): boolean {
    return this.#credit < START
  }

  hit(frames: number): void {
    this.#credit += HIT * frames
    if (this.#credit <= FULL) return
    this.#credit = FULL
    this.#nextRest = SHORTEST
  }

  /** `cost`: more than 1 for a frame of which it is known that no template can hold it. */
  miss(cost: number): void {
    this.#credit -= cost
    if (this.#credit > 0) return
    this.#credit = PROBE
    this.#resting = this.#nextRest
    this.#isLongest = this.#nextRest === LONGEST
    this.#nextRest = Math.min(this.#nextRest * 2, LONGEST)
    counts.rests++
  }

  /** Frames were read plainly; true: that was the end of a rest of the longest kind. */
  passed(frames: number): boolean {
    this.#resting = Math.max(0, this.#resting - frames)
    return this.#resting === 0 && this.#isLongest
  }
}

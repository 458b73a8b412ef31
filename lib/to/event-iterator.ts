import type { AssemblyEvent } from '../events.ts'
import type { Feed } from './feed.ts'

type Step = IteratorResult<AssemblyEvent, undefined>

const over: Step = { done: true, value: undefined }

/**
 * Iterates the events of a feed. Written by hand because `return()` of an async generator waits for the `next()`
 * before it: in a silent pause it would not come through, and the upstream would stay open.
 */
export class EventIterator implements AsyncIterableIterator<AssemblyEvent, undefined> {
  readonly #feed: Feed
  readonly #claim: () => boolean
  /** The first iterator reads the feed; a later one is told the end alone. Known at the first `next()`. */
  #isReader: boolean | undefined
  #queue: AssemblyEvent[] = []
  #at = 0
  #toldEnd = false
  #isOver = false
  /** Calls of `next()` that overlap are answered in order. */
  #calls = 0
  #last: Promise<unknown> = Promise.resolve()

  /** `claim`: may this iterator read the feed? */
  constructor(feed: Feed, claim: () => boolean) {
    this.#feed = feed
    this.#claim = claim
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<Step> {
    this.#begin()
    const event = this.#calls === 0 ? this.#shift() : undefined
    if (event !== undefined) return Promise.resolve({ done: false, value: event })
    this.#calls++
    const answer = this.#last.then(() => this.#pull())
    const answered = (): void => void this.#calls--
    this.#last = answer.then(answered, answered)
    return answer
  }

  return(): Promise<Step> {
    this.#begin()
    this.#isOver = true
    this.#queue = []
    if (this.#isReader) this.#feed.abort() // nothing happens if it has ended
    return Promise.resolve(over)
  }

  #begin(): void {
    if (this.#isReader !== undefined) return
    this.#isReader = this.#claim()
    if (this.#isReader) this.#feed.onEvent = (event) => this.#queue.push(event)
  }

  #shift(): AssemblyEvent | undefined {
    const event = this.#queue[this.#at]
    if (event === undefined) return undefined
    if (++this.#at === this.#queue.length) {
      this.#queue = []
      this.#at = 0
    }
    this.#toldEnd ||= event.type === 'end'
    return event
  }

  async #pull(): Promise<Step> {
    while (!this.#isOver) {
      const event = this.#shift()
      if (event !== undefined) return { done: false, value: event }
      const { result } = this.#feed
      if (result !== undefined && !this.#toldEnd) {
        this.#toldEnd = true
        return { done: false, value: { type: 'end', result } }
      }
      if (result !== undefined) {
        this.#isOver = true
        if (result.error !== undefined) throw result.error
      } else if (this.#isReader) await this.#feed.step()
      else await this.#feed.settled
    }
    return over
  }
}

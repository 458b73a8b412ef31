import { continues, isTextEvent, type PlainEvent, type TextEvent, withText } from './plain-event.ts'

/** The clock and the timer of whoever runs the coalescer: here there is none. */
export interface CoalescerHost {
  /** Milliseconds, from anywhere, that never go back. */
  now(): number
  /** Calls once, later; gives what calls it off. */
  later(run: () => void, ms: number): () => void
}

export interface CoalescerOptions {
  /** The longest time a delta waits for more; of long arguments up to eight times as long. Default 30. */
  readonly ms?: number | undefined
  /** As many characters do not wait; of long arguments up to eight times as many. Default 256. */
  readonly chars?: number | undefined
}

/** Beyond so many characters of arguments a delta waits in proportion to them: eightfold from 16 Ki on, 240 ms. */
const SHORT_ARGUMENTS = 2048
const MOST_PATIENCE = 8

/**
 * Joins the deltas of one text, so that a page takes a few dozen of them a second and not a few hundred: clients parse
 * the arguments of a tool again at every delta, and one of 64 KB in pieces of four characters costs them seconds.
 *
 * The first delta of a text goes at once, and so does one that comes after a pause; the next waits up to `ms` for more,
 * or for `chars` characters. Both grow with the arguments of a call, eightfold at the most: what a page spends on a
 * delta of them is in proportion to what it has. Any other event lets what waits go before it, so the order never changes.
 *
 * ```ts
 * const coalescer = new Coalescer((event) => socket.send(encoder.encode(event)), timers)
 * for await (const event of assembly) coalescer.write(event)
 * ```
 */
export class Coalescer {
  readonly #emit: (event: PlainEvent) => void
  readonly #host: CoalescerHost
  readonly #ms: number
  readonly #chars: number
  /** What waits, and the newest delta of it; that is kept when nothing waits, to know what goes on. */
  #text = ''
  #last: TextEvent | undefined
  /** Characters of that text that have been let go. */
  #sent = 0
  #callOff: (() => void) | undefined
  #lastTime = Number.NEGATIVE_INFINITY

  constructor(emit: (event: PlainEvent) => void, host: CoalescerHost, options: CoalescerOptions = {}) {
    this.#emit = emit
    this.#host = host
    this.#ms = options.ms ?? 30
    this.#chars = options.chars ?? 256
  }

  write(event: PlainEvent): void {
    if (!isTextEvent(event)) {
      this.flush()
      return this.#emit(event)
    }
    const goesOn = this.#last !== undefined && continues(this.#last, event)
    if (!goesOn) {
      this.flush()
      this.#sent = 0
    }
    this.#last = event
    this.#text += event.delta
    const patience = this.#patienceWith(event)
    const wait = goesOn ? this.#lastTime + this.#ms * patience - this.#host.now() : 0
    if (wait <= 0 || this.#text.length >= this.#chars * patience) this.flush()
    else this.#callOff ??= this.#host.later(() => this.flush(), wait)
  }

  #patienceWith({ type }: TextEvent): number {
    if (type !== 'tool_calls.arguments.delta') return 1
    return Math.min(MOST_PATIENCE, Math.max(1, this.#sent / SHORT_ARGUMENTS))
  }

  /** Lets go what waits. */
  flush(): void {
    const text = this.#text
    this.stop()
    if (text === '' || this.#last === undefined) return
    this.#lastTime = this.#host.now()
    this.#sent += text.length
    this.#emit(withText(this.#last, text))
  }

  /** Drops what waits: nobody wants it any more. */
  stop(): void {
    this.#callOff?.()
    this.#callOff = undefined
    this.#text = ''
  }
}

/** The timers of the platform. */
export const timers: CoalescerHost = {
  now: () => performance.now(),
  later(run, ms) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * What becomes of an answer that nobody reads any more. `continue`: it is read to its end, and can be saved. `abort`:
 * it is stopped at once. `continueFor`: it is stopped if nobody has come back after so many milliseconds.
 */
export type ClientGonePolicy = 'continue' | 'abort' | { readonly continueFor: number }

/** Counts who reads, and calls when nobody has for as long as the policy allows. */
export class Attendance {
  readonly #onEmpty: () => void
  readonly #patienceMs: number
  #clients = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOver = false

  /** Throws a RangeError on a policy that is none. */
  constructor(policy: ClientGonePolicy, onEmpty: () => void) {
    this.#onEmpty = onEmpty
    this.#patienceMs = patienceOf(policy)
  }

  enter(): void {
    this.#clients++
    clearTimeout(this.#timer)
  }

  leave(): void {
    if (--this.#clients > 0 || this.#isOver || this.#patienceMs === Number.POSITIVE_INFINITY) return
    if (this.#patienceMs === 0) this.#onEmpty()
    else this.#timer = setTimeout(this.#onEmpty, this.#patienceMs)
  }

  /** It has ended: who leaves now has had it all. */
  close(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }
}

/** A longer timer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function patienceOf(policy: ClientGonePolicy): number {
  if (policy === 'continue') return Number.POSITIVE_INFINITY
  const ms: unknown = policy === 'abort' ? 0 : policy.continueFor
  if (typeof ms === 'number' && ms >= 0) return ms > LONGEST_TIMER_MS ? Number.POSITIVE_INFINITY : ms
  throw new RangeError(`onClientGone.continueFor must be a number of 0 or more, got ${String(ms)}`)
}

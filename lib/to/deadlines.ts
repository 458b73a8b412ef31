/** How long a stream may be silent. All in milliseconds, all off by default. */
export interface DeadlineOptions {
  /** From the start to the first frame. */
  readonly firstEventTimeoutMs?: number | undefined
  /** Between two frames. Comments do not count: proxies send them while the provider is dead. */
  readonly progressTimeoutMs?: number | undefined
  /** For the whole stream. */
  readonly totalTimeoutMs?: number | undefined
}

export type MissedDeadline = 'first_event_timeout' | 'stall_timeout' | 'total_timeout'

/** A longer timer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Watches the deadlines with one timer, which is set when one is due and not at every frame. Silence counts only
 * while the source is being waited for: a consumer that takes its time is not a provider that stalls.
 */
export class Deadlines {
  readonly #firstEventMs: number
  readonly #progressMs: number
  readonly #totalMs: number
  readonly #onMissed: (code: MissedDeadline) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #start = 0
  /** Since when the source is silent; moved on by the time in which nobody waited for it. */
  #silentSince = 0
  #pausedAt: number | undefined
  #frames = 0

  /** Throws a RangeError on what is no time. */
  constructor(options: DeadlineOptions, onMissed: (code: MissedDeadline) => void) {
    this.#firstEventMs = timeFrom(options, 'firstEventTimeoutMs')
    this.#progressMs = timeFrom(options, 'progressTimeoutMs')
    this.#totalMs = timeFrom(options, 'totalTimeoutMs')
    this.#onMissed = onMissed
  }

  start(): void {
    this.#start = this.#silentSince = performance.now()
    this.#arm()
  }

  /** The source is not waited for. */
  pause(): void {
    this.#pausedAt ??= performance.now()
  }

  /** The source is waited for again. */
  resume(): void {
    if (this.#pausedAt === undefined) return
    this.#silentSince += performance.now() - this.#pausedAt
    this.#pausedAt = undefined
  }

  /** Tells how many frames have come. */
  progress(frames: number): void {
    if (frames === this.#frames) return
    this.#frames = frames
    this.#silentSince = performance.now()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** The deadline that is due first. */
  #next(): readonly [code: MissedDeadline, due: number] {
    const idle = this.#pausedAt === undefined ? 0 : performance.now() - this.#pausedAt
    const silentSince = this.#silentSince + idle
    const deadlines: readonly (readonly [MissedDeadline, number])[] = [
      ['stall_timeout', silentSince + this.#progressMs],
      ['total_timeout', this.#start + this.#totalMs],
      [
        'first_event_timeout',
        this.#frames === 0 ? silentSince + this.#firstEventMs : Number.POSITIVE_INFINITY,
      ],
    ]
    return deadlines.reduce((first, other) => (other[1] < first[1] ? other : first))
  }

  #arm(): void {
    const [, due] = this.#next()
    if (due === Number.POSITIVE_INFINITY) return
    const wait = Math.min(Math.max(0, due - performance.now()), LONGEST_TIMER_MS)
    this.#timer = setTimeout(() => this.#check(), wait)
  }

  #check(): void {
    const [code, due] = this.#next()
    // Frames that came meanwhile, or a consumer that took its time, have moved the deadline.
    if (due <= performance.now() + 1) this.#onMissed(code)
    else this.#arm()
  }
}

function timeFrom(options: DeadlineOptions, name: keyof DeadlineOptions): number {
  const time = options[name] ?? Number.POSITIVE_INFINITY
  if (typeof time === 'number' && time >= 0) return time
  throw new RangeError(`${name} must be a number of 0 or more, got ${String(time)}`)
}

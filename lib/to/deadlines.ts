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

/** Watches the deadlines with one timer, which is set when one is due and not at every frame. */
export class Deadlines {
  readonly #options: DeadlineOptions
  readonly #onMissed: (code: MissedDeadline) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #start = 0
  #lastFrame = 0
  #frames = 0

  constructor(options: DeadlineOptions, onMissed: (code: MissedDeadline) => void) {
    this.#options = options
    this.#onMissed = onMissed
  }

  start(): void {
    this.#start = this.#lastFrame = performance.now()
    this.#arm()
  }

  /** Tells how many frames have come. */
  progress(frames: number): void {
    if (frames === this.#frames) return
    this.#frames = frames
    this.#lastFrame = performance.now()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** The deadline that is due first. */
  #next(): readonly [code: MissedDeadline, due: number] {
    const { firstEventTimeoutMs, progressTimeoutMs, totalTimeoutMs } = this.#options
    const due = (from: number, ms: number | undefined): number => from + (ms ?? Number.POSITIVE_INFINITY)
    const silence: readonly [MissedDeadline, number][] = [
      ['stall_timeout', due(this.#lastFrame, progressTimeoutMs)],
      ['total_timeout', due(this.#start, totalTimeoutMs)],
      [
        'first_event_timeout',
        this.#frames === 0 ? due(this.#start, firstEventTimeoutMs) : Number.POSITIVE_INFINITY,
      ],
    ]
    return silence.reduce((first, other) => (other[1] < first[1] ? other : first))
  }

  #arm(): void {
    const [, due] = this.#next()
    if (due === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(
      () => {
        // Frames that came meanwhile have moved the deadline.
        if (this.#next()[1] <= performance.now() + 1) this.#onMissed(this.#next()[0])
        else this.#arm()
      },
      Math.max(0, due - performance.now()),
    )
  }
}

import { Assembler } from '../assembler.ts'
import { Fault, faultFrom } from '../errors.ts'
import type { AssemblyEvent } from '../events.ts'
import { contentTypeOf, openInput } from '../from/response.ts'
import type { AssemblyInput, AssemblySource, Source, SourceItem } from '../from/source.ts'
import type { AssemblerOptions } from '../options.ts'
import type { AssemblyResult } from '../result.ts'
import { hostClock } from './clock.ts'
import { type DeadlineOptions, Deadlines } from './deadlines.ts'
import { endByFailure } from './failure.ts'
import { onAbort } from './on-abort.ts'
import { writeItem } from './write-item.ts'

export interface AssembleOptions extends Omit<AssemblerOptions, 'onEvent'>, DeadlineOptions {
  /** Aborts the assembly; its reason becomes the cause of the error. */
  readonly signal?: AbortSignal | undefined
}

const ignore = (): void => {}

/** Pulls an input into an assembler, one piece a step, and frees it as soon as nothing more is wanted. */
export class Feed {
  /** How it ended, as a promise that never rejects. */
  readonly settled: Promise<AssemblyResult>
  /** Who is told of the events. Set before the first step; without it no event is made. */
  onEvent: ((event: AssemblyEvent) => void) | undefined
  readonly #input: AssemblyInput
  readonly #options: AssembleOptions
  readonly #deadlines: Deadlines
  #resolve: (result: AssemblyResult) => void = ignore
  #assembler: Assembler | undefined
  #source: Source | undefined
  /** Listens to the signal no more. */
  #ignoreSignal = ignore
  #stopRequest: (reason: unknown) => void = ignore
  #startedAt: number | undefined
  #isStarted = false
  #isOpened = false
  /** The source has ended, or failed: it is not told to stop. */
  #isExhausted = false
  #isReleased = false
  /** Ends the wait that is pending, if one is. */
  #wake: () => void = ignore

  /** Throws a RangeError on bad options: here, where the caller is, and not in a promise. */
  constructor(input: AssemblyInput, options: AssembleOptions) {
    new Assembler(options)
    this.#input = input
    this.#options = options
    this.#deadlines = new Deadlines(options, (code) => this.#fail(new Fault(code)))
    this.settled = new Promise((resolve) => {
      this.#resolve = resolve
    })
    // A request that fails before anyone reads is told by the result, not as an unhandled rejection.
    if (input instanceof Promise) input.catch(ignore)
  }

  /** How it ended; undefined while it goes on. */
  get result(): AssemblyResult | undefined {
    return this.#assembler?.result
  }

  /** Reads and writes one piece. Gives the result once there is one. */
  async step(): Promise<AssemblyResult | undefined> {
    if (!this.#isStarted) this.#start()
    if (this.result !== undefined) return this.result
    this.#deadlines.resume()
    try {
      if (!this.#isOpened) await this.#race(this.#open())
      if (this.result === undefined) this.#take(await this.#race(this.#read()))
    } catch (error) {
      this.#fail(error)
    }
    this.#deadlines.pause()
    if (this.result !== undefined) this.#release()
    return this.result
  }

  abort(reason?: unknown): void {
    this.#line().abort(reason)
    this.#release(reason)
  }

  #fail(error: unknown): void {
    endByFailure(this.#line(), error)
    this.#release(error)
  }

  #start(): void {
    this.#isStarted = true
    const { signal } = this.#options
    if (this.result !== undefined) return
    if (signal?.aborted) return this.abort(signal.reason)
    if (signal !== undefined) this.#ignoreSignal = onAbort(signal, () => this.abort(signal.reason))
    this.#startedAt = (this.#options.clock ?? hostClock)()
    this.#deadlines.start()
  }

  async #open(): Promise<void> {
    this.#isOpened = true
    const input = await this.#ask()
    const source = openInput(input)
    // The caller has gone meanwhile.
    if (this.#isReleased) return source.cancel()
    this.#source = source
    this.#line(contentTypeOf(input))
  }

  #ask(): AssemblySource | PromiseLike<AssemblySource> {
    if (typeof this.#input !== 'function') return this.#input
    const request = new AbortController()
    this.#stopRequest = (reason) => request.abort(reason)
    return this.#input(request.signal)
  }

  async #read(): Promise<SourceItem | undefined> {
    let item: SourceItem | undefined
    try {
      item = await this.#source?.read()
    } finally {
      this.#isExhausted = item === undefined && !this.#isReleased
    }
    return item
  }

  /** The line begins when its response is there; its time began with the request. */
  #clock(): () => number {
    const { clock = hostClock } = this.#options
    let start = this.#startedAt
    return () => {
      const now = start ?? clock()
      start = undefined
      return now
    }
  }

  /** The assembler, made when the content type is known or no longer matters. */
  #line(contentType?: string): Assembler {
    this.#assembler ??= new Assembler({
      ...this.#options,
      contentType: this.#options.contentType ?? contentType,
      clock: this.#clock(),
      onEvent: this.onEvent,
    })
    return this.#assembler
  }

  /** Waits, but no longer than until the assembly is settled from elsewhere. */
  #race<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(undefined)
      promise.then(resolve, reject)
    })
  }

  #take(item: SourceItem | undefined): void {
    if (this.result !== undefined) return
    try {
      const line = this.#line()
      if (item === undefined) line.end()
      else writeItem(line, item)
      this.#deadlines.progress(line.at.frame)
    } catch (thrown) {
      throw faultFrom(thrown) // the source has done its part: this is no broken connection
    }
  }

  #release(reason?: unknown): void {
    if (this.#isReleased || this.result === undefined) return
    this.#isReleased = true
    this.#deadlines.stop()
    this.#ignoreSignal()
    if (!this.#isExhausted) {
      this.#stopRequest(reason)
      this.#source?.cancel(reason)
    }
    if (!this.#isOpened && typeof this.#input !== 'function') void discard(this.#input, reason)
    this.#wake()
    this.#resolve(this.result)
  }
}

/** Frees an input that nobody has begun to read. */
async function discard(input: AssemblySource | PromiseLike<AssemblySource>, reason: unknown): Promise<void> {
  try {
    openInput(await input).cancel(reason)
  } catch {
    // It has failed by itself, or it is nothing that could be read.
  }
}

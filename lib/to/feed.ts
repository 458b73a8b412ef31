import { Assembler } from '../assembler.ts'
import { Fault } from '../errors.ts'
import type { AssemblyEvent } from '../events.ts'
import { openResponse } from '../from/response.ts'
import { type AssemblySource, openSource, type Source, type SourceItem } from '../from/source.ts'
import type { AssemblerOptions } from '../options.ts'
import type { AssemblyResult } from '../result.ts'
import { type DeadlineOptions, Deadlines } from './deadlines.ts'

export interface AssembleOptions extends Omit<AssemblerOptions, 'onEvent'>, DeadlineOptions {
  /** Aborts the assembly; its reason becomes the cause of the error. */
  readonly signal?: AbortSignal | undefined
}

/** Pulls a source into an assembler, one piece a step, and frees it as soon as nothing more is wanted. */
export class Feed {
  readonly #input: AssemblySource | PromiseLike<AssemblySource>
  readonly #options: AssembleOptions
  readonly #onEvent: ((event: AssemblyEvent) => void) | undefined
  readonly #deadlines: Deadlines
  readonly #onSignal = (): void => void this.abort(this.#options.signal?.reason)
  #assembler: Assembler | undefined
  #source: Source | undefined
  #isStarted = false
  /** Ends the wait that is pending, if one is. */
  #wake: () => void = () => {}

  constructor(
    input: AssemblySource | PromiseLike<AssemblySource>,
    options: AssembleOptions,
    onEvent: ((event: AssemblyEvent) => void) | undefined,
  ) {
    this.#input = input
    this.#options = options
    this.#onEvent = onEvent
    this.#deadlines = new Deadlines(options, (code) => this.fail(new Fault(code)))
  }

  /** How it ended; undefined while it goes on. */
  get result(): AssemblyResult | undefined {
    return this.#assembler?.result
  }

  /** Reads and writes one piece. Gives the result once there is one. */
  async step(): Promise<AssemblyResult | undefined> {
    if (!this.#isStarted) this.#start()
    try {
      if (this.result === undefined && this.#source === undefined) await this.#wait(this.#open())
      if (this.result === undefined && this.#source !== undefined)
        this.#take(await this.#wait(this.#source.read()))
    } catch (error) {
      this.fail(error)
    }
    if (this.result !== undefined) this.#release()
    return this.result
  }

  abort(reason?: unknown): AssemblyResult {
    const result = this.#line().abort(reason)
    this.#release(reason)
    return result
  }

  fail(error: unknown): AssemblyResult {
    const result = this.#line().fail(error)
    this.#release(error)
    return result
  }

  #start(): void {
    this.#isStarted = true
    const { signal } = this.#options
    if (signal?.aborted) return void this.abort(signal.reason)
    signal?.addEventListener('abort', this.#onSignal, { once: true })
    this.#deadlines.start()
  }

  async #open(): Promise<void> {
    const input = await this.#input
    this.#source = isResponse(input) ? await openResponse(input) : openSource(input)
    if (isResponse(input)) this.#line(input.headers.get('content-type') ?? undefined)
    if (this.result !== undefined) this.#release() // the caller has gone meanwhile, or the content type is wrong
  }

  /** The assembler, made when the content type is known or no longer matters. */
  #line(contentType?: string): Assembler {
    this.#assembler ??= new Assembler({
      ...this.#options,
      ...(contentType !== undefined && { contentType }),
      onEvent: this.#onEvent,
    })
    return this.#assembler
  }

  /** Waits, but no longer than until the assembly is settled from elsewhere. */
  #wait<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(undefined)
      promise.then(resolve, reject)
    })
  }

  #take(item: SourceItem | undefined): void {
    if (this.result !== undefined) return
    const line = this.#line()
    if (item === undefined) line.end()
    else if (typeof item === 'string' || item instanceof Uint8Array) line.write(item)
    else line.writeChunk(item)
    this.#deadlines.progress(line.at.frame)
  }

  #release(reason?: unknown): void {
    this.#deadlines.stop()
    this.#options.signal?.removeEventListener('abort', this.#onSignal)
    this.#source?.cancel(reason)
    this.#source = undefined
    this.#wake()
  }
}

/** By its shape, not its class: Node has more than one Response (undici, node-fetch, a polyfill). */
function isResponse(input: AssemblySource): input is Response {
  return typeof input === 'object' && 'headers' in input && 'status' in input && 'body' in input
}

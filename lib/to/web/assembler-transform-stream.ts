import { Assembler } from '../../assembler.ts'
import { type AssemblyError, faultFrom } from '../../errors.ts'
import type { AssemblyEvent } from '../../events.ts'
import type { AssemblerOptions } from '../../options.ts'
import type { AssemblyResult } from '../../result.ts'
import { hostClock } from '../clock.ts'
import { endByFailure } from '../failure.ts'

export interface AssemblerTransformStreamOptions extends Omit<AssemblerOptions, 'onEvent'> {
  /**
   * What a stream that is not complete comes to, after all its events have been read: `error` errors the readable
   * side with its AssemblyError; `event` closes it as any other, for the `end` event has said it. Default 'error'.
   */
  readonly onFailure?: 'error' | 'event' | undefined
}

/**
 * Bytes in, events out, as a web stream, at the pace of its reader. One piece of input gives all its events at
 * once: that is one hop per network chunk. Pipe events through no further web stream, where each of them costs
 * microseconds.
 *
 * Once the answer has ended the source is cancelled, as by `TransformStreamDefaultController.terminate()`.
 *
 * ```ts
 * const stream = new AssemblerTransformStream()
 * for await (const event of response.body.pipeThrough(stream)) show(event)
 * const { status, completion } = await stream.result
 * ```
 */
export class AssemblerTransformStream extends TransformStream<Uint8Array | string, AssemblyEvent> {
  static override readonly name = 'AssemblerTransformStream' // in a log, where the code is minified
  override readonly readable: ReadableStream<AssemblyEvent>
  override readonly writable: WritableStream<Uint8Array | string>
  /** How it ended, with everything assembled. Never rejects, and settles when either side is left. */
  readonly result: Promise<AssemblyResult>

  /** The strategies are those of a TransformStream: one piece waits to be written, no event is read ahead. */
  constructor(
    options: AssemblerTransformStreamOptions = {},
    writableStrategy?: QueuingStrategy<Uint8Array | string>,
    readableStrategy: QueuingStrategy<AssemblyEvent> = { highWaterMark: 0 },
  ) {
    super()
    // A pair of its own in place of the one of TransformStream: that one tells nobody when its reader leaves (no
    // browser has transformer.cancel), and drops what waits to be read when it fails.
    const passage = new Passage(options, readableStrategy.highWaterMark ?? 1)
    this.readable = new ReadableStream(passage.reading, readableStrategy)
    this.writable = new WritableStream(passage.writing, writableStrategy)
    this.result = passage.result
  }
}

/** From the writable side, through an assembler, to the readable side. */
class Passage {
  readonly result: Promise<AssemblyResult>
  readonly reading: UnderlyingDefaultSource<AssemblyEvent>
  readonly writing: UnderlyingSink<Uint8Array | string>
  readonly #highWaterMark: number
  readonly #endsInError: boolean
  #assembler: Assembler | undefined
  #output: ReadableStreamDefaultController<AssemblyEvent> | undefined
  #input: WritableStreamDefaultController | undefined
  #resolve: (result: AssemblyResult) => void = () => {}
  /** The reader wants more. */
  #isWanted = false
  /** Nothing more is taken in. */
  #isStopped = false
  /** Nothing more is given out. */
  #isLeft = false
  /** Ends the wait of a write that came too early. */
  #wake: () => void = () => {}
  #events = 0
  /** What the readable side errors with once everything has been read. */
  #failure: AssemblyError | undefined

  constructor(options: AssemblerTransformStreamOptions, highWaterMark: number) {
    this.#highWaterMark = highWaterMark
    this.#endsInError = options.onFailure !== 'event'
    this.result = new Promise((resolve) => {
      this.#resolve = resolve
    })
    this.reading = {
      start: (output) => {
        this.#output = output
      },
      pull: () => this.#pull(),
      cancel: (reason) => this.#leave(reason),
    }
    this.writing = {
      start: (input) => this.#start(input, options),
      write: (bytes) => this.#write(bytes),
      close: () => this.#close(),
      abort: (reason) => this.#abort(reason),
    }
  }

  /** Both sides are there: an assembler may end at once, by a content type that cannot be read. */
  #start(input: WritableStreamDefaultController, options: AssemblerTransformStreamOptions): void {
    this.#input = input
    // abort() waits for the write before it, which waits for a reader that may not come.
    input.signal?.addEventListener('abort', () => this.#stop())
    this.#assembler = new Assembler({ clock: hostClock, ...options, onEvent: (event) => this.#tell(event) })
    if (this.#assembler.closed) this.#terminate()
  }

  #tell(event: AssemblyEvent): void {
    if (event.type === 'end') this.#resolve(event.result)
    if (this.#isLeft) return
    this.#events++
    this.#output?.enqueue(event)
  }

  #pull(): void {
    this.#isWanted = true
    this.#wake()
    this.#failOnceRead()
  }

  async #write(bytes: Uint8Array | string): Promise<void> {
    if (!this.#isWanted && !this.#isStopped)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    if (this.#isStopped) return
    // The stream asks again, within enqueue(), if these events are not enough. It does not if there are none.
    this.#isWanted = false
    const before = this.#events
    try {
      this.#assembler?.write(bytes)
    } catch (defect) {
      this.#abort(faultFrom(defect))
    }
    if (this.#events === before) this.#isWanted = true
    if (this.#assembler?.closed) this.#terminate()
  }

  #close(): void {
    this.#assembler?.end()
    this.#settle()
    if (this.#failure !== undefined) throw this.#failure
  }

  /** The source broke. */
  #abort(reason: unknown): void {
    if (this.#assembler === undefined) return
    if (reason === undefined) this.#assembler.abort()
    else endByFailure(this.#assembler, reason)
    this.#settle()
  }

  /** The reader has left: so is the source, at once. */
  #leave(reason: unknown): void {
    this.#isLeft = true
    this.#stop()
    this.#assembler?.abort(reason)
    this.#input?.error(reason)
  }

  /** The answer has ended before its source. */
  #terminate(): void {
    this.#settle()
    this.#input?.error(this.#failure ?? new TypeError('The answer has ended'))
  }

  #stop(): void {
    this.#isStopped = true
    this.#wake()
  }

  #settle(): void {
    const error = this.#assembler?.result?.error
    if (this.#isLeft) return
    this.#isLeft = true
    this.#stop()
    if (error === undefined || !this.#endsInError) return this.#output?.close()
    this.#failure = error
    this.#failOnceRead()
  }

  /** error() drops what waits to be read. */
  #failOnceRead(): void {
    if (this.#failure !== undefined && this.#output?.desiredSize === this.#highWaterMark)
      this.#output.error(this.#failure)
  }
}

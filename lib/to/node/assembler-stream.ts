import { addAbortSignal, Transform, type TransformCallback, type TransformOptions } from 'node:stream'
import { Assembler } from '../../assembler.ts'
import type { AssemblyEvent } from '../../events.ts'
import type { AssemblerOptions } from '../../options.ts'
import type { AssemblyResult } from '../../result.ts'
import { hostClock } from '../clock.ts'
import { endByFailure } from '../failure.ts'
import { SourceWatch } from './source-watch.ts'

/** Options of a Transform that this one sets itself. */
type OwnOptions =
  | 'objectMode'
  | 'readableObjectMode'
  | 'writableObjectMode'
  | 'decodeStrings'
  | 'read'
  | 'write'
  | 'writev'
  | 'final'
  | 'destroy'
  | 'transform'
  | 'flush'

export interface AssemblerStreamOptions
  extends Omit<AssemblerOptions, 'onEvent'>,
    Omit<TransformOptions, OwnOptions> {
  /**
   * What a stream that is not complete comes to, after all its events have been read: `error` destroys it with its
   * AssemblyError; `event` ends it as any other, for the `end` event has said it. Default 'error'.
   */
  readonly onFailure?: 'error' | 'event' | undefined
  /** Writes an event as text, or leaves it out. The stream then gives bytes, ready for an HTTP response. */
  readonly encode?: ((event: AssemblyEvent) => string | undefined) | undefined
}

/**
 * Bytes in, events out, in one hop, at the pace of its reader. One piece of input gives all its events at once,
 * whatever the highWaterMark. Other options are those of a Transform.
 *
 * It ends when its input ends: what comes after the answer is swallowed, because nothing leaves a pipeline in the
 * middle without an error. Where an upstream may stay open after `[DONE]`, use `assemble()`.
 *
 * Give a pipeline a Node stream: a web stream or a generator it leaves only when the next piece has come, which in
 * a silent pause is too late.
 *
 * ```ts
 * const stream = new AssemblerStream({ onFailure: 'event' })
 * await pipeline(Readable.fromWeb(response.body), stream, sink)
 * const { status, completion } = await stream.result
 * ```
 */
export class AssemblerStream extends Transform {
  static override readonly name = 'AssemblerStream' // in a log, where the code is minified
  /** How it ended, with everything assembled. Never rejects, and settles whatever becomes of the stream. */
  readonly result: Promise<AssemblyResult>
  readonly #endsInError: boolean
  readonly #encode: ((event: AssemblyEvent) => string | undefined) | undefined
  readonly #assembler: Assembler
  readonly #source: SourceWatch
  #resolve: (result: AssemblyResult) => void = () => {}
  /** What it is destroyed with once everything has been read. */
  #failure: Error | undefined

  constructor(options: AssemblerStreamOptions = {}) {
    const { onFailure, encode, signal, ...others } = options
    const own = { objectMode: false, writableObjectMode: false, decodeStrings: false }
    super({ ...others, ...own, readableObjectMode: encode === undefined })
    this.#endsInError = onFailure !== 'event'
    this.#encode = encode
    this.result = new Promise((resolve) => {
      this.#resolve = resolve
    })
    this.#assembler = new Assembler({ clock: hostClock, ...others, onEvent: (event) => this.#tell(event) })
    this.#source = new SourceWatch(this, (error) => this.#endWithoutSource(error))
    // Not given to Transform: a signal that is aborted already would destroy this before its fields are there.
    if (signal !== undefined) addAbortSignal(signal, this)
  }

  override _transform(piece: Buffer | string, encoding: BufferEncoding, done: TransformCallback): void {
    const isText = typeof piece === 'string' && encoding !== 'utf8'
    this.#attempt(() => this.#assembler.write(isText ? Buffer.from(piece, encoding) : piece), done)
  }

  override _flush(done: TransformCallback): void {
    this.#attempt(() => this.#assembler.end(), done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#assembler.closed) this.#endBy(error)
    this.#source.stop()
    super._destroy(error, done)
  }

  /** A stream that is destroyed drops what waits to be read: a failure comes after the last event was read. */
  override read(size?: number): ReturnType<Transform['read']> {
    const got = super.read(size)
    if (this.#failure !== undefined && this.readableLength === 0) this.destroy(this.#failure)
    return got
  }

  #tell(event: AssemblyEvent): void {
    if (event.type === 'end') this.#resolve(event.result)
    const output = this.#encode === undefined ? event : this.#encode(event)
    if (output !== undefined) this.push(output)
  }

  #attempt(write: () => void, done: TransformCallback): void {
    try {
      write()
    } catch (thrown) {
      // A defect in how defects are told.
      return done(thrown instanceof Error ? thrown : new Error('Not an Error was thrown', { cause: thrown }))
    }
    const error = this.#assembler.result?.error
    // Not to call back holds the source until the reader has come so far.
    if (error !== undefined && this.#endsInError) this.#failOnceRead(error)
    else done()
  }

  #failOnceRead(error: Error): void {
    this.#failure = error
    if (this.readableLength === 0) return void this.destroy(error)
    // Whoever wants to read has begun by then. If nobody has, nothing is lost.
    setImmediate(() => {
      if (this.readableFlowing === null && this.listenerCount('readable') === 0) this.destroy(error)
    })
  }

  /** Destroyed before the answer had ended: by its source, by its reader, or by a signal. */
  #endBy(error: Error | null): void {
    const isPremature = error !== null && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
    const hasReaderLeft = this.#source.isSound || (isPremature && !this.#source.isLost)
    if (error === null || (hasReaderLeft && error.name !== 'AbortError'))
      this.#assembler.abort(error ?? undefined)
    else endByFailure(this.#assembler, error)
  }

  #endWithoutSource(error: Error): void {
    if (this.destroyed || this.writableEnded) return
    endByFailure(this.#assembler, error)
    this.end() // its result is there: the end of the input is judged by it
  }
}

/** The same without `new`. */
export function createAssemblerStream(options?: AssemblerStreamOptions): AssemblerStream {
  return new AssemblerStream(options)
}

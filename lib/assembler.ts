import { ChunkFold } from './chunk-fold.ts'
import { LineContext } from './context.ts'
import { DataReader } from './data-reader.ts'
import { guard, judge, settle, settleBy, snapshotOf } from './end-line.ts'
import { Fault, type Place } from './errors.ts'
import { BodyReader, kindOfContentType } from './from/body.ts'
import { isWhole, toChunk } from './from/chunks.ts'
import { utf8Length } from './from/utf8.ts'
import { limitsFrom } from './limits.ts'
import { MatchedFold } from './matched-fold.ts'
import { Completion } from './merge/completion.ts'
import { tablesWith } from './merge/fields.ts'
import type { AssemblerOptions } from './options.ts'
import { Outlet } from './outlet.ts'
import { Reporter } from './reporter.ts'
import type { AssemblyResult } from './result.ts'
import { type AssemblerState, loadCause, STATE_VERSION, saveCause } from './state.ts'
import { Stopwatch } from './timing.ts'
import type {
  ChatCompletionChunkLike,
  ChatCompletionStreamResponseDeltaLike,
  CreateChatCompletionResponse,
  JsonObject,
  JsonValue,
  ServerSentEvent,
} from './wire/index.ts'

/** Of all lines that nobody listens to: without a listener it does nothing. */
let silent: Outlet | undefined

/**
 * The line: bytes become frames, chunks, deltas and one message. Its methods are the stations, in order; enter at
 * any of them. Synchronous: it knows no promises, no timers and no streams.
 *
 * Nothing throws but misuse: whatever goes wrong, with the input or in here, ends the line, and the result says so.
 *
 * ```ts
 * const assembler = new Assembler({ onEvent: (event) => { if (event.type === 'content.delta') show(event.delta) } })
 * for await (const bytes of response.body) assembler.write(bytes)
 * const { status, completion } = assembler.end()
 * ```
 */
export class Assembler {
  static readonly name = 'Assembler' // in a log, where the code is minified
  readonly #body: BodyReader
  readonly #data: DataReader
  readonly #fold: ChunkFold

  constructor(options: AssemblerOptions = {}) {
    const limits = limitsFrom(options)
    const { onEvent, clock, contentType, coalesce } = options
    silent ??= new Outlet(undefined)
    const outlet = onEvent === undefined ? silent : new Outlet(onEvent)
    const context = new LineContext(limits, options, outlet)
    const completion = new Completion(tablesWith(options.rules), options.choices === 1)
    const reporter =
      onEvent && new Reporter(outlet, () => this.snapshot(), limits.maxJsonDepth, coalesce === true)
    this.#fold = new ChunkFold(completion, context, reporter, clock && new Stopwatch(clock))
    this.#data = new DataReader(this.#fold, options.onBadChunk === 'skip')
    const kind = contentType === undefined ? undefined : kindOfContentType(contentType)
    this.#body = new BodyReader(kind, this.#data, limits.maxEventBytes, new MatchedFold(this.#fold))
    if (contentType !== undefined && kind === undefined) settleBy(this.#fold, new Fault('bad_content_type'))
  }

  get #context(): LineContext {
    return this.#fold.context
  }

  /** Takes the next bytes of the body, cut anywhere. After the end they are ignored. */
  write(bytes: Uint8Array | string): void {
    if (this.#context.result !== undefined || bytes.length === 0) return
    const size = typeof bytes === 'string' ? utf8Length(bytes) : bytes.length
    const allowed = this.#context.limits.maxStreamBytes - this.#context.bytes
    this.#context.bytes += Math.min(size, allowed)
    guard(this.#fold, () => {
      this.#fold.stopwatch?.write()
      this.#context.reading = this.#body
      this.#body.write(size > allowed ? bytes.slice(0, allowed) : bytes)
      this.#context.reading = undefined
      if (size > allowed) throw new Fault('limit_stream')
    })
  }

  /** Takes a server-sent event. */
  writeFrame(frame: ServerSentEvent): void {
    if (this.#context.result !== undefined) return
    guard(this.#fold, () => {
      this.#fold.stopwatch?.write()
      this.#data.onFrame(frame)
    })
  }

  /** Takes a parsed chunk. It is not changed, and must not be changed afterwards. */
  writeChunk(chunk: ChatCompletionChunkLike): void {
    if (this.#context.result !== undefined) return
    this.#context.frame++
    guard(this.#fold, () => {
      this.#fold.stopwatch?.write()
      this.#fold.chunk(toChunk(chunk as JsonValue), false) // a chunk is JSON by its meaning
    })
  }

  /** Takes a delta of one choice. */
  writeDelta(choice: number, delta: ChatCompletionStreamResponseDeltaLike): void {
    this.writeChunk({ choices: [{ index: choice, delta }] })
  }

  /** The input ended. */
  end(): AssemblyResult {
    if (this.#context.result !== undefined) return this.#context.result
    guard(this.#fold, () => {
      this.#fold.stopwatch?.write()
      this.#readEnd()
    })
    return this.#context.result ?? judge(this.#fold)
  }

  /** The input failed: the connection broke, or a host gave up. What came before is in the result. */
  fail(error: unknown): AssemblyResult {
    return settleBy(this.#fold, error instanceof Fault ? error : new Fault('transport', { cause: error }))
  }

  /** The caller stops. Everything written afterwards is ignored. */
  abort(reason?: unknown): AssemblyResult {
    return settle(this.#fold, 'aborted', {
      fault: new Fault('aborted', { cause: reason }),
      at: this.#context.place,
    })
  }

  /** Nothing more is read: the input can be cancelled. */
  get closed(): boolean {
    return this.#context.result !== undefined
  }

  /** How it ended; undefined while it goes on. */
  get result(): AssemblyResult | undefined {
    return this.#context.result
  }

  /** How far the input has been read: frames so far, and bytes. */
  get at(): Place {
    return { frame: this.#context.frame, byte: this.#context.bytes }
  }

  /** The completion so far. Read it again to see it grow; what was read stays as it was. */
  get completion(): CreateChatCompletionResponse {
    return this.snapshot()
  }

  /** The completion so far: immutable, sharing what did not change with the last snapshot. */
  snapshot(): CreateChatCompletionResponse {
    return snapshotOf(this.#fold)
  }

  /**
   * The state as JSON, taken anywhere between two writes: in the middle of a character, a frame, an argument. Throws
   * a RangeError once the line has ended: its result is what is left of it then.
   */
  save(): AssemblerState {
    if (this.#context.result !== undefined)
      throw new RangeError('The line has ended: keep its result instead of its state')
    return {
      version: STATE_VERSION,
      body: this.#body.save(),
      bytes: this.#context.bytes,
      frame: this.#context.frame,
      kept: this.#context.kept,
      sawChunk: this.#fold.sawChunk,
      completion: this.#fold.completion.save(),
      diagnostics: this.#context.diagnostics.list(),
      reported: this.#context.reported && saveCause(this.#context.reported),
      spoke: this.#fold.reporter?.spoke ?? [],
      stopwatch: this.#fold.stopwatch?.save(),
    }
  }

  /** Goes on from a saved state, with options given anew. The events and the result are as if nothing had happened. */
  static restore(state: AssemblerState, options: AssemblerOptions = {}): Assembler {
    if (state?.version !== STATE_VERSION) {
      throw new RangeError(
        `The state is of version ${String(state?.version)}; this library reads ${STATE_VERSION}`,
      )
    }
    const assembler = new Assembler(options)
    assembler.#load(state)
    return assembler
  }

  #load(state: AssemblerState): void {
    this.#context.bytes = state.bytes
    this.#context.frame = state.frame
    this.#body.load(state.body)
    this.#fold.sawChunk = state.sawChunk
    this.#fold.completion.load(state.completion as JsonObject, this.#context) // what save gave
    this.#context.load(state.kept, state.diagnostics)
    this.#context.reported = state.reported && loadCause(state.reported)
    this.#fold.reporter?.restore(state.spoke)
    if (state.stopwatch !== undefined) this.#fold.stopwatch?.load(state.stopwatch)
  }

  #readEnd(): void {
    if (this.#body.isDocument) return this.#readDocuments()
    const tail = this.#body.tail()
    if (tail === undefined) return
    if (!isWhole(tail.data)) return this.#context.diagnose('discarded_tail')
    this.#context.reading = this.#body
    this.#context.diagnose('eof_event')
    this.#data.onFrame(tail)
    this.#context.reading = undefined
  }

  #readDocuments(): void {
    const documents = this.#body.documents()
    if (documents === undefined) throw new Fault('bad_json')
    this.#context.diagnose('not_streamed')
    for (const document of documents) this.#fold.chunk(document, false)
    // A document that could be parsed is whole, as a stream is that says so.
    this.#fold.context.sawDone = true
  }
}

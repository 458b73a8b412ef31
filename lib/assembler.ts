import { ChunkFold } from './chunk-fold.ts'
import { LineContext } from './context.ts'
import { DataReader } from './data-reader.ts'
import { judgeEnding } from './ending.ts'
import { type Cause, Fault, faultFrom, type Place } from './errors.ts'
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
import type { AssemblyResult, AssemblyStatus } from './result.ts'
import { inspect, resultOf, tellDone } from './settle.ts'
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
const silent = new Outlet(undefined)

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
  readonly #requireFinishReason: boolean
  readonly #outlet: Outlet
  readonly #context: LineContext
  readonly #completion: Completion
  readonly #reporter: Reporter | undefined
  readonly #stopwatch: Stopwatch | undefined
  readonly #body: BodyReader
  readonly #data: DataReader
  readonly #fold: ChunkFold
  #sawDone = false

  constructor(options: AssemblerOptions = {}) {
    const limits = limitsFrom(options)
    const { onEvent, clock, contentType } = options
    this.#requireFinishReason = options.requireFinishReason === true
    this.#outlet = onEvent === undefined ? silent : new Outlet(onEvent)
    this.#context = new LineContext(limits, options.cumulative, this.#outlet)
    this.#completion = new Completion(tablesWith(options.rules), options.choices === 1)
    this.#reporter =
      onEvent &&
      new Reporter(this.#outlet, () => this.snapshot(), limits.maxJsonDepth, options.coalesce === true)
    this.#stopwatch = clock && new Stopwatch(clock)
    this.#fold = new ChunkFold(this.#completion, this.#context, this.#reporter, this.#stopwatch)
    this.#data = new DataReader(this.#fold, this.#context, options.onBadChunk === 'skip')
    const kind = contentType === undefined ? undefined : kindOfContentType(contentType)
    const matched = new MatchedFold(this.#fold)
    this.#body = new BodyReader(kind, (frame) => this.#readFrame(frame), limits.maxEventBytes, matched)
    if (contentType !== undefined && kind === undefined) this.#settleBy(new Fault('bad_content_type'))
  }

  /** Takes the next bytes of the body, cut anywhere. After the end they are ignored. */
  write(bytes: Uint8Array | string): void {
    if (this.#context.result !== undefined || bytes.length === 0) return
    const size = typeof bytes === 'string' ? utf8Length(bytes) : bytes.length
    const allowed = this.#context.limits.maxStreamBytes - this.#context.bytes
    this.#context.bytes += Math.min(size, allowed)
    this.#guard(() => {
      this.#stopwatch?.write()
      this.#context.reading = this.#body
      this.#body.write(size > allowed ? bytes.slice(0, allowed) : bytes)
      this.#context.reading = undefined
      if (size > allowed) throw new Fault('limit_stream')
    })
  }

  /** Takes a server-sent event. */
  writeFrame(frame: ServerSentEvent): void {
    if (this.#context.result !== undefined) return
    this.#guard(() => {
      this.#stopwatch?.write()
      this.#readFrame(frame)
    })
  }

  /** Takes a parsed chunk. It is not changed, and must not be changed afterwards. */
  writeChunk(chunk: ChatCompletionChunkLike): void {
    if (this.#context.result !== undefined) return
    this.#context.frame++
    this.#guard(() => {
      this.#stopwatch?.write()
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
    this.#guard(() => {
      this.#stopwatch?.write()
      this.#readEnd()
    })
    return this.#context.result ?? this.#judge()
  }

  /** The input failed: the connection broke, or a host gave up. What came before is in the result. */
  fail(error: unknown): AssemblyResult {
    return this.#settleBy(error instanceof Fault ? error : new Fault('transport', { cause: error }))
  }

  /** The caller stops. Everything written afterwards is ignored. */
  abort(reason?: unknown): AssemblyResult {
    return this.#settle('aborted', {
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
    // The merge writes every required field of the type; everything else in it is open.
    return this.#completion.snapshot() as unknown as CreateChatCompletionResponse
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
      completion: this.#completion.save(),
      diagnostics: this.#context.diagnostics.list(),
      reported: this.#context.reported && saveCause(this.#context.reported),
      spoke: this.#reporter?.spoke ?? [],
      stopwatch: this.#stopwatch?.save(),
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
    this.#completion.load(state.completion as JsonObject, this.#context) // what save gave
    this.#context.load(state.kept, state.diagnostics)
    this.#context.reported = state.reported && loadCause(state.reported)
    this.#reporter?.restore(state.spoke)
    if (state.stopwatch !== undefined) this.#stopwatch?.load(state.stopwatch)
  }

  /** Does a piece of work; whatever it throws ends the line. What is no fault is a defect of ours, and says so. */
  #guard(work: () => void): void {
    try {
      work()
      this.#reporter?.flush()
    } catch (thrown) {
      this.#settleBy(faultFrom(thrown))
    }
  }

  #readFrame(frame: ServerSentEvent): void {
    if (!this.#context.countFrame()) return
    if (!this.#data.read(frame)) return
    this.#sawDone = true
    this.#judge()
  }

  #readEnd(): void {
    if (this.#body.isDocument) return this.#readDocuments()
    const tail = this.#body.tail()
    if (tail === undefined) return
    if (!isWhole(tail.data)) return this.#context.diagnose('discarded_tail')
    this.#context.reading = this.#body
    this.#context.diagnose('eof_event')
    this.#readFrame(tail)
    this.#context.reading = undefined
  }

  #readDocuments(): void {
    const documents = this.#body.documents()
    if (documents === undefined) throw new Fault('bad_json')
    this.#context.diagnose('not_streamed')
    for (const document of documents) this.#fold.chunk(document, false)
    // A document that could be parsed is whole, as a stream is that says so.
    this.#sawDone = true
  }

  #judge(): AssemblyResult {
    if (this.#context.reported !== undefined) return this.#settle('errored', this.#context.reported)
    const ending = judgeEnding({
      sawChunk: this.#fold.sawChunk,
      sawDone: this.#sawDone,
      choices: this.#completion.choices,
      requireFinishReason: this.#requireFinishReason,
    })
    if (ending.status === 'errored') return this.#settleBy(new Fault(ending.code))
    const { status, diagnostic } = ending
    if (diagnostic !== undefined) this.#guard(() => this.#context.diagnose(diagnostic))
    const cut = { fault: new Fault('truncated'), at: this.#context.place }
    return this.#settle(status, status === 'complete' ? undefined : cut)
  }

  #settleBy(fault: Fault): AssemblyResult {
    return this.#settle('errored', this.#context.reported ?? { fault, at: this.#context.place })
  }

  #settle(status: AssemblyStatus, cause: Cause | undefined): AssemblyResult {
    if (this.#context.result !== undefined) return this.#context.result
    let outcome = { status, cause }
    try {
      inspect(this.#completion, this.#context, status)
      if (this.#outlet.hasListener) tellDone(this.#completion, status, this.#context, this.#outlet)
    } catch (thrown) {
      outcome = { status: 'errored', cause: { fault: faultFrom(thrown), at: this.#context.place } }
    }
    // A listener may have aborted meanwhile: then that is the result.
    this.#context.result ??= resultOf(
      this.#completion,
      this.snapshot(),
      this.#context,
      outcome,
      this.#stopwatch,
    )
    this.#outlet.end(this.#context.result)
    return this.#context.result
  }
}

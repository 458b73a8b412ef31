import { ChunkFold } from './chunk-fold.ts'
import { LineContext } from './context.ts'
import type { Diagnostic } from './diagnostics.ts'
import { isDone } from './dialect/done.ts'
import { judgeEnding } from './ending.ts'
import { Fault, type Place } from './errors.ts'
import type { AssemblyEvent } from './events.ts'
import { isWhole, parseOddData, parseStrictly, toChunk } from './from/chunks.ts'
import { type BodyKind, DocumentReader, kindOfContentType, kindOfStart } from './from/document.ts'
import { FrameParser } from './from/frames.ts'
import { utf8Length } from './from/utf8.ts'
import { limitsFrom } from './limits.ts'
import { Completion } from './merge/completion.ts'
import { choiceFields, chunkFields, deltaFields, withRules } from './merge/fields.ts'
import type { AssemblerOptions } from './options.ts'
import { Reporter } from './reporter.ts'
import type { AssemblyResult, AssemblyStatus } from './result.ts'
import { type Cause, inspect, resultOf, tellDone } from './settle.ts'
import type {
  ChatCompletionChunkLike,
  ChatCompletionStreamResponseDeltaLike,
  CreateChatCompletionResponse,
  JsonValue,
  ServerSentEvent,
} from './wire/index.ts'

/**
 * The line: bytes become frames, chunks, deltas and one message. Its methods are the stations, in order; enter at
 * any of them. Synchronous: it knows no promises, no timers and no streams.
 *
 * Nothing throws but misuse: whatever goes wrong with the input ends the line, and the result says so.
 *
 * ```ts
 * const assembler = new Assembler({ onEvent: (event) => { if (event.type === 'content.delta') show(event.delta) } })
 * for await (const bytes of response.body) assembler.write(bytes)
 * const { status, completion } = assembler.end()
 * ```
 */
export class Assembler {
  readonly #options: AssemblerOptions
  readonly #context: LineContext
  readonly #completion: Completion
  readonly #fold: ChunkFold
  readonly #frames: FrameParser
  #document: DocumentReader | undefined
  #kind: BodyKind | undefined
  #bytes = 0
  #frame = 0
  /** Within the frames: a place is where the current frame begins. Stays so after a fault in one. */
  #isReading = false
  #sawDone = false
  /** The first error the provider reported. It is not the end: usage may follow. */
  #reported: Cause | undefined
  #result: AssemblyResult | undefined

  constructor(options: AssemblerOptions = {}) {
    const limits = limitsFrom(options)
    const { onEvent, rules } = options
    this.#options = options
    const onDiagnostic =
      onEvent && ((diagnostic: Diagnostic) => this.#emit({ type: 'diagnostic', diagnostic }))
    this.#context = new LineContext(limits, options.cumulative, () => this.#place(), onDiagnostic)
    const tables = {
      chunk: withRules(chunkFields, rules),
      choice: withRules(choiceFields, rules),
      delta: withRules(deltaFields, rules),
    }
    this.#completion = new Completion(tables, options.choices === 1)
    const reporter =
      onEvent &&
      new Reporter(
        (event) => this.#emit(event),
        () => this.snapshot(),
      )
    this.#fold = new ChunkFold(this.#completion, this.#context, reporter, (fault) => this.#report(fault))
    this.#frames = new FrameParser((frame) => this.#readFrame(frame), limits.maxEventBytes)
    if (options.contentType !== undefined) this.#kind = kindOfContentType(options.contentType)
    if (options.contentType !== undefined && this.#kind === undefined)
      this.#settleBy(new Fault('bad_content_type'))
  }

  /** Takes the next bytes of the body, cut anywhere. After the end they are ignored. */
  write(bytes: Uint8Array | string): void {
    if (this.#result !== undefined || bytes.length === 0) return
    const size = typeof bytes === 'string' ? utf8Length(bytes) : bytes.length
    const allowed = this.#context.limits.maxStreamBytes - this.#bytes
    this.#bytes += Math.min(size, allowed)
    try {
      this.#readBody(size > allowed ? bytes.slice(0, allowed) : bytes)
      if (size > allowed) throw new Fault('limit_stream')
    } catch (thrown) {
      this.#settleBy(thrown)
    }
  }

  /** Takes a server-sent event. */
  writeFrame(frame: ServerSentEvent): void {
    if (this.#result !== undefined) return
    try {
      this.#readFrame(frame)
    } catch (thrown) {
      this.#settleBy(thrown)
    }
  }

  /** Takes a parsed chunk. It is not changed, and must not be changed afterwards. */
  writeChunk(chunk: ChatCompletionChunkLike): void {
    if (this.#result !== undefined) return
    this.#frame++
    try {
      this.#fold.chunk(toChunk(chunk as JsonValue), false) // a chunk is JSON by its meaning
    } catch (thrown) {
      this.#settleBy(thrown)
    }
  }

  /** Takes a delta of one choice. */
  writeDelta(choice: number, delta: ChatCompletionStreamResponseDeltaLike): void {
    this.writeChunk({ choices: [{ index: choice, delta }] })
  }

  /** The input ended. */
  end(): AssemblyResult {
    if (this.#result !== undefined) return this.#result
    try {
      this.#readEnd()
    } catch (thrown) {
      this.#settleBy(thrown)
    }
    return this.#result ?? this.#judge()
  }

  /** The input failed: the connection broke, or a host gave up. What came before is in the result. */
  fail(error: unknown): AssemblyResult {
    return this.#settleBy(error instanceof Fault ? error : new Fault('transport', { cause: error }))
  }

  /** The caller stops. Everything written afterwards is ignored. */
  abort(reason?: unknown): AssemblyResult {
    return this.#settle('aborted', { fault: new Fault('aborted', { cause: reason }), at: this.#place() })
  }

  /** Nothing more is read: the input can be cancelled. */
  get closed(): boolean {
    return this.#result !== undefined
  }

  /** How it ended; undefined while it goes on. */
  get result(): AssemblyResult | undefined {
    return this.#result
  }

  /** How far the input has been read: frames so far, and bytes. */
  get at(): Place {
    return { frame: this.#frame, byte: this.#bytes }
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

  #readBody(bytes: Uint8Array | string): void {
    this.#kind ??= kindOfStart(bytes)
    if (this.#kind === 'document') {
      this.#document ??= new DocumentReader(this.#context.limits.maxEventBytes)
      this.#document.write(bytes)
    } else {
      this.#isReading = true
      this.#frames.write(bytes)
      this.#isReading = false
    }
  }

  #readFrame(frame: ServerSentEvent): void {
    if (this.#result !== undefined) return
    this.#frame++
    try {
      this.#readData(frame.data, frame.event === 'error')
    } catch (thrown) {
      if (!(thrown instanceof Fault) || !this.#mayBeSkipped(thrown)) throw thrown
      this.#context.diagnose('chunk_skipped')
    }
  }

  #mayBeSkipped({ code }: Fault): boolean {
    return this.#options.onBadChunk === 'skip' && (code === 'bad_json' || code === 'bad_chunk')
  }

  #readData(data: string, isNamedError: boolean): void {
    if (data.includes('\ufffd')) this.#context.diagnose('invalid_utf8')
    if (isDone(data)) return this.#readDone(data)
    const value = parseStrictly(data)
    if (value !== undefined && !(isNamedError && typeof value === 'string')) {
      return this.#fold.chunk(toChunk(value), isNamedError)
    }
    if (isNamedError)
      return this.#report(
        new Fault('upstream_error', { upstream: { message: typeof value === 'string' ? value : data } }),
      )
    if (data.trim() === '') return this.#context.diagnose('empty_data')
    const odd = parseOddData(data)
    if (odd === undefined) throw new Fault('bad_json')
    if (odd.oddity !== undefined) this.#context.diagnose(odd.oddity)
    for (const chunk of odd.chunks) this.#fold.chunk(chunk, false)
    if (odd.isDone) this.#readDone('[DONE]')
  }

  #readDone(data: string): void {
    if (data !== '[DONE]') this.#context.diagnose('done_whitespace')
    this.#sawDone = true
    this.#judge()
  }

  /** The provider reported an error. The first one counts; reading goes on, because usage may follow. */
  #report(fault: Fault): void {
    if (this.#reported !== undefined) return
    this.#reported = { fault: shortened(fault, this.#context.limits.maxErrorMessageBytes), at: this.#place() }
  }

  #readEnd(): void {
    if (this.#kind === 'document') return this.#readDocument()
    const tail = this.#frames.tail()
    if (tail === undefined) return
    if (!isWhole(tail.data) && tail.event !== 'error') return this.#context.diagnose('discarded_tail')
    this.#isReading = true
    this.#context.diagnose('eof_event')
    this.#readFrame(tail)
    this.#isReading = false
  }

  #readDocument(): void {
    const documents = this.#document?.end()
    if (documents === undefined) throw new Fault('bad_json')
    this.#context.diagnose('not_streamed')
    for (const document of documents) this.#fold.chunk(document, false)
    // A document that could be parsed is whole, as a stream is that says so.
    this.#sawDone = true
  }

  #judge(): AssemblyResult {
    if (this.#reported !== undefined) return this.#settle('errored', this.#reported)
    const ending = judgeEnding({
      sawChunk: this.#fold.sawChunk,
      sawDone: this.#sawDone,
      choices: this.#completion.choices,
      requireFinishReason: this.#options.requireFinishReason === true,
    })
    if (ending.status === 'errored') return this.#settleBy(new Fault(ending.code))
    if (ending.diagnostic !== undefined) this.#context.diagnose(ending.diagnostic)
    const at = this.#place()
    return this.#settle(
      ending.status,
      ending.status === 'complete' ? undefined : { fault: new Fault('truncated'), at },
    )
  }

  /** Ends as errored. A thrown thing that is no fault is a defect of ours, or of a listener: it is not hidden. */
  #settleBy(thrown: unknown): AssemblyResult {
    if (!(thrown instanceof Fault)) throw thrown
    return this.#settle('errored', this.#reported ?? { fault: thrown, at: this.#place() })
  }

  #settle(status: AssemblyStatus, cause: Cause | undefined): AssemblyResult {
    if (this.#result !== undefined) return this.#result
    let [how, why] = [status, cause]
    try {
      inspect(this.#completion, this.#context, status)
      if (this.#options.onEvent)
        tellDone(this.#completion, status, this.#context, (event) => this.#emit(event))
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      how = 'errored'
      why = { fault: thrown, at: this.#place() }
    }
    // A listener may have aborted meanwhile: then that is the result.
    this.#result ??= resultOf(this.#completion, this.snapshot(), this.#context, how, why)
    this.#tellEnd(this.#result)
    return this.#result
  }

  #emit(event: AssemblyEvent): void {
    if (this.#result !== undefined) return
    try {
      this.#options.onEvent?.(event)
    } catch (cause) {
      throw new Fault('listener', { cause })
    }
  }

  #ended = false

  #tellEnd(result: AssemblyResult): void {
    if (this.#ended) return
    this.#ended = true
    try {
      this.#options.onEvent?.({ type: 'end', result })
    } catch {
      // The result is settled and the listener is the one who threw: there is nobody left to tell.
    }
  }

  #place(): Place {
    return { frame: this.#frame, byte: this.#isReading ? this.#frames.byte : this.#bytes }
  }
}

/** The provider's own words, cut to the limit. */
function shortened(fault: Fault, maxBytes: number): Fault {
  const { upstream } = fault
  if (upstream === undefined || utf8Length(upstream.message) <= maxBytes) return fault
  let message = upstream.message.slice(0, maxBytes)
  while (utf8Length(message) > maxBytes) message = message.slice(0, -1)
  return new Fault(fault.code, {
    ...(fault.path && { path: fault.path }),
    upstream: { ...upstream, message },
  })
}

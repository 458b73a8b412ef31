import type { ChunkFold } from './chunk-fold.ts'
import type { LineContext } from './context.ts'
import { isDone } from './dialect/done.ts'
import { Fault } from './errors.ts'
import { parseOddData, parseStrictly, toChunk } from './from/chunks.ts'
import type { ServerSentEvent } from './wire/index.ts'

/** The station from frame to chunk: reads what a frame's data says. */
export class DataReader {
  readonly #fold: ChunkFold
  readonly #context: LineContext
  readonly #skipsBadChunks: boolean

  constructor(fold: ChunkFold, context: LineContext, skipsBadChunks: boolean) {
    this.#fold = fold
    this.#context = context
    this.#skipsBadChunks = skipsBadChunks
  }

  /** Reads a frame. true: it was the mark of the end. Throws a fault where it cannot be read. */
  read(frame: ServerSentEvent): boolean {
    try {
      return this.#readData(frame.data, frame.event === 'error')
    } catch (thrown) {
      if (!(thrown instanceof Fault) || !this.#maySkip(thrown)) throw thrown
      this.#context.diagnose('chunk_skipped')
      return false
    }
  }

  #skipping(read: () => void): void {
    try {
      read()
    } catch (thrown) {
      if (!(thrown instanceof Fault) || !this.#maySkip(thrown)) throw thrown
      this.#context.diagnose('chunk_skipped')
    }
  }

  #maySkip({ code }: Fault): boolean {
    return this.#skipsBadChunks && (code === 'bad_json' || code === 'bad_chunk')
  }

  #readData(data: string, isNamedError: boolean): boolean {
    if (data.includes('\ufffd')) this.#context.diagnose('invalid_utf8')
    if (isDone(data)) {
      if (data !== '[DONE]') this.#context.diagnose('done_whitespace')
      return true
    }
    const value = parseStrictly(data)
    if (isNamedError && (value === undefined || typeof value === 'string')) {
      this.#fold.plainError(value ?? data)
    } else if (value !== undefined) {
      this.#fold.chunk(toChunk(value), isNamedError)
    } else if (data.trim() === '') {
      this.#context.diagnose('empty_data')
    } else {
      return this.#readOddData(data)
    }
    return false
  }

  #readOddData(data: string): boolean {
    const odd = parseOddData(data)
    if (odd === undefined) throw new Fault('bad_json')
    if (odd.oddity !== undefined) this.#context.diagnose(odd.oddity)
    for (const chunk of odd.chunks) this.#skipping(() => this.#fold.chunk(toChunk(chunk), false))
    return odd.isDone
  }
}

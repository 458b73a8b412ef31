import type { ChunkFold } from './chunk-fold.ts'
import { isDone } from './dialect/done.ts'
import { judge } from './end-line.ts'
import { Fault } from './errors.ts'
import { parseOddData, parseStrictly, toChunk } from './from/chunks.ts'
import type { FrameListener } from './from/frames.ts'
import type { ServerSentEvent } from './wire/index.ts'

/** The station from frame to chunk: reads what a frame's data says. */
export class DataReader implements FrameListener {
  readonly #fold: ChunkFold
  readonly #skipsBadChunks: boolean

  constructor(fold: ChunkFold, skipsBadChunks: boolean) {
    this.#fold = fold
    this.#skipsBadChunks = skipsBadChunks
  }

  /** Reads a frame; the mark of the end ends the line. Throws a fault where it cannot be read. */
  onFrame(frame: ServerSentEvent): void {
    const { context } = this.#fold
    if (!context.countFrame()) return
    this.#skipping(() => {
      context.sawDone = this.#readData(frame.data, frame.event === 'error')
    })
    if (context.sawDone) judge(this.#fold)
  }

  #skipping(read: () => void): void {
    try {
      read()
    } catch (thrown) {
      if (!(thrown instanceof Fault) || !this.#maySkip(thrown)) throw thrown
      this.#fold.context.diagnose('chunk_skipped')
    }
  }

  #maySkip({ code }: Fault): boolean {
    return this.#skipsBadChunks && (code === 'bad_json' || code === 'bad_chunk')
  }

  #readData(data: string, isNamedError: boolean): boolean {
    if (data.includes('\ufffd')) this.#fold.context.diagnose('invalid_utf8')
    if (isDone(data)) {
      if (data !== '[DONE]') this.#fold.context.diagnose('done_whitespace')
      return true
    }
    const value = parseStrictly(data)
    if (isNamedError && (value === undefined || typeof value === 'string')) {
      this.#fold.plainError(value ?? data)
    } else if (value !== undefined) {
      this.#fold.chunk(toChunk(value), isNamedError)
    } else if (data.trim() === '') {
      this.#fold.context.diagnose('empty_data')
    } else {
      return this.#readOddData(data)
    }
    return false
  }

  #readOddData(data: string): boolean {
    const odd = parseOddData(data)
    if (odd === undefined) throw new Fault('bad_json')
    if (odd.oddity !== undefined) this.#fold.context.diagnose(odd.oddity)
    for (const chunk of odd.chunks) this.#skipping(() => this.#fold.chunk(toChunk(chunk), false))
    return odd.isDone
  }
}

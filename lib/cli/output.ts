/** So much is gathered before it is written, at most: 200 small deltas in one system call instead of 200. */
const BATCH = 64 * 1024

/** Who else draws on the terminal that text is written to. */
export interface Neighbour {
  beforeText(): void
  afterText(text: string): void
}

/**
 * Standard output. On a terminal text is written at once; anywhere else what one turn of the event loop brings
 * is written together. A reader that went away (`| head`) is no error: writing just stops.
 */
export class Output {
  readonly isTerminal: boolean
  /** What broke it, other than a reader that went away. */
  failure: Error | undefined
  neighbour: Neighbour | undefined
  readonly #stream: NodeJS.WriteStream
  readonly #onClosed: () => void
  #pending = ''
  #isScheduled = false
  #isClosed = false

  constructor(stream: NodeJS.WriteStream, onClosed: () => void) {
    this.#stream = stream
    this.isTerminal = stream.isTTY === true
    this.#onClosed = onClosed
    stream.on('error', (error: NodeJS.ErrnoException) => this.#close(error))
  }

  /** Nobody reads any more. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  write(text: string): void {
    if (this.#isClosed || text === '') return
    if (this.isTerminal) {
      this.neighbour?.beforeText()
      this.#stream.write(text)
      this.neighbour?.afterText(text)
      return
    }
    this.#pending += text
    if (this.#pending.length >= BATCH) this.flush()
    else if (!this.#isScheduled) {
      this.#isScheduled = true
      setImmediate(() => {
        this.#isScheduled = false
        this.flush()
      })
    }
  }

  /** Waits while the reader is slower than the input. */
  async ready(): Promise<void> {
    if (!this.#stream.writableNeedDrain || this.#isClosed) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#stream.off('drain', done).off('error', done)
        resolve()
      }
      this.#stream.on('drain', done).on('error', done)
    })
  }

  /** Everything is written, or nobody reads any more. */
  async end(): Promise<void> {
    this.flush()
    await new Promise<void>((resolve) => {
      if (this.#isClosed) resolve()
      else this.#stream.write('', () => resolve())
    })
  }

  /** Writes what was gathered. Before anything goes to another stream, so that the order stays. */
  flush(): void {
    const text = this.#pending
    this.#pending = ''
    if (text !== '' && !this.#isClosed) this.#stream.write(text)
  }

  #close(error: NodeJS.ErrnoException): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (error.code !== 'EPIPE') this.failure = error
    this.#onClosed()
  }
}

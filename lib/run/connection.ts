import type { AssemblyResult } from '../result.ts'
import { Coalescer, type CoalescerOptions, timers } from '../ui/coalescer.ts'
import type { Encoder } from '../ui/encoder.ts'
import type { PlainEvent } from '../ui/plain-event.ts'
import { type Cursor, isKept, type RunLog } from './log.ts'

export interface ConnectionOptions {
  /** How deltas are joined; false: as they come. Default: 30 ms or 256 characters, of long arguments more. */
  readonly coalesce?: CoalescerOptions | false | undefined
  /** A silent connection gets a heartbeat so often: proxies and Bun close one within 10 s. Default 5000; 0: never. */
  readonly heartbeatMs?: number | undefined
}

/**
 * One client of a run: the text to be sent to it, pulled when it can take more. What it has not taken yet waits in the
 * log of the run, not here.
 *
 * ```ts
 * for await (const text of run.connect(aiSdk)) socket.send(text)
 * ```
 */
export interface Connection extends AsyncIterable<string> {
  readonly headers: Readonly<Record<string, string>>
  /**
   * The next text; undefined: the end. Rejects with the AssemblyError of an answer that broke where the protocol has
   * no word for that: the connection has to break too.
   */
  next(): Promise<string | undefined>
  /** The client has gone. */
  leave(): void
}

/** What a connection reads. */
export interface ConnectionSource {
  readonly log: RunLog
  /** The state so far as events, for an encoder that reads more than the log keeps. */
  replay(): readonly PlainEvent[]
  /** Tells of each event that comes, until `leave` is called. */
  join(listener: (event: PlainEvent) => void): void
  leave(listener: (event: PlainEvent) => void): void
}

/** So much text goes out at once: a backlog is sent in pieces, at the pace of its reader. */
const MAX_PIECE = 64 * 1024

/** So many events that the log does not keep may wait for a client that passes them on. */
const MAX_WAITING = 2000

export class ClientConnection implements Connection {
  readonly headers: Readonly<Record<string, string>>
  readonly #encoder: Encoder
  readonly #source: ConnectionSource
  readonly #coalescer: Coalescer
  readonly #heartbeatMs: number
  readonly #readsMore: boolean
  readonly #listener = (event: PlainEvent): void => this.#hear(event)
  /** Undefined until the first text is asked for: only then is the state so far read. */
  #cursor: Cursor | undefined
  /** Events that the log does not keep, each with its place in the log. */
  #others: { readonly at: number; readonly event: PlainEvent }[] = []
  #ready = ''
  #result: AssemblyResult | undefined
  #hasLeft = false
  #failure: unknown
  #wake: (() => void) | undefined

  constructor(encoder: Encoder, source: ConnectionSource, options: ConnectionOptions) {
    const { coalesce, heartbeatMs = 5000 } = options
    this.headers = encoder.headers
    this.#encoder = encoder
    this.#source = source
    const pace = coalesce === false ? { ms: 0 } : coalesce
    this.#coalescer = new Coalescer((event) => this.#encode(event), timers, pace)
    this.#heartbeatMs = encoder.heartbeat === '' ? 0 : heartbeatMs
    this.#readsMore = [...encoder.reads].some((type) => !isKept(type))
    source.join(this.#listener)
  }

  async next(): Promise<string | undefined> {
    if (this.#cursor === undefined) this.#open()
    for (;;) {
      this.#pump()
      if (this.#failure !== undefined) return this.#fail(this.#failure)
      if (this.#ready !== '') return this.#taken()
      if (this.#hasLeft) return undefined
      if (this.#result !== undefined) return this.#end(this.#result)
      if (!(await this.#waitForMore())) return this.#encoder.heartbeat
    }
  }

  leave(): void {
    if (this.#hasLeft) return
    this.#hasLeft = true
    this.#coalescer.stop()
    this.#others = []
    this.#source.leave(this.#listener)
    this.#wake?.()
  }

  [Symbol.asyncIterator](): AsyncIterator<string, undefined> {
    return {
      next: async () => {
        const value = await this.next()
        return value === undefined ? { done: true, value } : { done: false, value }
      },
      // Not a generator's: that one would wait for the text that is pending.
      return: async () => {
        this.leave()
        return { done: true, value: undefined }
      },
    }
  }

  /** The first bytes make proxies pass on the headers, and tell the page that it is heard. */
  #open(): void {
    this.#ready = (this.#heartbeatMs > 0 ? this.#encoder.heartbeat : '') + this.#encoder.open()
    this.#cursor = this.#source.log.cursor(this.#readsMore ? 'end' : 'start')
    if (!this.#readsMore) return
    this.#others = []
    for (const event of this.#source.replay()) this.#write(event)
  }

  #hear(event: PlainEvent): void {
    if (this.#cursor === undefined) return
    if (!isKept(event.type)) {
      if (!this.#encoder.reads.has(event.type)) return
      this.#others.push({ at: this.#source.log.size, event })
      if (this.#others.length > MAX_WAITING) this.#failure = new Error('The client is too slow')
    }
    if (this.#wake === undefined) return
    this.#pump()
    if (this.#ready !== '' || this.#result !== undefined || this.#failure !== undefined) this.#wake()
  }

  /** Reads on until there is something to send. */
  #pump(): void {
    while (this.#ready === '' && this.#cursor !== undefined && !this.#hasLeft) {
      const event = this.#nextEvent(this.#cursor)
      if (event === undefined) return
      this.#write(event)
    }
  }

  #nextEvent(cursor: Cursor): PlainEvent | undefined {
    const other = this.#others[0]
    if (other === undefined) return this.#source.log.read(cursor, MAX_PIECE)
    if (other.at > cursor.at) return this.#source.log.read(cursor, Math.min(MAX_PIECE, other.at - cursor.at))
    return this.#others.shift()?.event
  }

  #write(event: PlainEvent): void {
    if (this.#encoder.reads.has(event.type)) this.#coalescer.write(event)
    if (event.type === 'end') this.#result = event.result
  }

  #encode(event: PlainEvent): void {
    try {
      this.#ready += this.#encoder.encode(event)
    } catch (defect) {
      this.#failure = defect
    }
    if (this.#ready !== '' || this.#failure !== undefined) this.#wake?.()
  }

  /** False: it is time for a heartbeat. */
  async #waitForMore(): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hasMore = await new Promise<boolean>((resolve) => {
      this.#wake = () => resolve(true)
      if (this.#heartbeatMs > 0) timer = setTimeout(() => resolve(false), this.#heartbeatMs)
    })
    clearTimeout(timer)
    this.#wake = undefined
    return hasMore
  }

  #taken(): string {
    const text = this.#ready
    this.#ready = ''
    return text
  }

  #end(result: AssemblyResult): undefined {
    this.leave()
    if (result.error !== undefined && !this.#encoder.tellsFailure) throw result.error
    return undefined
  }

  #fail(failure: unknown): never {
    this.#failure = undefined // told once, like the end
    this.leave()
    throw failure
  }
}

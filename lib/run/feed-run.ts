import { Assembler } from '../assembler.ts'
import type { AssemblyEvent } from '../events.ts'
import type { AssemblyInput } from '../from/source.ts'
import type { AssemblyResult } from '../result.ts'
import { Feed } from '../to/feed.ts'
import type { Encoder, Protocol } from '../ui/encoder.ts'
import type { PlainEvent } from '../ui/plain-event.ts'
import type { CreateChatCompletionResponse } from '../wire/index.ts'
import { Attendance } from './attendance.ts'
import { ClientConnection, type Connection, type ConnectionOptions } from './connection.ts'
import { eventsOf } from './events-of.ts'
import { isKept, RunLog } from './log.ts'
import type { Run, RunOptions } from './run.ts'

/**
 * Begins a run, which reads at once. Throws a RangeError on bad options.
 *
 * ```ts
 * const run = createRun((signal) => fetch(url, { ...request, signal }), { onFinish: save })
 * return toResponse(run, aiSdk)
 * ```
 */
export function createRun(input: AssemblyInput, options: RunOptions = {}): Run {
  return new FeedRun(input, options)
}

/** The reason of an abort that no one asked for. */
class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

type EndEvent = Extract<AssemblyEvent, { readonly type: 'end' }>
type CallDoneEvent = Extract<AssemblyEvent, { readonly type: 'tool_calls.done' }>

class FeedRun implements Run {
  readonly id: string
  readonly result: Promise<AssemblyResult>
  readonly finished: Promise<void>
  readonly #options: RunOptions
  readonly #feed: Feed
  readonly #log = new RunLog()
  readonly #attendance: Attendance
  readonly #listeners = new Set<(event: AssemblyEvent) => void>()
  readonly #connections = new Set<(event: PlainEvent) => void>()
  /** What a snapshot does not show: which calls are done, and how it ended. */
  readonly #doneCalls: CallDoneEvent[] = []
  #end: EndEvent | undefined
  /** The newest event that shows the completion, or an empty one. */
  #shown: { readonly snapshot: CreateChatCompletionResponse } = { snapshot: new Assembler().snapshot() }
  #isTelling = false
  #clientGone = false

  constructor(input: AssemblyInput, options: RunOptions) {
    this.id = options.id ?? crypto.randomUUID()
    this.#options = options
    this.#attendance = new Attendance(options.onClientGone ?? 'continue', () => this.#loseClients())
    this.#feed = new Feed(input, { ...options, coalesce: options.coalesce ?? true })
    this.#feed.onEvent = (event) => this.#tell(event)
    this.result = this.#feed.settled
    this.finished = this.result.then((result) => this.#finish(result))
    void this.#read()
  }

  snapshot(): CreateChatCompletionResponse {
    return this.#end?.result.completion ?? this.#shown.snapshot
  }

  subscribe(listener: (event: AssemblyEvent) => void): () => void {
    let isWanted = true
    const begin = (): void => {
      for (const event of this.#soFar()) if (isWanted) this.#guarded(listener, event)
      if (isWanted && this.#end === undefined) this.#listeners.add(listener)
    }
    // Between the events of one chunk the completion is ahead of what was told.
    if (this.#isTelling) queueMicrotask(begin)
    else begin()
    return () => {
      isWanted = false
      this.#listeners.delete(listener)
    }
  }

  connect(protocol: Protocol, options: ConnectionOptions = {}): Connection {
    const source = {
      log: this.#log,
      replay: () => this.#soFar(),
      join: (listener: (event: PlainEvent) => void) => {
        this.#attendance.enter()
        this.#connections.add(listener)
      },
      leave: (listener: (event: PlainEvent) => void) => {
        this.#connections.delete(listener)
        this.#attendance.leave()
      },
    }
    return new ClientConnection(this.#encoderOf(protocol), source, options)
  }

  abort(reason?: unknown): void {
    this.#feed.abort(reason)
  }

  #encoderOf(protocol: Protocol): Encoder {
    return typeof protocol === 'function' ? protocol({ runId: this.id, messageId: this.id }) : protocol
  }

  async #read(): Promise<void> {
    while ((await this.#feed.step()) === undefined);
  }

  /** Must not throw: the assembler would take it as a failure of the whole answer. */
  #tell(event: AssemblyEvent): void {
    this.#isTelling = true
    if ('snapshot' in event) this.#shown = event
    if (event.type === 'tool_calls.done') this.#doneCalls.push(event)
    if (event.type === 'end') {
      this.#end = event
      this.#attendance.close()
    }
    if (isKept(event.type)) this.#log.append(event)
    for (const listener of this.#listeners) this.#guarded(listener, event)
    for (const hear of this.#connections) hear(event)
    if (event.type === 'end') this.#listeners.clear()
    this.#isTelling = false
  }

  /** All that was told, put together. */
  #soFar(): AssemblyEvent[] {
    const end = this.#end === undefined ? [] : [this.#end]
    return [...eventsOf(this.snapshot()), ...this.#doneCalls, ...end]
  }

  /** One that throws is told no more; the others, and the run, go on. */
  #guarded(listener: (event: AssemblyEvent) => void, event: AssemblyEvent): void {
    try {
      listener(event)
    } catch (error) {
      this.#listeners.delete(listener)
      this.#report(error)
    }
  }

  #loseClients(): void {
    this.#clientGone = true
    this.#feed.abort(new ClientGone('The last client has gone'))
  }

  async #finish(result: AssemblyResult): Promise<void> {
    try {
      await this.#options.onFinish?.(result, { id: this.id, clientGone: this.#clientGone })
    } catch (error) {
      this.#report(error)
    }
  }

  /** What the caller's own code throws must not end the process, and must not be lost either. */
  #report(error: unknown): void {
    const { onError = (thrown: unknown) => console.error('deltafold: a run met an error', thrown) } =
      this.#options
    try {
      onError(error)
    } catch {
      // The last resort has failed: there is nobody left to tell.
    }
  }
}

import type { AssemblyEvent } from '../events.ts'
import type { AssemblyResult } from '../result.ts'
import type { AssembleOptions } from '../to/feed.ts'
import type { Protocol } from '../ui/encoder.ts'
import type { CreateChatCompletionResponse } from '../wire/index.ts'
import type { ClientGonePolicy } from './attendance.ts'
import type { Connection, ConnectionOptions } from './connection.ts'

/** How a run came to its end, beside what its result says. */
export interface RunEnding {
  readonly id: string
  /** It was stopped because its last client had gone, not by `abort()`. */
  readonly clientGone: boolean
}

export interface RunOptions extends AssembleOptions {
  /** Names the run and its message, the same for every client. Default: a random UUID. */
  readonly id?: string | undefined
  /** As in an assembler, but on by default: pages want the text, not each token of it. */
  readonly coalesce?: boolean | undefined
  /** What becomes of the answer when the last client has gone. Default 'continue'. */
  readonly onClientGone?: ClientGonePolicy | undefined
  /** Called exactly once, however the run ended: the place to save the message. */
  readonly onFinish?: ((result: AssemblyResult, ending: RunEnding) => unknown) | undefined
  /** Told what `onFinish`, or a subscriber, threw. Default: `console.error`. */
  readonly onError?: ((error: unknown) => void) | undefined
}

/**
 * A hot handle on one upstream: it is read to its end once, as fast as it comes, whoever listens. Clients come late,
 * leave and come again; each gets the state so far and goes on from there.
 *
 * ```ts
 * const run = createRun((signal) => fetch(url, { ...request, signal }), { onFinish: save })
 * return toResponse(run, aiSdk)
 * ```
 */
export interface Run {
  readonly id: string
  /** How it ended. Never rejects. */
  readonly result: Promise<AssemblyResult>
  /** When `onFinish` is through, too. Never rejects; made for `waitUntil`. */
  readonly finished: Promise<void>
  /** The completion so far. */
  snapshot(): CreateChatCompletionResponse
  /**
   * Tells the state so far as events, then every event as it comes, up to `end`. Not a client: it may leave without
   * consequence. Gives what unsubscribes.
   */
  subscribe(listener: (event: AssemblyEvent) => void): () => void
  /** A client: the stream in its own language, at its own pace. */
  connect(protocol: Protocol, options?: ConnectionOptions): Connection
  /** Stops the upstream. Clients are told; one that merely leaves is another matter, see `onClientGone`. */
  abort(reason?: unknown): void
}

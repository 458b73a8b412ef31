import type { AssemblyEventType } from '../events.ts'
import type { PlainEvent } from './plain-event.ts'

/**
 * Writes the events of one stream in the language of one client. Pure: text out, nothing else. It remembers what it has
 * said, so each response has one of its own.
 *
 * ```ts
 * const encoder = aiSdk()
 * response.writeHead(200, encoder.headers)
 * for await (const event of assembly) response.write(encoder.encode(event))
 * ```
 */
export interface Encoder {
  /** What the response must say of itself, in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The events that it reads; any other may be kept from it. */
  readonly reads: ReadonlySet<AssemblyEventType>
  /** What opens the stream, to be sent before the first event is there. Said once, here or by the first `encode`. */
  open(): string
  /** The text of an event, empty where there is nothing to say. The `end` event closes the stream. */
  encode(event: PlainEvent): string
  /** Text that keeps a silent connection alive and means nothing; empty where the protocol has none. */
  readonly heartbeat: string
  /** False: the protocol has no word for an answer that is not complete, so the connection has to break instead. */
  readonly tellsFailure: boolean
}

/** The names of a stream, the same for every client that reads it. */
export interface StreamIdentity {
  readonly runId: string
  readonly messageId: string
}

/**
 * What a response speaks: the function that makes its encoder (`aiSdk`, or one of your own that passes options on), or
 * an encoder that has said nothing yet.
 */
export type Protocol = Encoder | ((identity: StreamIdentity) => Encoder)

/** What every event stream needs so that no proxy holds or compresses it. */
export const sseHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform: compressing middleware otherwise gathers the frames of a whole answer.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/** The same for text that is no event stream. */
export const textHeaders: Readonly<Record<string, string>> = {
  ...sseHeaders,
  'content-type': 'text/plain; charset=utf-8',
}

/** A comment: every client of a server-sent event stream ignores it. */
export const sseHeartbeat = ': keep-alive\n\n'

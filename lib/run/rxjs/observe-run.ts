import { Observable } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import { inlet } from '../../to/rxjs/inlet.ts'
import { snapshots } from '../../to/rxjs/snapshots.ts'
import { text } from '../../to/rxjs/text.ts'
import type { Protocol } from '../../ui/encoder.ts'
import type { CreateChatCompletionResponse } from '../../wire/index.ts'
import type { ConnectionOptions } from '../connection.ts'
import type { Run } from '../run.ts'
import { type SseMessage, toMessages } from './sse-messages.ts'

/**
 * A run as Observables. All are hot: a late subscriber gets the state so far first, and unsubscribing leaves the run as
 * it is. What cannot say how the answer ended errors with its AssemblyError unless it is complete.
 */
export interface ObservableRun {
  /** The state so far as events, then every event; `end`, the last one, says how it ended. Never errors. */
  readonly event$: Observable<AssemblyEvent>
  /** The completion as it grows, beginning with what there is. */
  readonly snapshot$: Observable<CreateChatCompletionResponse>
  /** The text of the first choice, beginning with all there is of it in one piece. */
  readonly text$: Observable<string>
  /**
   * The stream of one client, as the messages of a NestJS `@Sse()` handler. Each subscription is a client, and
   * unsubscribing is its leaving. Never errors: Nest would send that error as a message of its own, which no client of
   * these protocols can read. Throws a TypeError for a protocol that is no event stream.
   */
  toSse(protocol: Protocol, options?: ConnectionOptions): Observable<SseMessage>
}

/**
 * A run for services that speak RxJS.
 *
 * ```ts
 * @Sse('chat', { method: RequestMethod.POST })
 * chat(@Body() body: ChatRequest) {
 *   return observeRun(createRun((signal) => this.ask(body, signal), { onFinish: save })).toSse(aiSdk)
 * }
 * ```
 */
export function observeRun(run: Run): ObservableRun {
  const event$ = new Observable<AssemblyEvent>((subscriber) => {
    let unsubscribe: (() => void) | undefined
    // Set before the replay, which is told before there is anything to unsubscribe from.
    subscriber.add(() => unsubscribe?.())
    unsubscribe = run.subscribe((event) => {
      subscriber.next(event)
      if (event.type === 'end') subscriber.complete()
    })
    if (subscriber.closed) unsubscribe()
  })
  return {
    event$,
    snapshot$: failing(event$).pipe(snapshots()),
    text$: failing(event$).pipe(text()),
    toSse: (protocol, options) => toSse(run, protocol, options),
  }
}

/** The same events, and then the error of an answer that is not complete. */
function failing(event$: Observable<AssemblyEvent>): Observable<AssemblyEvent> {
  return new Observable((subscriber) => {
    inlet(event$, subscriber, (event) => {
      subscriber.next(event)
      if (event.type === 'end' && event.result.error !== undefined) subscriber.error(event.result.error)
    })
  })
}

function toSse(run: Run, protocol: Protocol, options?: ConnectionOptions): Observable<SseMessage> {
  const { headers } =
    typeof protocol === 'function' ? protocol({ runId: run.id, messageId: run.id }) : protocol
  if (!headers['content-type']?.startsWith('text/event-stream'))
    throw new TypeError('toSse() takes a protocol of server-sent events; return a Response for any other')
  return new Observable((subscriber) => {
    const connection = run.connect(protocol, options)
    const send = async (): Promise<void> => {
      for await (const piece of connection) for (const message of toMessages(piece)) subscriber.next(message)
    }
    const complete = (): void => subscriber.complete()
    // Where the connection fails, all that can be said is the end.
    send().then(complete, complete)
    return () => connection.leave()
  })
}

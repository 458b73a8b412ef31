import { Observable, type OperatorFunction } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import type { CreateChatCompletionResponse } from '../../wire/index.ts'
import { inlet } from './inlet.ts'

/**
 * Events to the whole completion, once. Errors with the AssemblyError of a stream that is not complete, also with
 * `onFailure: 'event'`. Leaves the source at the `end` event; one that completes without it gives nothing.
 *
 * ```ts
 * const completion = await firstValueFrom(events.pipe(finalCompletion()))
 * ```
 */
export function finalCompletion(): OperatorFunction<AssemblyEvent, CreateChatCompletionResponse> {
  return (source) =>
    new Observable((subscriber) => {
      inlet(source, subscriber, (event) => {
        if (event.type !== 'end') return
        const { error, completion } = event.result
        if (error !== undefined) return subscriber.error(error)
        subscriber.next(completion)
        subscriber.complete()
      })
    })
}

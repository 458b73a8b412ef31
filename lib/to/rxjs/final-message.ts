import { Observable, type OperatorFunction } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import type { ChatCompletionResponseMessage } from '../../wire/index.ts'
import { finalCompletion } from './final-completion.ts'
import { inlet } from './inlet.ts'

/**
 * Events to the whole message of a choice, once. Errors as `finalCompletion()` does, and with a RangeError if there
 * is no such choice.
 *
 * ```ts
 * const { content } = await firstValueFrom(events.pipe(finalMessage()))
 * ```
 */
export function finalMessage(choice = 0): OperatorFunction<AssemblyEvent, ChatCompletionResponseMessage> {
  return (source) =>
    new Observable((subscriber) => {
      inlet(finalCompletion()(source), subscriber, ({ choices }) => {
        const found = choices.find(({ index }) => index === choice)
        if (found === undefined)
          return subscriber.error(new RangeError(`The completion has no choice ${choice}`))
        subscriber.next(found.message)
        subscriber.complete()
      })
    })
}

import { Observable, type OperatorFunction } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import { inlet } from './inlet.ts'

/**
 * Events to the pieces of a choice's reasoning, as they come: one text, under whatever keys the provider sends it.
 *
 * ```ts
 * events.pipe(reasoning()).subscribe((piece) => showThought(piece))
 * ```
 */
export function reasoning(choice = 0): OperatorFunction<AssemblyEvent, string> {
  return (source) =>
    new Observable((subscriber) => {
      inlet(source, subscriber, (event) => {
        if (event.type === 'reasoning.delta' && event.choice === choice) subscriber.next(event.delta)
      })
    })
}

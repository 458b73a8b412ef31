import { Observable, type OperatorFunction } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import { inlet } from './inlet.ts'

/**
 * Events to the pieces of a choice's text, as they come.
 *
 * ```ts
 * events.pipe(text()).subscribe((piece) => process.stdout.write(piece))
 * ```
 */
export function text(choice = 0): OperatorFunction<AssemblyEvent, string> {
  return (source) =>
    new Observable((subscriber) => {
      inlet(source, subscriber, (event) => {
        if (event.type === 'content.delta' && event.choice === choice) subscriber.next(event.delta)
      })
    })
}

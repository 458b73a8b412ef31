import { Observable, type OperatorFunction, type Subscriber } from 'rxjs'
import { Assembler } from '../../assembler.ts'
import { faultFrom } from '../../errors.ts'
import type { AssemblyEvent } from '../../events.ts'
import { isSource } from '../../from/response.ts'
import type { AssemblyInput, SourceItem } from '../../from/source.ts'
import type { AssemblerOptions } from '../../options.ts'
import { type Assembly, assemble as assembleInput } from '../assembly.ts'
import { hostClock } from '../clock.ts'
import { endByFailure } from '../failure.ts'
import type { AssembleOptions } from '../feed.ts'
import { writeItem } from '../write-item.ts'
import { inlet } from './inlet.ts'

export interface AssembleOperatorOptions extends Omit<AssemblerOptions, 'onEvent'> {
  /**
   * What a stream that is not complete comes to, after all its events: `error` errors with its AssemblyError;
   * `event` completes, for the `end` event has said it. Servers want that. Default 'error'.
   */
  readonly onFailure?: 'error' | 'event' | undefined
}

/**
 * Assembles a source, as in `./core`: see {@link Assembly}. A source is text, bytes, a function, or an object that
 * is a response, a promise, a stream or an iterable.
 */
export function assemble(input: AssemblyInput, options?: AssembleOptions): Assembly
/**
 * The operator: bytes, text, server-sent events or chunks to events, in one hop and in the same tick. Anything
 * that is not a source is its options.
 *
 * Once the answer has ended it leaves its source at once. It always gives an `end` event, the last one, unless it
 * is unsubscribed before.
 *
 * ```ts
 * fromResponse(request).pipe(assemble({ onFailure: 'event' })).subscribe((event) => send(event))
 * ```
 */
export function assemble(options?: AssembleOperatorOptions): OperatorFunction<SourceItem, AssemblyEvent>
export function assemble(
  first?: AssemblyInput | AssembleOperatorOptions,
  options?: AssembleOptions,
): Assembly | OperatorFunction<SourceItem, AssemblyEvent> {
  if (isSource(first)) return assembleInput(first, options)
  if (first !== undefined && (typeof first !== 'object' || first === null || 'subscribe' in first))
    throw new TypeError(
      'assemble() takes a source or options; an Observable is piped: source.pipe(assemble())',
    )
  new Assembler(first) // bad options throw here, not in every subscription
  return (source) => new Observable((subscriber) => run(source, subscriber, first ?? {}))
}

function run(
  source: Observable<SourceItem>,
  subscriber: Subscriber<AssemblyEvent>,
  { onFailure = 'error', ...options }: AssembleOperatorOptions,
): void {
  const assembler = new Assembler({
    clock: hostClock,
    ...options,
    onEvent: (event) => {
      if (!subscriber.closed) subscriber.next(event)
    },
  })
  const attempt = (write: () => void): void => {
    try {
      write()
    } catch (thrown) {
      assembler.fail(faultFrom(thrown))
    }
    const { result } = assembler
    if (subscriber.closed) return // unsubscribed meanwhile
    if (result?.error !== undefined && onFailure === 'error') subscriber.error(result.error)
    else if (result !== undefined) subscriber.complete()
  }
  attempt(() => {}) // a content type that cannot be read has ended it already
  if (subscriber.closed) return
  // Unsubscribed in the middle of a large piece: the rest of it need not be read.
  subscriber.add(() => void assembler.abort())
  inlet(source, subscriber, (item) => attempt(() => writeItem(assembler, item)), {
    error: (error) => attempt(() => endByFailure(assembler, error)),
    complete: () => attempt(() => assembler.end()),
  })
}

import { Observable, type OperatorFunction } from 'rxjs'
import { isWhole } from '../../from/chunks.ts'
import { FrameParser } from '../../from/frames.ts'
import { type Limits, limitsFrom } from '../../limits.ts'
import type { ServerSentEvent } from '../../wire/index.ts'
import { inlet } from './inlet.ts'
import { stageError } from './stage-error.ts'

/**
 * Bytes or text, cut anywhere, to server-sent events. When the source completes, a last event that only lacks its
 * blank line is given out if its data is whole. A JSON body has no events: only `assemble()` reads both. Errors with
 * an AssemblyError `limit_event`.
 *
 * ```ts
 * fromResponse(request).pipe(parseSse()).subscribe(({ event, data }) => log(event, data))
 * ```
 */
export function parseSse(
  options: Partial<Pick<Limits, 'maxEventBytes'>> = {},
): OperatorFunction<Uint8Array | string, ServerSentEvent> {
  const { maxEventBytes } = limitsFrom(options)
  return (source) =>
    new Observable((subscriber) => {
      let frame = 0
      const listener = {
        onFrame(event: ServerSentEvent): void {
          frame++
          subscriber.next(event)
        },
      }
      const frames = new FrameParser(listener, maxEventBytes)
      const attempt = (read: () => void): void => {
        try {
          read()
        } catch (thrown) {
          subscriber.error(stageError(thrown, { frame: frame + 1, byte: frames.byte }))
        }
      }
      inlet(source, subscriber, (bytes) => attempt(() => frames.write(bytes)), {
        complete: () =>
          attempt(() => {
            const tail = frames.tail()
            if (tail !== undefined && (isWhole(tail.data) || tail.event === 'error')) listener.onFrame(tail)
            subscriber.complete()
          }),
      })
    })
}

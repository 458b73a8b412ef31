import { Observable, type OperatorFunction, type Subscriber } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import type { CreateChatCompletionResponse } from '../../wire/index.ts'
import { inlet } from './inlet.ts'

export interface SnapshotsOptions {
  /** At most one snapshot in so many milliseconds: the first at once, the newest when they are over. Default 0. */
  readonly every?: number | undefined
}

/**
 * Events to the completion as it grows. Snapshots are immutable and share what did not change. The last one is the
 * completion of the result, whatever became of the stream.
 *
 * ```ts
 * events.pipe(snapshots({ every: 50 })).subscribe((completion) => render(completion.choices[0]?.message))
 * ```
 */
export function snapshots(
  options: SnapshotsOptions = {},
): OperatorFunction<AssemblyEvent, CreateChatCompletionResponse> {
  return (source) =>
    new Observable((subscriber) => {
      const pacer = new Pacer(subscriber, options.every ?? 0)
      subscriber.add(() => pacer.stop())
      inlet(source, subscriber, (event) => pacer.take(event), {
        error: (error) => {
          pacer.tell()
          subscriber.error(error)
        },
        complete: () => {
          pacer.tell()
          subscriber.complete()
        },
      })
    })
}

type Showing = Extract<AssemblyEvent, { snapshot: unknown }>

class Pacer {
  readonly #subscriber: Subscriber<CreateChatCompletionResponse>
  readonly #every: number
  #last: CreateChatCompletionResponse | undefined
  /** The newest event that has not been told. Its snapshot is made when it is read, so it is never stale. */
  #waiting: Showing | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(subscriber: Subscriber<CreateChatCompletionResponse>, every: number) {
    this.#subscriber = subscriber
    this.#every = every
  }

  take(event: AssemblyEvent): void {
    if (event.type === 'end') {
      this.#waiting = undefined
      this.#next(event.result.completion)
    } else if ('snapshot' in event) {
      this.#waiting = event
      if (this.#every === 0) this.tell()
      else if (this.#timer === undefined) this.#tick()
    }
  }

  tell(): void {
    const event = this.#waiting
    this.#waiting = undefined
    if (event !== undefined) this.#next(event.snapshot)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #tick(): void {
    this.#timer = undefined
    if (this.#waiting === undefined) return
    this.#timer = setTimeout(() => this.#tick(), this.#every)
    this.tell()
  }

  #next(snapshot: CreateChatCompletionResponse): void {
    if (snapshot === this.#last) return
    this.#last = snapshot
    this.#subscriber.next(snapshot)
  }
}

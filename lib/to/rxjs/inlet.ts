import { Observable, type Observer, type Subscriber } from 'rxjs'

/**
 * Subscribes to `source` for `subscriber`, with public API only. The Subscriber that `new Observable` hands out is
 * there before the source gives its first value, so a synchronous source, too, sees it closed and stops in the
 * middle; the Subscription that `subscribe()` returns would come too late for that.
 */
export function inlet<In>(
  source: Observable<In>,
  subscriber: Subscriber<unknown>,
  next: (value: In) => void,
  observer: Partial<Pick<Observer<In>, 'error' | 'complete'>> = {},
): void {
  new Observable<In>((inner) => {
    subscriber.add(inner)
    inner.add(source.subscribe(inner))
  }).subscribe({
    next,
    error: observer.error ?? ((error: unknown) => subscriber.error(error)),
    complete: observer.complete ?? (() => subscriber.complete()),
  })
}

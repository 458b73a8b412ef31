import { Observable, type Subscriber } from 'rxjs'
import { Assembler } from '../../assembler.ts'
import { contentTypeOf, openInput } from '../../from/response.ts'
import type { Source } from '../../from/source.ts'
import { endByFailure } from '../failure.ts'

/**
 * The bytes of a response. Cold: each subscription makes its own request. Unsubscribing closes the upstream at
 * once, also while it is silent: it aborts the signal, and cancels the body for requests that ignore the signal. It
 * is read as fast as it comes, for an Observable cannot ask it to wait; `assemble()` of `./core` can.
 *
 * Errors with an AssemblyError: `http_status` (with the provider's message in `upstream`), `bad_content_type`, or
 * `transport` with what was thrown as its cause. Its `retryable` is made for `retry({ delay })`.
 *
 * ```ts
 * fromResponse((signal) => fetch(url, { ...request, signal })).pipe(assemble(), text()).subscribe(show)
 * ```
 */
export function fromResponse(
  request: (signal: AbortSignal) => PromiseLike<Response> | Response,
): Observable<Uint8Array> {
  return new Observable((subscriber) => {
    const download = new Download(request, subscriber)
    void download.run()
    return () => download.stop()
  })
}

class Download {
  readonly #request: (signal: AbortSignal) => PromiseLike<Response> | Response
  readonly #subscriber: Subscriber<Uint8Array>
  readonly #controller = new AbortController()
  #source: Source | undefined
  #hasEnded = false

  constructor(
    request: (signal: AbortSignal) => PromiseLike<Response> | Response,
    subscriber: Subscriber<Uint8Array>,
  ) {
    this.#request = request
    this.#subscriber = subscriber
  }

  async run(): Promise<void> {
    try {
      await this.#read()
    } catch (error) {
      this.#hasEnded = true
      this.#subscriber.error(endByFailure(new Assembler(), error).error)
    }
  }

  /** The subscriber has gone, or has been told how it ended. */
  stop(): void {
    if (this.#hasEnded) return
    this.#controller.abort()
    this.#source?.cancel()
  }

  async #read(): Promise<void> {
    const response = await this.#request(this.#controller.signal)
    const source = openInput(response)
    this.#source = source
    const { result } = new Assembler({ contentType: contentTypeOf(response) })
    if (result !== undefined) this.#subscriber.error(result.error)
    // Gone while the response was on its way: the teardown has not seen the source.
    if (this.#subscriber.closed) return source.cancel()
    for (;;) {
      const piece = await source.read()
      if (this.#subscriber.closed) return
      if (piece === undefined) break
      if (piece instanceof Uint8Array) this.#subscriber.next(piece)
    }
    this.#hasEnded = true
    this.#subscriber.complete()
  }
}

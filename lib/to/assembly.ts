import type { AssemblyEvent } from '../events.ts'
import type { AssemblyInput } from '../from/source.ts'
import type { AssemblyResult } from '../result.ts'
import type { ChatCompletionResponseMessage, CreateChatCompletionResponse } from '../wire/index.ts'
import { EventIterator } from './event-iterator.ts'
import { type AssembleOptions, Feed } from './feed.ts'

/**
 * A stream on its way to one message. Reading starts when it is first used. If it is iterated, iteration sets the
 * pace, one piece of input at a time; otherwise it is read as fast as it comes.
 *
 * ```ts
 * const assembly = assemble((signal) => fetch(url, { ...request, signal }))
 * for await (const event of assembly) if (event.type === 'content.delta') show(event.delta)
 * const { status, completion, toolCalls } = await assembly.result
 * ```
 */
export interface Assembly extends AsyncIterable<AssemblyEvent>, AsyncDisposable {
  /** How it ended, with everything assembled. Never rejects. */
  readonly result: Promise<AssemblyResult>
  /** The completion; rejects with an AssemblyError unless the stream is complete. */
  completion(): Promise<CreateChatCompletionResponse>
  /** The message of a choice; rejects as `completion()` does, and with a RangeError if there is no such choice. */
  message(choice?: number): Promise<ChatCompletionResponseMessage>
  /** Stops at once and frees the source. */
  abort(reason?: unknown): void
}

/**
 * Assembles a response, a stream or an iterable into one completion. Pass a function to have the request made
 * here: its signal stops the request itself, also before the answer has begun, and nothing is requested where
 * `options.signal` is aborted already.
 *
 * Iteration gives every event and then throws the AssemblyError of a stream that is not complete; leaving it early
 * aborts the stream. It can be iterated once: a later iteration gives the `end` event alone, when there is one.
 *
 * Leaving closes the upstream at once, also while it is silent: of a response, a ReadableStream, a Node stream,
 * an SDK's stream with a `controller`, or a request. An async generator of your own can only be closed where it
 * yields; give it the signal.
 */
export function assemble(input: AssemblyInput, options: AssembleOptions = {}): Assembly {
  return new FeedAssembly(input, options)
}

class FeedAssembly implements Assembly {
  readonly #feed: Feed
  /** By the iteration that reads it, or by the run that reads it without one. */
  #isClaimed = false

  constructor(input: AssemblyInput, options: AssembleOptions) {
    this.#feed = new Feed(input, options)
  }

  get result(): Promise<AssemblyResult> {
    // In a microtask, so that an iteration that begins in the same tick still sets the pace.
    queueMicrotask(() => this.#run())
    return this.#feed.settled
  }

  #claim(): boolean {
    const isFirst = !this.#isClaimed
    this.#isClaimed = true
    return isFirst
  }

  async #run(): Promise<void> {
    if (this.#claim()) while ((await this.#feed.step()) === undefined);
  }

  async completion(): Promise<CreateChatCompletionResponse> {
    const { completion, error } = await this.result
    if (error !== undefined) throw error
    return completion
  }

  async message(choice = 0): Promise<ChatCompletionResponseMessage> {
    const { choices } = await this.completion()
    const found = choices.find(({ index }) => index === choice)
    if (found === undefined) throw new RangeError(`The completion has no choice ${choice}`)
    return found.message
  }

  abort(reason?: unknown): void {
    this.#feed.abort(reason)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort()
    await this.#feed.settled
  }

  [Symbol.asyncIterator](): AsyncIterator<AssemblyEvent> {
    return new EventIterator(this.#feed, () => this.#claim())
  }
}

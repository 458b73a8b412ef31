import type { AssemblyEvent } from '../events.ts'
import type { AssemblySource } from '../from/source.ts'
import type { AssemblyResult } from '../result.ts'
import type { ChatCompletionResponseMessage, CreateChatCompletionResponse } from '../wire/index.ts'
import { type AssembleOptions, Feed } from './feed.ts'

/**
 * A stream on its way to one message. Reading starts when it is first used. If it is iterated, iteration sets the
 * pace, one piece of input at a time; otherwise it is read as fast as it comes.
 *
 * ```ts
 * const assembly = assemble(fetch(url, request))
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
 * Assembles a response, a stream or an iterable into one completion.
 *
 * Iteration gives every event and then throws the AssemblyError of a stream that is not complete; leaving it early
 * aborts the stream. It can be iterated once: a later iteration gives the `end` event alone, when there is one.
 */
export function assemble(
  source: AssemblySource | PromiseLike<AssemblySource>,
  options: AssembleOptions = {},
): Assembly {
  return new FeedAssembly(source, options)
}

class FeedAssembly implements Assembly {
  readonly #feed: Feed
  readonly #queue: AssemblyEvent[] = []
  readonly #result: Promise<AssemblyResult>
  #resolve: (result: AssemblyResult) => void = () => {}
  #isRunning = false
  #isIterated = false

  constructor(source: AssemblySource | PromiseLike<AssemblySource>, options: AssembleOptions) {
    this.#feed = new Feed(source, options, (event) => this.#onEvent(event))
    this.#result = new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  #onEvent(event: AssemblyEvent): void {
    if (this.#isIterated) this.#queue.push(event)
    if (event.type === 'end') this.#resolve(event.result)
  }

  get result(): Promise<AssemblyResult> {
    // In a microtask, so that an iteration that begins in the same tick still sets the pace.
    queueMicrotask(() => this.#run())
    return this.#result
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#isIterated) return
    this.#isRunning = true
    while ((await this.#feed.step()) === undefined);
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
    await this.#result
  }

  [Symbol.asyncIterator](): AsyncIterator<AssemblyEvent> {
    const isFirst = !this.#isIterated && !this.#isRunning
    if (isFirst) this.#isIterated = true
    return isFirst ? this.#iterate() : this.#iterateEnd()
  }

  async *#iterate(): AsyncGenerator<AssemblyEvent> {
    try {
      for (;;) {
        while (this.#queue.length > 0) yield* this.#queue.splice(0)
        if (this.#feed.result !== undefined) break
        await this.#feed.step()
      }
    } finally {
      this.#feed.abort() // nothing happens if it has ended
    }
    if (this.#feed.result?.error !== undefined) throw this.#feed.result.error
  }

  async *#iterateEnd(): AsyncGenerator<AssemblyEvent> {
    const result = await this.result
    yield { type: 'end', result }
    if (result.error !== undefined) throw result.error
  }
}

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeWebStream } from 'node:stream/web'
import { expect } from 'chai'
import { Observable } from 'rxjs'
import {
  Assembler,
  type AssemblerOptions,
  type AssemblyEvent,
  type AssemblyResult,
  assemble,
} from '../lib/index.ts'
import { AssemblerStream } from '../lib/node.ts'
import { AssemblerTransformStream } from '../lib/web.ts'
import { bytesOf, fixtureNamed } from './fixtures/index.ts'
import { broken, textsOf } from './helpers/growth.ts'

/**
 * Fault injection: after each byte of a stream its source errors, ends, or falls silent, and is then aborted or
 * abandoned. Whatever was there stays, a source that is left is told once, and nothing escapes: the hooks of this
 * suite fail it on a rejection that nobody has handled.
 */

const streams = [
  'openai-two-choices-interleaved',
  'openai-parallel-calls',
  'openai-content-logprobs',
  'openai-error-after-content',
  'openrouter-text-after-signature',
  'gemini-parallel-calls-without-index',
  'groq-executed-tools-sent-again',
  'mistral-string-then-thinking-then-string',
  'litellm-thinking-blocks',
  'vllm-two-calls-of-one-index-in-one-chunk',
  'minimax-cumulative-reasoning-declared',
  'any-bom-and-cr-line-ends',
].map(fixtureNamed)

const reset = new Error('reset')

type After = 'error' | 'end' | 'silence'

/** Gives the head of a stream; what comes then is asked for, and told to stop, under observation. */
class Source implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  cancels = 0
  /** The head has been read, and more is wanted. */
  readonly asked: Promise<void>
  readonly #head: Uint8Array
  readonly #after: After
  #tellAsked: () => void = () => {}
  #given = false

  constructor(head: Uint8Array, after: After) {
    this.#head = head
    this.#after = after
    this.asked = new Promise((resolve) => {
      this.#tellAsked = resolve
    })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#given) {
      this.#given = true
      return { done: false, value: this.#head }
    }
    this.#tellAsked()
    if (this.#after === 'error') throw reset
    if (this.#after === 'silence') await new Promise(() => {})
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.cancels++
    return { done: true, value: undefined }
  }

  toWeb(): ReadableStream<Uint8Array> {
    return new ReadableStream(
      {
        pull: async (controller) => {
          const { done, value } = await this.next()
          if (done) controller.close()
          else controller.enqueue(value)
        },
        cancel: () => void this.cancels++,
      },
      { highWaterMark: 0 },
    )
  }
}

/** A way to read a source whose fault comes after some bytes, and to leave it where it falls silent. */
interface Way {
  readonly name: string
  readonly after: After
  readonly status: AssemblyResult['status']
  /** Every so many bytes; the streams of a host are dear. */
  readonly step: number
  /** It reads on to the end after the answer has ended: its source ends by itself. */
  readonly swallows?: true
  readonly run: (source: Source, options: AssemblerOptions) => Promise<AssemblyResult>
}

const ways: readonly Way[] = [
  {
    name: 'errors',
    after: 'error',
    status: 'errored',
    step: 1,
    run: (source, options) => assemble(source, options).result,
  },
  {
    name: 'ends',
    after: 'end',
    status: 'truncated',
    step: 1,
    run: (source, options) => assemble(source, options).result,
  },
  {
    name: 'is aborted',
    after: 'silence',
    status: 'aborted',
    step: 1,
    run: async (source, options) => {
      const assembly = assemble(source, options)
      void assembly.result
      await Promise.race([source.asked, assembly.result])
      assembly.abort(reset)
      return assembly.result
    },
  },
  {
    name: 'is abandoned in an iteration',
    after: 'silence',
    status: 'aborted',
    step: 1,
    run: async (source, options) => {
      const assembly = assemble(source, options)
      const iterator = assembly[Symbol.asyncIterator]()
      const reading = readOn(iterator)
      await Promise.race([source.asked, assembly.result])
      await iterator.return?.()
      await reading
      return assembly.result
    },
  },
  {
    name: 'errors in RxJS',
    after: 'error',
    status: 'errored',
    step: 3,
    run: (source, options) => lastResult(observe(source).pipe(assemble({ ...options, onFailure: 'event' }))),
  },
  {
    name: 'errors in a Node pipeline',
    after: 'error',
    status: 'errored',
    step: 7,
    swallows: true,
    run: async (source, options) => {
      const stream = new AssemblerStream(options)
      await pipeline(Readable.fromWeb(source.toWeb() as NodeWebStream), stream.resume()).catch(() => {})
      return stream.result
    },
  },
  {
    name: 'is destroyed in a Node pipeline',
    after: 'silence',
    status: 'aborted',
    step: 7,
    run: async (source, options) => {
      const stream = new AssemblerStream({ ...options, onFailure: 'event' })
      const body = source.toWeb() as NodeWebStream // the same class, which Node types anew
      const fed = pipeline(Readable.fromWeb(body), stream.resume()).catch(() => {})
      await source.asked
      stream.destroy()
      await fed
      return stream.result
    },
  },
  {
    name: 'errors through a web stream',
    after: 'error',
    status: 'errored',
    step: 7,
    run: async (source, options) => {
      const stream = new AssemblerTransformStream(options)
      await readOn(source.toWeb().pipeThrough(stream)[Symbol.asyncIterator]())
      return stream.result
    },
  },
  {
    name: 'is cancelled through a web stream',
    after: 'silence',
    status: 'aborted',
    step: 7,
    run: async (source, options) => {
      const stream = new AssemblerTransformStream(options)
      const reader = source.toWeb().pipeThrough(stream).getReader()
      const reading = (async () => {
        while (!(await reader.read()).done);
      })().catch(() => {})
      await Promise.race([source.asked, stream.result])
      await reader.cancel()
      await reading
      return stream.result
    },
  },
]

describe('a source that after any byte', function () {
  this.timeout(120_000)

  for (const way of ways) {
    it(`${way.name}: what was there stays, and it is told once`, async () => {
      for (const fixture of streams) {
        const options = fixture.options ?? {}
        const bytes = bytesOf(fixture)
        const whole = textsOf(foldWhole(bytes, options).completion)
        for (let at = bytes.length; at >= 0; at -= way.step) {
          const head = bytes.subarray(0, at)
          const source = new Source(head, way.after)
          const result = await way.run(source, options)
          const before = new Assembler(options)
          before.write(head)
          const isOver = before.closed
          const place = `${fixture.name}, byte ${at}`
          const texts = textsOf(result.completion)
          const kept = textsOf(before.snapshot())
          expect(
            broken(texts, whole, (text, next) => next.startsWith(text)),
            place,
          ).to.deep.equal([])
          expect(
            broken(kept, texts, (text, next) => next.startsWith(text)),
            place,
          ).to.deep.equal([])
          expectEnding(way, result, isOver, place)
          const endsItself = way.after !== 'silence' && (!isOver || way.swallows === true)
          expect(source.cancels, place).to.equal(endsItself ? 0 : 1)
        }
      }
    })
  }
})

function expectEnding(way: Way, result: AssemblyResult, isOver: boolean, place: string): void {
  const reported = result.error?.code === 'upstream_error' || result.error?.code === 'empty_stream'
  if (isOver || reported || way.after === 'end') return
  expect(result.status, place).to.equal(way.status)
  if (way.status === 'errored') expect(result.error, place).to.include({ code: 'transport', cause: reset })
}

function foldWhole(bytes: Uint8Array, options: AssemblerOptions): AssemblyResult {
  const assembler = new Assembler(options)
  assembler.write(bytes)
  return assembler.end()
}

async function readOn(iterator: AsyncIterator<AssemblyEvent>): Promise<void> {
  try {
    while (!(await iterator.next()).done);
  } catch {
    // The result says it.
  }
}

/** Reads until nobody listens any more. */
function observe(source: Source): Observable<Uint8Array> {
  return new Observable((subscriber) => {
    let hasEnded = false
    const read = async (): Promise<void> => {
      for (;;) {
        const { done, value } = await source.next()
        if (subscriber.closed) return
        if (done) return subscriber.complete()
        subscriber.next(value)
      }
    }
    read().catch((error) => {
      hasEnded = true
      subscriber.error(error)
    })
    return () => {
      if (!hasEnded) source.cancels++
    }
  })
}

function lastResult(events: Observable<AssemblyEvent>): Promise<AssemblyResult> {
  return new Promise((resolve) => {
    events.subscribe((event) => {
      if (event.type === 'end') resolve(event.result)
    })
  })
}

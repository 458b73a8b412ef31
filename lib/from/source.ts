import type { ChatCompletionChunkLike, ServerSentEvent } from '../wire/index.ts'

/** One piece of input: bytes, text, a server-sent event, or a parsed chunk. */
export type SourceItem = Uint8Array | string | ServerSentEvent | ChatCompletionChunkLike

/** What can be assembled. A response is checked first: its status and its content type. */
export type AssemblySource =
  | Response
  | ReadableStream<SourceItem>
  | AsyncIterable<SourceItem>
  | Iterable<SourceItem>
  | Uint8Array
  | string

/** A source, a promise of one, or the request that makes one. Only a request can be stopped before its answer. */
export type AssemblyInput =
  | AssemblySource
  | PromiseLike<AssemblySource>
  | ((signal: AbortSignal) => AssemblySource | PromiseLike<AssemblySource>)

/** An input that is pulled piece by piece. */
export interface Source {
  /** The next piece; undefined: the end. */
  read(): Promise<SourceItem | undefined>
  /** Nothing more is wanted: frees the input at once, also while a read is pending. Never throws. */
  cancel(reason?: unknown): void
}

const ignore = (): void => {}

/** The body of a response, or anything else that can be iterated. Throws a TypeError at what cannot be read. */
export function openSource(source: Exclude<AssemblySource, Response>): Source {
  if (typeof source === 'string' || ArrayBuffer.isView(source)) return fromIterator([source].values())
  if (typeof source === 'object' && source !== null) {
    if ('getReader' in source) return fromReader(source.getReader())
    if (Symbol.asyncIterator in source) return fromIterator(source[Symbol.asyncIterator](), source)
    if (Symbol.iterator in source) return fromIterator(source[Symbol.iterator]())
  }
  throw new TypeError(
    'The source cannot be read: pass a Response, a ReadableStream or an (async) iterable of bytes',
  )
}

function fromReader(reader: ReadableStreamDefaultReader<SourceItem>): Source {
  return {
    async read() {
      const { done, value } = await reader.read()
      return done ? undefined : value
    },
    cancel(reason) {
      reader.cancel(reason).catch(ignore) // a stream that has failed already
    },
  }
}

/**
 * `return()` of a generator waits for the `next()` before it, which may never come: whatever stops the owner of
 * the iterator itself is called first.
 */
function fromIterator(
  iterator: Iterator<SourceItem> | AsyncIterator<SourceItem>,
  owner: object = {},
): Source {
  return {
    async read() {
      const { done, value } = await iterator.next()
      return done ? undefined : value
    },
    cancel(reason) {
      try {
        stop(owner, reason)
        Promise.resolve(iterator.return?.()).catch(ignore)
      } catch {
        // What a source throws when it is told to stop is not news to anyone.
      }
    },
  }
}

/** A Node stream is destroyed; the stream of an SDK (openai's, Anthropic's) has its request's controller. */
function stop(owner: object, reason: unknown): void {
  if ('destroy' in owner && typeof owner.destroy === 'function') owner.destroy()
  else if ('controller' in owner && owner.controller instanceof AbortController)
    owner.controller.abort(reason)
}

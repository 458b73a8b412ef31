import type { ChatCompletionChunkLike } from '../wire/index.ts'

/** One piece of input: bytes, text, or a parsed chunk. */
export type SourceItem = Uint8Array | string | ChatCompletionChunkLike

/** What can be assembled. A response is checked first: its status and its content type. */
export type AssemblySource =
  | Response
  | ReadableStream<Uint8Array>
  | AsyncIterable<SourceItem>
  | Iterable<SourceItem>
  | Uint8Array
  | string

/** An input that is pulled piece by piece. */
export interface Source {
  /** The next piece; undefined: the end. */
  read(): Promise<SourceItem | undefined>
  /** Nothing more is wanted: frees the input at once, also while a read is pending. */
  cancel(reason?: unknown): void
}

const ignore = (): void => {}

/** The body of a response, or anything else that can be iterated. */
export function openSource(source: Exclude<AssemblySource, Response>): Source {
  if (typeof source === 'string' || source instanceof Uint8Array)
    return fromIterator([source][Symbol.iterator]())
  if ('getReader' in source) return fromReader(source.getReader())
  if (Symbol.asyncIterator in source) return fromIterator(source[Symbol.asyncIterator](), source)
  if (Symbol.iterator in source) return fromIterator(source[Symbol.iterator]())
  throw new TypeError(
    'The source cannot be read: pass a Response, a ReadableStream or an (async) iterable of bytes',
  )
}

function fromReader(reader: ReadableStreamDefaultReader<Uint8Array>): Source {
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
 * `return()` of a generator waits for the `next()` before it, which may never come; a Node stream is therefore
 * destroyed.
 */
function fromIterator(iterator: Iterator<SourceItem> | AsyncIterator<SourceItem>, owner?: object): Source {
  return {
    async read() {
      const { done, value } = await iterator.next()
      return done ? undefined : value
    },
    cancel() {
      if (owner !== undefined && 'destroy' in owner && typeof owner.destroy === 'function') owner.destroy()
      Promise.resolve(iterator.return?.()).catch(ignore)
    },
  }
}

import { rest } from './upstream.ts'

/** A source whose every move is counted. */
export interface Watched<Source> {
  readonly source: Source
  /** How many pieces have been asked for, and given. */
  readonly pulls: number
  /** How often it was told to stop. */
  readonly cancels: number
}

/** What comes after the last piece: the end, an error, or silence. */
export type After = 'end' | 'silence' | Error

/** A web stream that reads nothing ahead, so that its pulls are what its reader asked for. */
export function webStream(
  pieces: readonly (Uint8Array | string)[],
  after: After = 'end',
): Watched<ReadableStream<Uint8Array>> {
  let pulls = 0
  let cancels = 0
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[pulls]
        if (piece !== undefined) {
          pulls++
          controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
        } else if (after === 'end') controller.close()
        else if (after === 'silence') return new Promise<void>(() => {})
        else controller.error(after)
        return undefined
      },
      cancel: () => void cancels++,
    },
    { highWaterMark: 0 },
  )
  return {
    source,
    get pulls() {
      return pulls
    },
    get cancels() {
      return cancels
    },
  }
}

/** An iterable with an iterator of its own making: `return()` comes through even while it is silent. */
export function asyncIterable<Item>(
  pieces: readonly Item[],
  after: After = 'end',
): Watched<AsyncIterable<Item>> {
  let pulls = 0
  let cancels = 0
  const next = async (): Promise<IteratorResult<Item>> => {
    const piece = pieces[pulls]
    if (piece !== undefined) {
      pulls++
      return { done: false, value: piece }
    }
    if (after === 'silence') await new Promise(() => {})
    if (after instanceof Error) throw after
    return { done: true, value: undefined }
  }
  const cancel = async (): Promise<IteratorResult<Item>> => {
    cancels++
    return { done: true, value: undefined }
  }
  return {
    source: { [Symbol.asyncIterator]: () => ({ next, return: cancel }) },
    get pulls() {
      return pulls
    },
    get cancels() {
      return cancels
    },
  }
}

/** Pieces at a pace. */
export async function* paced<Item>(pieces: Iterable<Item>, ms: number): AsyncGenerator<Item> {
  for (const piece of pieces) {
    await rest(ms)
    yield piece
  }
}

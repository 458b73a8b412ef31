import type { ChatCompletionChunkLike } from '../../lib/core.ts'

/** A chunk that throws where the fold reads its usage, in the middle of its work: as a defect of ours would. */
export function breakingChunk(thrown: unknown): ChatCompletionChunkLike {
  return {
    choices: [],
    get usage(): never {
      throw thrown
    },
  }
}

/** An item of a source that throws when it is asked what it is. */
export function unreadableItem(thrown: unknown): ChatCompletionChunkLike {
  return {
    get data(): never {
      throw thrown
    },
  }
}

/** A clock that throws from the `nth` time on that it is read; if it `recovers`, that time alone. */
export function breakingClock(nth: number, thrown: unknown, recovers = false): () => number {
  let reads = 0
  return () => {
    if (++reads === nth || (reads > nth && !recovers)) throw thrown
    return reads
  }
}

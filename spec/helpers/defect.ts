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

/** A clock that throws when it is read for the `nth` time, and goes on after that. */
export function breakingClock(nth: number, thrown: unknown): () => number {
  let reads = 0
  return () => {
    if (++reads === nth) throw thrown
    return reads
  }
}

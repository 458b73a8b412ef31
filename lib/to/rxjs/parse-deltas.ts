import { Observable, type OperatorFunction } from 'rxjs'
import type { ChatCompletionChunk, ChatCompletionStreamResponseDelta } from '../../wire/index.ts'
import { inlet } from './inlet.ts'

/** A delta, whose it is, and the chunk in which it came. */
export interface ChoiceDelta {
  /** The index of the choice; 0 where the provider sent none. */
  readonly choice: number
  readonly delta: ChatCompletionStreamResponseDelta
  readonly chunk: ChatCompletionChunk
}

/**
 * Chunks to the deltas in them, as they came. Nothing is merged or checked: `assemble()` knows the dialects.
 *
 * ```ts
 * chunks.pipe(parseDeltas()).subscribe(({ choice, delta }) => log(choice, delta.content))
 * ```
 */
export function parseDeltas(): OperatorFunction<ChatCompletionChunk, ChoiceDelta> {
  return (source) =>
    new Observable((subscriber) => {
      inlet(source, subscriber, (chunk) => {
        for (const choice of Array.isArray(chunk.choices) ? chunk.choices : []) {
          const delta = choice?.delta
          if (delta) subscriber.next({ choice: choice.index ?? 0, delta, chunk })
        }
      })
    })
}

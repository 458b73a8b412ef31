import fc from 'fast-check'
import type { JsonObject } from '../reference/values.ts'
import { encode, encoding } from './encoding.ts'
import type { Intended } from './segments.ts'
import { textPieces } from './text.ts'

export interface CumulativeStream {
  chunks: JsonObject[]
  bytes: Uint8Array
  options: { cumulative: true | readonly string[] }
  intended: Intended
}

const FIELDS = ['content', 'reasoning_content'] as const

/** The text so far in every delta; one in which nothing came repeats the last text. */
function snapshots(pieces: readonly string[]): string[] {
  return pieces.map((_, at) => pieces.slice(0, at + 1).join(''))
}

/** A provider that sends in each delta the whole text so far, which the caller has to declare (dialects.md 3.7). */
export function arbitraryCumulativeStream(): fc.Arbitrary<CumulativeStream> {
  const declared = fc.constantFrom<true | readonly string[]>(true, FIELDS)
  return fc
    .tuple(textPieces(), textPieces(), declared, encoding())
    .map(([reasoning, content, cumulative, style]) => {
      const thoughts = snapshots(reasoning).map((text) => ({ reasoning_content: text }))
      const answers = snapshots(content).map((text) => ({ content: text }))
      const deltas: JsonObject[] = [{ role: 'assistant', content: '' }, ...thoughts, ...answers]
      const entries: JsonObject[] = [
        ...deltas.map((delta) => ({ index: 0, delta })),
        { index: 0, delta: {}, finish_reason: 'stop' },
      ]
      const chunks = entries.map((entry) => ({ id: 'c1', created: 1, model: 'm', choices: [entry] }))
      return {
        chunks,
        bytes: encode(
          chunks.map((chunk) => ({ chunk })),
          style,
        ),
        options: { cumulative },
        intended: { content: content.join(''), reasoning: { reasoning_content: reasoning.join('') } },
      }
    })
}

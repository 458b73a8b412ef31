import fc from 'fast-check'
import type { JsonObject } from './reference/values.ts'
import { chunks } from './streams/chunks.ts'
import { encode, encoding, unglued } from './streams/encoding.ts'
import type { Intended } from './streams/segments.ts'
import { framesWith, isIndexFault, type Trouble, trouble } from './streams/troubles.ts'

export { arbitraryCumulativeStream, type CumulativeStream } from './streams/cumulative.ts'
export { arbitraryCuts, cut } from './streams/cuts.ts'

export interface GeneratedStream {
  /** Every chunk of the body, in order, also one with an error or a wrong type. */
  chunks: JsonObject[]
  /** The body: frames, comments, `[DONE]` and what else a provider writes. */
  bytes: Uint8Array
  /** How the caller must read it. */
  options: { choices?: 1; onBadChunk?: 'skip'; requireFinishReason?: true }
  /** What choice 0, 1, 2 … should hold: known to the generator without folding, true only of a whole stream. */
  intended: Intended[]
  /** Nothing wrong in it and nothing cut off. */
  whole: boolean
  trouble: Trouble
  /** Length of `bytes` before a random cut, or undefined. */
  cutFrom: number | undefined
}

function arbitraryOptions(): fc.Arbitrary<{ onBadChunk?: 'skip'; requireFinishReason?: true }> {
  return fc.constantFrom({}, {}, { onBadChunk: 'skip' as const }, { requireFinishReason: true as const })
}

/**
 * A whole answer as a provider might write it, realistic and nasty: any field in any dialect, any framing, with or
 * without an error, a broken frame or a cut.
 *
 *     fc.assert(fc.property(arbitraryStream(), ({ bytes, options }) => { … }), runs(500))
 */
export function arbitraryStream(): fc.Arbitrary<GeneratedStream> {
  // Counted from the end: small numbers, which fast-check prefers, cut the last frames in pieces.
  const cutOff = fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.nat(9999) },
  )
  return fc
    .tuple(chunks(), trouble(), encoding(), arbitraryOptions(), cutOff)
    .map(([generated, planned, written, options, off]) => {
      const hidden = generated.oneChoice && isIndexFault(planned.frame)
      const wrong = hidden ? { trouble: 'none' as const, frame: undefined, place: 0 } : planned
      const frames = framesWith(generated.chunks, wrong)
      const bytes = encode(frames, off === undefined ? written : unglued(written))
      const end = off === undefined ? bytes.length : bytes.length - (off % (bytes.length + 1))
      return {
        chunks: frames.map(({ chunk }) => chunk).filter((chunk) => chunk !== undefined),
        bytes: bytes.slice(0, end),
        options: { ...options, ...(generated.oneChoice ? { choices: 1 as const } : {}) },
        intended: generated.intended,
        whole: wrong.trouble === 'none' && off === undefined,
        trouble: wrong.trouble,
        cutFrom: off === undefined ? undefined : bytes.length,
      }
    })
}

const SEED = 20_260_901

/**
 * Parameters of a property: a fixed seed, so that a failure is the same for everyone; fast-check prints it.
 * FC_SEED=random (or a number) takes another one, FC_RUNS=10 runs ten times as many.
 */
export function runs(count: number): { numRuns: number; seed: number } {
  const { FC_SEED: seed, FC_RUNS: factor } = process.env
  return {
    numRuns: Math.max(1, Math.round(count * Number(factor ?? 1))),
    seed: seed === 'random' ? Math.trunc(Math.random() * 2 ** 31) : Number(seed ?? SEED),
  }
}

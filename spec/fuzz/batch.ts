import fc from 'fast-check'
import type { AssemblerOptions } from '../../lib/core.ts'
import { sharedTemplates } from '../../lib/from/template/cache.ts'
import { cutAnywhere } from '../helpers/cut-streams.ts'
import { describeMismatch } from '../helpers/mismatches.ts'
import { arbitraryMutatedStream, type Recording } from '../helpers/streams/mutated.ts'
import { arbitraryRepetitiveStream } from '../helpers/streams/repetitive.ts'
import { arbitraryStream } from '../helpers/streams.ts'
import { type Compared, compareByTurns, compareWays, nothingCompared, sumOf } from '../helpers/template.ts'

/** Streams of a batch that are made up, and recordings of one that has these. */
const STREAMS = 100
const RECORDINGS = 10
/** Enough to learn a template, to match it, and to have something broken after that. */
const LONGEST_RUN = 12
/** A stream cut at every byte takes as long as ten others. */
const SOME_CUTS = 30
/** Of a longer recording it is not looked at every fifth snapshot. */
const LONG = 10_000

/** What a batch has found. */
export interface Outcome {
  readonly compared: Compared
  /** The first difference, and the least input that still shows it. */
  readonly difference?: string
}

interface CutStream {
  readonly bytes: Uint8Array
  readonly pieces: readonly Uint8Array[]
  readonly options: AssemblerOptions
}

/** One stream is folded in all ways, several are folded by turns. */
interface Plan {
  readonly streams: readonly CutStream[]
  readonly saveAt: number
  readonly isFresh: boolean
  readonly isPortable: boolean
  readonly isNested: boolean
}

/** Batches of streams that follow from a seed and a number, so that any of them can be had again. */
export class Batches {
  readonly #seed: number
  readonly #recordings: readonly Recording[]
  readonly #madeUp: fc.Arbitrary<Plan>

  constructor(seed: number, recordings: readonly Recording[]) {
    this.#seed = seed
    this.#recordings = recordings
    const stream: fc.Arbitrary<CutStream> = fc.oneof(
      { weight: 3, arbitrary: cutAnywhere(arbitraryRepetitiveStream(LONGEST_RUN), SOME_CUTS) },
      { weight: 1, arbitrary: cutAnywhere(arbitraryStream(), SOME_CUTS) },
      { weight: 6, arbitrary: cutAnywhere(arbitraryMutatedStream(recordings), SOME_CUTS) },
    )
    this.#madeUp = fc.oneof(
      { weight: 6, arbitrary: planOf(fc.tuple(stream)) },
      { weight: 1, arbitrary: planOf(fc.array(stream, { minLength: 2, maxLength: 12, size: 'max' })) },
    )
  }

  /** The first ones are the recordings as they are. */
  run(number: number): Outcome {
    // A batch must not depend on what this process has folded before.
    sharedTemplates().clear()
    const recordings = this.#recordings.slice(number * RECORDINGS, (number + 1) * RECORDINGS)
    if (recordings.length === 0) return this.#check(this.#madeUp, number, STREAMS)
    let compared = nothingCompared
    for (const recording of recordings) {
      const stream = cutAnywhere(fc.constant(recording), SOME_CUTS)
      const outcome = this.#check(planOf(fc.tuple(stream)), number, 1)
      compared = sumOf(compared, outcome.compared)
      if (outcome.difference !== undefined) return { ...outcome, compared }
    }
    return { compared }
  }

  #check(plans: fc.Arbitrary<Plan>, number: number, numRuns: number): Outcome {
    let compared = nothingCompared
    const property = fc.property(plans, (plan) => {
      const outcome = comparePlan(plan)
      compared = sumOf(compared, outcome)
      if (outcome.mismatch !== undefined) throw new Error(describeMismatch(outcome.mismatch))
    })
    const { failed, counterexample, errorInstance } = fc.check(property, {
      numRuns,
      seed: this.#seed + number,
    })
    return failed
      ? { compared, difference: `${errorInstance}\n\n${fc.stringify(counterexample)}` }
      : { compared }
  }
}

function planOf(streams: fc.Arbitrary<readonly CutStream[]>): fc.Arbitrary<Plan> {
  const is = fc.boolean()
  return fc.record({ streams, saveAt: fc.nat(12), isFresh: is, isPortable: is, isNested: is })
}

function comparePlan({ streams, saveAt, isFresh, isPortable, isNested }: Plan): Compared {
  const delivered = streams.map(({ bytes, pieces, options }) => {
    return { pieces, options, saveAt, lookAt: Math.max(5, Math.floor(bytes.length / LONG)) }
  })
  const [only, ...others] = delivered
  if (only === undefined || others.length > 0) return compareByTurns(delivered, { isPortable, isNested })
  return compareWays('', only, isFresh)
}

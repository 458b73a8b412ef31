import type { Sample } from './suite.ts'

/** What was measured of one case at one size: a sample a round. Round 3 of one case was beside round 3 of another. */
export interface Row {
  readonly suite: string
  readonly caseName: string
  readonly size: number
  /** What the cost is told for, of a run of this size. */
  readonly count: number
  readonly samples: readonly Sample[]
  /** What its answer lacks. */
  readonly losses: readonly string[]
  readonly failed?: string
}

/** The least, the middle and the largest of some numbers. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

export function spreadOf(numbers: readonly number[]): Spread | undefined {
  if (numbers.length === 0) return undefined
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  // Of two in the middle the mean: with two rounds the smaller one would flatter.
  const median = (at(0.5) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN)) / 2
  return { min: at(0), median, max: at(1) }
}

/** Each round's number over the base's, or above it, in the same round. */
export function against(row: Row, base: Row, metric: string, compares: 'ratio' | 'above'): number[] {
  return row.samples.flatMap((sample, round) => {
    const [mine, other] = [sample[metric], base.samples[round]?.[metric]]
    if (mine === undefined || other === undefined) return []
    return [compares === 'ratio' ? mine / other : mine - other]
  })
}

export function values(row: Row, metric: string): number[] {
  return row.samples.flatMap((sample) => sample[metric] ?? [])
}

/**
 * The power of the size with which a case grows between two sizes: the slope in a plot with two logarithmic axes,
 * of the fastest rounds, which the neighbours disturbed least.
 */
export function growth(first: Row, last: Row, metric: string): number {
  const cost = Math.min(...values(last, metric)) / Math.min(...values(first, metric))
  return Math.log(cost) / Math.log(last.size / first.size)
}

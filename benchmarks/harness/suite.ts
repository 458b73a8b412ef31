/** What a sample says: milliseconds of one run (`cpu` of all threads, `wall`), or what the suite measures itself. */
export type Sample = Readonly<Record<string, number>>

export interface Work<Input> {
  /** Does the work once. Its answer is checked before anything is timed. */
  run(input: Input): unknown
}

/** One way to do the work of a suite, in a process of its own. */
export interface Case<Input> {
  readonly name: string
  /** Loads what it needs, once in its process: so that no case pays for the packages of another. */
  prepare(): Work<Input> | Promise<Work<Input>>
  /** The largest size it is given; one that grows with the square would not come back. Default: no bound. */
  readonly maxSize?: number
}

/** How a case is sampled; see `samplers.ts`. */
export type Kind = 'hot' | 'first' | 'own' | 'own-fresh'

/** The same work in several sizes, done in several ways; ratios are to the first case. */
export interface Suite<Input = unknown> {
  readonly name: string
  /** Default: hot. */
  readonly kind?: Kind
  readonly sizes: readonly number[]
  /** What a size counts. */
  readonly unit: string
  /** What the cost is told for, and how many of them a run of this size has. Default: one run. */
  readonly per?: { readonly name: string; count(size: number): number }
  /** How many rounds, where so many are asked for: what is dear needs fewer, what is noisy more. */
  rounds?(asked: number): number
  input(size: number): Input | Promise<Input>
  /** Throws if `answer` is not the right one. What a peer is known to lose comes back, and is told in the table. */
  check(answer: unknown, input: Input, caseName: string): readonly string[]
  readonly cases: readonly Case<Input>[]
  /** The metric that counts. Default: cpu. */
  readonly metric?: string
  /** `ratio` to the first case, or how much `above` it. Default: ratio. */
  readonly compares?: 'ratio' | 'above'
}

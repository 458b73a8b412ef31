/** One way to do the work of a suite, run in a process of its own. */
export interface Case<Input> {
  readonly name: string
  /** Does the work once. Its answer is checked before anything is timed. */
  run(input: Input): unknown | Promise<unknown>
  /** The largest size it is given; one that grows with the square would not come back. Default: no bound. */
  readonly maxSize?: number
}

/** The same work in several sizes, done in several ways; ratios are to the first case. */
export interface Suite<Input = unknown> {
  readonly name: string
  readonly sizes: readonly number[]
  readonly unit: string
  input(size: number): Input
  /** Throws if `answer` is not the right one. */
  check(answer: unknown, input: Input, caseName: string): void
  readonly cases: readonly Case<Input>[]
}

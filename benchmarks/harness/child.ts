import type { Suite } from './suite.ts'

export interface Request {
  readonly size: number
}

/** Milliseconds of processor time for one run, or the reason why there is none. */
export type Answer = { readonly ms: number } | { readonly failed: string }

/** A sample is repeated until it takes so long: below that the clock and the scheduler are what is measured. */
const MIN_SAMPLE_MS = 30

/** Serves one case: the parent asks for one sample at a time, so that samples of all cases are interleaved. */
export function serve(suite: Suite, caseName: string): void {
  const found = suite.cases.find(({ name }) => name === caseName)
  if (found === undefined) throw new Error(`There is no case '${caseName}' in ${suite.name}`)
  const inputs = new Map<number, unknown>()
  process.on('message', async ({ size }: Request) => {
    let answer: Answer
    try {
      if (!inputs.has(size)) {
        inputs.set(size, suite.input(size))
        suite.check(await found.run(inputs.get(size)), inputs.get(size), caseName)
      }
      answer = { ms: await sample(() => found.run(inputs.get(size))) }
    } catch (error) {
      answer = { failed: String(error).split('\n')[0] ?? '' }
    }
    process.send?.(answer)
  })
}

/**
 * Processor time, of all threads: on a machine that does other things too, a clock on the wall measures those. It is
 * also fair to what a collector or a compiler does beside the run.
 */
async function sample(run: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  const startOnWall = performance.now()
  let count = 0
  do {
    // Not awaited if there is nothing to wait for: a turn of the event loop is not part of the work.
    const answer = run()
    if (answer instanceof Promise) await answer
    count++
  } while (performance.now() - startOnWall < MIN_SAMPLE_MS)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / count
}

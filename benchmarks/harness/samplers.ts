import type { Kind, Sample } from './suite.ts'

/** A sample is repeated until it takes so long: below that the clock and the scheduler are what is measured. */
const MIN_SAMPLE_MS = 25

/** So much processor time is spent before a hot case counts: the compilers are done by then. */
const WARM_UP_MS = 1500

/** A longer run brings its code and data into the caches by itself; one of 70 ms is 10 % dearer behind a peer's. */
const LONG_RUN_MS = 500

interface Timed extends Sample {
  readonly cpu: number
  readonly wall: number
}

interface Sampler {
  /** A sample needs a process that has done nothing yet. */
  readonly isFresh: boolean
  /** What comes before the first sample of a size, where processes are kept; its answer is checked. */
  warmUp(run: () => unknown): Promise<unknown>
  sample(run: () => unknown): Promise<Sample>
}

export const samplers: Readonly<Record<Kind, Sampler>> = {
  hot: { isFresh: false, warmUp: runUntilHot, sample: sampleHot },
  first: { isFresh: true, warmUp: once, sample: (run) => timed(run, 0) },
  // The work measures itself: what it gives is the sample.
  own: { isFresh: false, warmUp: once, sample: async (run) => (await run()) as Sample },
  'own-fresh': { isFresh: true, warmUp: once, sample: async (run) => (await run()) as Sample },
}

async function once(run: () => unknown): Promise<unknown> {
  return run()
}

async function runUntilHot(run: () => unknown): Promise<unknown> {
  const start = process.cpuUsage()
  const answer = await run()
  while (cpuSince(start) < WARM_UP_MS) await run()
  return answer
}

/** What the last sample of this process took. */
let lastMs = 0

async function sampleHot(run: () => unknown): Promise<Sample> {
  // Another process had the caches meanwhile.
  if (lastMs < LONG_RUN_MS) await timed(run, MIN_SAMPLE_MS)
  // A full collection would throw away the optimised code of what has just died, and show a hot case as a cold one.
  globalThis.gc?.({ type: 'minor' })
  const sample = await timed(run, MIN_SAMPLE_MS)
  lastMs = sample.wall
  return sample
}

/**
 * Processor time, of all threads: on a machine that does other things too, a clock on the wall measures those. It is
 * also fair to what a collector or a compiler does beside the run.
 */
async function timed(run: () => unknown, least: number): Promise<Timed> {
  const start = process.cpuUsage()
  const startOnWall = performance.now()
  let count = 0
  do {
    // Not awaited if there is nothing to wait for: a turn of the event loop is not part of the work.
    const answer = run()
    if (answer instanceof Promise) await answer
    count++
  } while (performance.now() - startOnWall < least)
  const wall = performance.now() - startOnWall
  return { cpu: cpuSince(start) / count, wall: wall / count }
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

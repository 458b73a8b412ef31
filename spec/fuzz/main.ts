// Folds streams with templates and without, until so many folds were the same or one was not:
//
//     npm run fuzz -- --folds 1000000 --seed 7
//
// Set SHARED_DIR to have the recordings folded too. `--batch N` runs one batch again, as a difference names it.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { allRecordings } from '../helpers/recordings.ts'
import { type Compared, nothingCompared, sumOf } from '../helpers/template.ts'
import { Batches, type Outcome } from './batch.ts'

interface Share {
  readonly seed: number
  readonly first: number
  readonly step: number
}

interface Report extends Outcome {
  readonly batch: number
}

const EVERY_MS = 10_000

if (isMainThread) await main()
else serve(workerData)

/** Runs every so manieth batch until it is stopped. */
function serve({ seed, first, step }: Share): void {
  const batches = new Batches(seed, allRecordings())
  for (let batch = first; ; batch += step) parentPort?.postMessage({ batch, ...batches.run(batch) })
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { folds: { type: 'string' }, seed: { type: 'string' }, batch: { type: 'string' } },
  })
  const wanted = Number(values.folds ?? 1_000_000)
  const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31))
  const recordings = allRecordings()
  console.log(
    `seed ${seed}, ${recordings.length} recordings${process.env.SHARED_DIR ? '' : ' (SHARED_DIR is not set)'}`,
  )
  if (values.batch !== undefined) {
    const batch = Number(values.batch)
    finish({ batch, ...new Batches(seed, recordings).run(batch) }, seed)
  }
  await compare(wanted, seed)
}

function compare(wanted: number, seed: number): Promise<never> {
  const start = performance.now()
  let told = start
  let total = nothingCompared
  const step = availableParallelism()
  return new Promise((_, reject) => {
    for (let first = 0; first < step; first++) {
      const worker = new Worker(new URL(import.meta.url), {
        workerData: { seed, first, step } satisfies Share,
      })
      worker.on('error', reject)
      worker.on('message', (report: Report) => {
        total = sumOf(total, report.compared)
        const now = performance.now()
        const isDone = total.folds >= wanted
        if (isDone || report.difference !== undefined || now - told > EVERY_MS) {
          told = now
          console.log(described(total, (now - start) / 1000))
        }
        if (isDone || report.difference !== undefined) finish(report, seed)
      })
    }
  })
}

function described({ folds, hits }: Compared, seconds: number): string {
  const matched = Object.entries(hits).map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
  const rate = Math.round(folds / seconds)
  return `${folds.toLocaleString('en')} folds in ${Math.round(seconds)} s (${rate} a second); frames matched: ${matched.join(', ')}`
}

function finish({ difference, batch, compared }: Report, seed: number): never {
  if (difference === undefined) {
    console.log(`No difference (the last batch: ${compared.folds} folds).`)
    process.exit(0)
  }
  console.log(
    `\nA difference in batch ${batch}; again: npm run fuzz -- --seed ${seed} --batch ${batch}\n\n${difference}`,
  )
  process.exit(1)
}

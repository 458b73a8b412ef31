import { fileURLToPath } from 'node:url'
import { compareWith } from './compare/compare.ts'
import { serve } from './harness/child.ts'
import { contendersOf, measure } from './harness/rounds.ts'
import { keep } from './output/results.ts'
import { suiteTable } from './output/suite-table.ts'
import { suitesNamed } from './suites.ts'

const program = fileURLToPath(import.meta.url)
const rounds = Number(process.env.ROUNDS ?? 9)
const words = process.argv.slice(2)

/** The process of one case. */
async function serveCase(suiteName = '', caseName = ''): Promise<void> {
  const [suite] = await suitesNamed([suiteName])
  if (suite !== undefined) serve(suite, caseName)
}

/** The server of the suite `sockets`. */
async function serveStreams(): Promise<void> {
  const { startServer } = await import('./sockets/server.ts')
  process.on('disconnect', () => process.exit())
  startServer((port) => process.send?.(port))
}

async function render(): Promise<void> {
  const { renderResults } = await import('./output/render.ts')
  renderResults()
}

/** Measures the named suites, or all; `--write` keeps the results, and draws them. */
async function run(): Promise<void> {
  const names = words.filter((word) => !word.startsWith('--'))
  const start = performance.now()
  console.log(`Node ${process.version}, ${process.arch}, ${rounds} rounds\n`)
  for (const suite of await suitesNamed(names)) {
    const rows = await measure(suite, contendersOf(suite, program), rounds)
    console.log(suiteTable(suite, rows))
    if (words.includes('--write')) keep(rows, rounds)
  }
  if (words.includes('--write')) await render()
  console.log(`${Math.round((performance.now() - start) / 1000)} s`)
}

const [first, ...others] = words
if (first === '--case') await serveCase(...others)
else if (first === '--server') await serveStreams()
else if (first === '--render') await render()
else if (first === 'compare') await compareWith(others[0] ?? 'HEAD', others.slice(1), program, rounds)
else await run()

import { fileURLToPath } from 'node:url'
import { argumentsSuite } from './arguments/suite.ts'
import { foldSuites } from './fold/suites.ts'
import { serve } from './harness/child.ts'
import { report } from './harness/report.ts'
import { measure } from './harness/rounds.ts'
import type { Suite } from './harness/suite.ts'

/** Every suite, by the name under which `npm run bench -- NAME` runs it; `fold` runs `fold/text/16k` and all others. */
const suites = new Map<string, Suite>(
  [argumentsSuite as Suite, ...(foldSuites as Suite[])].map((suite) => [suite.name, suite]),
)

const [first, suiteName = '', caseName = ''] = process.argv.slice(2)

if (first === '--case') {
  const suite = suites.get(suiteName)
  if (suite === undefined) throw new Error(`There is no suite '${suiteName}'`)
  serve(suite, caseName)
} else {
  const rounds = Number(process.env.ROUNDS ?? 9)
  console.log(`Node ${process.version}, ${process.arch}, ${rounds} rounds\n`)
  const names = process.argv.slice(2)
  for (const [name, suite] of suites) {
    if (names.length > 0 && !names.some((asked) => name === asked || name.startsWith(`${asked}/`))) continue
    console.log(report(suite, await measure(suite, fileURLToPath(import.meta.url), rounds)))
  }
}

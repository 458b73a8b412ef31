import { fileURLToPath } from 'node:url'
import { argumentsSuite } from './arguments/suite.ts'
import { serve } from './harness/child.ts'
import { report } from './harness/report.ts'
import { measure } from './harness/rounds.ts'
import type { Suite } from './harness/suite.ts'

/** Every suite, by the name under which `npm run bench -- NAME` runs it. */
const suites = new Map<string, Suite>([[argumentsSuite.name, argumentsSuite as Suite]])

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
    if (names.length > 0 && !names.includes(name)) continue
    console.log(report(suite, await measure(suite, fileURLToPath(import.meta.url), rounds)))
  }
}

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import type { FloodRecipe, FloodReport } from '../helpers/flood-child.ts'
import { expectNoMismatches, mismatchesOf } from '../helpers/mismatches.ts'
import { describeShared, readSharedJson } from '../helpers/shared.ts'

interface Flood {
  name: string
  group: string
  gen: FloodRecipe
  expect: {
    status: string
    error?: string
    textLength?: number
    argsLength?: number
    keptToolCalls?: number
    toolComplete?: boolean
    maxHeapMB?: number
    maxMs?: number
    linear?: boolean
  }
}

const childFile = fileURLToPath(new URL('../helpers/flood-child.js', import.meta.url))

describeShared('floods, each in a process of its own with 256 MB', function () {
  this.timeout(120_000)
  const { cases } = readSharedJson<{ cases: Flood[] }>('cases', 'bad-inputs.json')
  for (const row of cases.filter(({ group }) => group === 'flood')) {
    for (const listen of [false, true]) {
      const listener = listen ? 'with a listener' : 'without a listener'
      it(`${row.name}, ${listener}`, async () => checkFlood(row, await runFlood(row.gen, listen)))
      if (row.expect.linear) {
        it(`${row.name}, ${listener}: cost grows with the bytes, not with their square`, () =>
          expectLinear(row.gen, listen))
      }
    }
  }
})

function checkFlood({ name, expect: wanted }: Flood, report: FloodReport): void {
  const { status, error, textLength, argsLength, toolComplete, keptToolCalls } = wanted
  const expected = { status, error, textLength, argsLength, toolComplete, toolCalls: keptToolCalls }
  // What a row does not name is not compared.
  const named = Object.fromEntries(
    Object.entries(expected).filter(([key, value]) => value !== undefined || key === 'error'),
  )
  const read = new Map<string, unknown>(Object.entries(report))
  const actual = Object.fromEntries(Object.keys(named).map((key) => [key, read.get(key)]))
  expectNoMismatches(mismatchesOf(name, 'report', named, actual))
  if (wanted.maxHeapMB !== undefined) expect(report.maxHeapMB, 'heap in MB').to.be.at.most(wanted.maxHeapMB)
  // Ten times the row's bound: it says "no blow-up" on any machine, not how fast this one is.
  if (wanted.maxMs !== undefined) expect(report.ms, 'milliseconds').to.be.at.most(wanted.maxMs * 10)
}

/** Four times the input takes about four times as long; a square would take sixteen times. */
async function expectLinear(gen: FloodRecipe, listen: boolean): Promise<void> {
  const whole = await bestMs(gen, listen)
  const quarter = await bestMs({ ...gen, count: Math.floor((gen.count ?? 0) / 4) }, listen)
  expect(
    whole / quarter,
    `${whole.toFixed(1)} ms against ${quarter.toFixed(1)} ms for a quarter`,
  ).to.be.below(10)
}

/** The best of three, because the machine is shared and only interference makes a run slower. */
async function bestMs(gen: FloodRecipe, listen: boolean): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3; run += 1) best = Math.min(best, (await runFlood(gen, listen)).ms)
  return best
}

async function runFlood(recipe: FloodRecipe, listen: boolean): Promise<FloodReport> {
  const job = JSON.stringify({ recipe, listen })
  const child = promisify(execFile)(process.execPath, ['--max-old-space-size=256', childFile, job])
  // A child that died says so in many lines, of which one is the reason.
  const { stdout } = await child.catch((error: { stderr?: string }) => {
    const reason = error.stderr?.split('\n').find((line) => /\b[A-Za-z]*error\b/i.test(line))
    throw new Error(`the process of the flood failed: ${reason ?? String(error)}`)
  })
  return JSON.parse(stdout)
}

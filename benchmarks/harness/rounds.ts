import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Answer, Request } from './child.ts'
import type { Suite } from './suite.ts'

/** What was measured of one case at one size. */
export interface Row {
  readonly caseName: string
  readonly size: number
  /** Milliseconds of processor time for one run, a number a round. */
  readonly ms: readonly number[]
  /** The same over the base's in the same round. */
  readonly ratios: readonly number[]
  readonly failed?: string
}

/** Rounds that are not counted: what is measured is a process that has done the work before. */
const WARM_UP = 4

/** Samples every case of a suite in rounds, in an order of its own each round, each case in its own process. */
export async function measure(suite: Suite, program: string, rounds: number): Promise<Row[]> {
  const children = new Map(suite.cases.map(({ name }) => [name, fork(program, ['--case', suite.name, name])]))
  try {
    const rows: Row[] = []
    for (const size of suite.sizes) rows.push(...(await measureSize(suite, children, size, rounds)))
    return rows
  } finally {
    for (const child of children.values()) child.kill()
  }
}

async function measureSize(
  suite: Suite,
  children: ReadonlyMap<string, ChildProcess>,
  size: number,
  rounds: number,
): Promise<Row[]> {
  const names = suite.cases
    .filter(({ maxSize }) => size <= (maxSize ?? Number.POSITIVE_INFINITY))
    .map(({ name }) => name)
  const base = names[0] ?? ''
  const rows = new Map(
    names.map((name) => [name, { ms: [] as number[], ratios: [] as number[], failed: '' }]),
  )
  for (let round = -WARM_UP; round < rounds; round++) {
    const times = new Map<string, number>()
    for (const name of shuffled(names)) {
      const answer = await ask(children.get(name), { size })
      if ('failed' in answer) Object.assign(rows.get(name) ?? {}, { failed: answer.failed })
      else times.set(name, answer.ms)
    }
    if (round < 0) continue // the first ones warm up, and the very first checks
    for (const [name, ms] of times) {
      rows.get(name)?.ms.push(ms)
      rows.get(name)?.ratios.push(ms / (times.get(base) ?? Number.NaN))
    }
  }
  return [...rows].map(([caseName, { ms, ratios, failed }]) => ({
    caseName,
    size,
    ms,
    ratios,
    ...(failed && { failed }),
  }))
}

async function ask(child: ChildProcess | undefined, request: Request): Promise<Answer> {
  if (child === undefined) throw new Error('A case has lost its process')
  child.send(request)
  const [answer] = await once(child, 'message')
  return answer
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => [Math.random(), item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item)
}

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { against, type Row, type Spread, spreadOf, values } from '../harness/rows.ts'

/** Where and when it was measured. */
export interface Circumstances {
  readonly node: string
  readonly cpu: string
  readonly cores: number
  readonly date: string
  /** As asked for; some suites take fewer or more. */
  readonly rounds: number
}

function circumstances(rounds: number): Circumstances {
  const all = cpus()
  return {
    node: process.version,
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    date: new Date().toISOString().slice(0, 10),
    rounds,
  }
}

interface Line extends Row {
  readonly circumstances: Circumstances
}

export const RESULTS = 'benchmarks/results'

/** One file for each Node: a JSON text a row, so that a part can be measured again and a diff can be read. */
const fileOf = (major: string): string => `${RESULTS}/node-${major}.jsonl`

const thisMajor = process.versions.node.split('.')[0] ?? ''

/** The rows take the place of older ones of the same suites. */
export function keep(rows: readonly Row[], rounds: number): void {
  const measured = new Set(rows.map(({ suite }) => suite))
  const now = circumstances(rounds)
  const others = linesOf(thisMajor).filter(({ suite }) => !measured.has(suite))
  const lines = [...others, ...rows.map((row) => ({ ...row, circumstances: now }))]
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
  const text = lines.map((line) => `${JSON.stringify(line, rounded)}\n`)
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(fileOf(thisMajor), text.join(''))
}

function linesOf(major: string): Line[] {
  if (!existsSync(fileOf(major))) return []
  const lines = readFileSync(fileOf(major), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line): Line => JSON.parse(line))
}

/** The versions of Node that were measured. */
export function majors(): string[] {
  const files = existsSync(RESULTS) ? readdirSync(RESULTS) : []
  return files.flatMap((file) => /^node-(\d+)\.jsonl$/.exec(file)?.[1] ?? []).sort()
}

/** What is known of one version of Node. A case is named by the beginning of its name: versions may change. */
export class Results {
  readonly major: string
  readonly rows: readonly Row[]
  readonly circumstances: readonly Circumstances[]

  constructor(major: string) {
    const lines = linesOf(major)
    this.major = major
    this.rows = lines
    const different = new Map(lines.map(({ circumstances: one }) => [JSON.stringify(one), one]))
    this.circumstances = [...different.values()]
  }

  sizes(suite: string): number[] {
    return [...new Set(this.rows.filter((row) => row.suite === suite).map(({ size }) => size))]
  }

  /** The cases of a suite, in their order. */
  names(suite: string): string[] {
    return [...new Set(this.rows.filter((row) => row.suite === suite).map(({ caseName }) => caseName))]
  }

  /** What the suites below a name are called there. */
  parts(below: string, at: number): string[] {
    const names = this.rows.filter(({ suite }) => suite.startsWith(`${below}/`)).map(({ suite }) => suite)
    return [...new Set(names.map((name) => name.split('/')[at] ?? ''))]
  }

  any(suite: string, name: string, size: number): Row | undefined {
    return this.rows.find((row) => row.suite === suite && row.caseName === name && row.size === size)
  }

  /** The case at this size, or at the only size there is. */
  row(suite: string, start: string, size?: number): Row | undefined {
    const rows = this.rows.filter(
      (row) => row.suite === suite && (size === undefined || row.size === size) && row.samples.length > 0,
    )
    return (
      rows.find(({ caseName }) => caseName === start) ??
      rows.find(({ caseName }) => caseName.startsWith(start))
    )
  }

  ratio(suite: string, start: string, base: string, size?: number, metric = 'cpu'): Spread | undefined {
    const [row, baseRow] = [this.row(suite, start, size), this.row(suite, base, size)]
    return row && baseRow && spreadOf(against(row, baseRow, metric, 'ratio'))
  }

  above(suite: string, start: string, base: string, size: number, metric = 'cpu'): Spread | undefined {
    const [row, baseRow] = [this.row(suite, start, size), this.row(suite, base, size)]
    return row && baseRow && spreadOf(against(row, baseRow, metric, 'above'))
  }

  /** One above the base over another one above the base, in the same round. */
  ratioAbove(suite: string, start: string, over: string, base: string, size: number): Spread | undefined {
    const rows = [start, over, base].map((name) => this.row(suite, name, size))
    const [mine, other, below] = rows.map((row) => (row ? values(row, 'cpu') : []))
    if (!mine || !other || !below) return undefined
    const at = (all: number[], round: number): number => (all[round] ?? Number.NaN) - (below[round] ?? 0)
    return spreadOf(mine.map((_, round) => at(mine, round) / at(other, round)))
  }

  cost(suite: string, start: string, size?: number, metric = 'cpu'): Spread | undefined {
    const row = this.row(suite, start, size)
    return row && spreadOf(values(row, metric))
  }
}

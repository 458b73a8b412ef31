import { FLOOR } from '../fold/cases.ts'
import { type Row, values } from '../harness/rows.ts'
import { whole } from './numbers.ts'
import type { Line, Plot } from './plot.ts'
import type { Results } from './results.ts'

const NANOSECONDS = 1e6

/** The cost of one delta, or character, at each size: of the fastest round, which the neighbours disturbed least. */
function linesOf(results: Results, suite: string): Line[] {
  const rows = results.rows.filter((row) => row.suite === suite && row.samples.length > 0)
  const names = [...new Set(rows.map(({ caseName }) => caseName))]
  const isOurs = (name: string): number => (name === 'templates' ? 0 : 1)
  return names
    .sort((a, b) => isOurs(a) - isOurs(b))
    .map((name) => ({
      label: labelOf(name),
      points: rows.filter((row) => row.caseName === name).map(pointOf),
    }))
}

const pointOf = (row: Row): [number, number] => [
  row.size,
  (Math.min(...values(row, 'cpu')) / row.count) * NANOSECONDS,
]

const own: Readonly<Record<string, string>> = {
  templates: 'deltafold',
  plain: 'deltafold, plain path',
  portable: 'deltafold, portable path',
  [FLOOR]: 'floor: framing + JSON.parse',
}

const labelOf = (name: string): string => own[name] ?? name

const duration = (nanoseconds: number): string => {
  if (nanoseconds >= 1e6) return `${Math.round(nanoseconds / 1e6)} ms`
  return nanoseconds >= 1e3
    ? `${Math.round(nanoseconds / 1e3)} µs`
    : `${Math.round(nanoseconds * 10) / 10} ns`
}

/** The file → the plot in it; without points, where nothing was measured. */
export function plotsOf(results: Results): Readonly<Record<string, Plot>> {
  const ticks = (suite: string, text: (size: number) => string) =>
    results.sizes(suite).map((size) => [size, text(size)] as const)
  return {
    'stream-length.svg': {
      title: 'Text in 16 KiB pieces: processor time a delta',
      xLabel: 'deltas of the stream',
      xTicks: ticks('fold/text/16k', whole),
      yText: duration,
      lines: linesOf(results, 'fold/text/16k'),
    },
    'argument-length.svg': {
      title: 'One tool call in 4-character deltas: processor time a character',
      xLabel: 'characters of the arguments',
      xTicks: ticks('fold/big-arguments/16k', (size) => (size >= 2 ** 20 ? '1 MB' : `${size / 1024} KB`)),
      yText: duration,
      lines: linesOf(results, 'fold/big-arguments/16k'),
    },
  }
}

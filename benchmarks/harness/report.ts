import type { Row } from './rounds.ts'
import type { Suite } from './suite.ts'

/**
 * The table of a suite: ratios to the base in the same round (min, median, max over the rounds), the fastest of all
 * rounds over the base's fastest, and how the cost grows.
 */
export function report(suite: Suite, rows: readonly Row[]): string {
  const lines = [
    `## ${suite.name}`,
    '',
    `| case | size | × base: min / **median** / max | best ÷ best | ms, best |`,
    '|---|--:|---|--:|--:|',
  ]
  for (const { caseName, size, ms, ratios, failed } of rows) {
    const numbers = failed === undefined ? spread(ratios) : `fails: ${failed}`
    const best = failed === undefined ? Math.min(...ms).toPrecision(3) : ''
    const base = rows.find((row) => row.size === size)?.ms ?? []
    const bests = failed === undefined ? (Math.min(...ms) / Math.min(...base)).toPrecision(3) : ''
    lines.push(`| ${caseName} | ${size} ${suite.unit} | ${numbers} | ${bests} | ${best} |`)
  }
  if (suite.sizes.length < 2) return `${lines.join('\n')}\n`
  lines.push('', '| case | grows with size to the power of |', '|---|--:|')
  for (const { name } of suite.cases) {
    const exponent = growth(rows.filter(({ caseName, failed }) => caseName === name && failed === undefined))
    if (exponent !== undefined) lines.push(`| ${name} | ${exponent.toFixed(2)} |`)
  }
  return `${lines.join('\n')}\n`
}

function spread(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((a, b) => a - b)
  const at = (part: number): string =>
    (sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN).toPrecision(3)
  return `${at(0)} / **${at(0.5)}** / ${at(1)}`
}

/** The slope between the smallest and the largest size, of the best times, in a plot with two logarithmic axes. */
function growth(rows: readonly Row[]): number | undefined {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined || first === last) return undefined
  return Math.log(Math.min(...last.ms) / Math.min(...first.ms)) / Math.log(last.size / first.size)
}

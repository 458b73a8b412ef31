import { against, growth, type Row, spreadOf, values } from '../harness/rows.ts'
import type { Suite } from '../harness/suite.ts'
import { table } from './markdown.ts'
import { amount, short, spreadText, whole } from './numbers.ts'

/** Everything about a suite: each case and size against the base, what it costs, and how that grows. */
export function suiteTable(suite: Suite, rows: readonly Row[]): string {
  const { name, metric = 'cpu', compares = 'ratio', unit, per } = suite
  const base = rows[0]?.caseName ?? ''
  const relation = compares === 'ratio' ? `× ${base}` : `above ${base}`
  const lines = rows.map((row) => {
    const { count } = row
    const baseRow = rows.find(({ caseName, size }) => caseName === base && size === row.size)
    const compared = baseRow ? against(row, baseRow, metric, compares) : []
    const spread = spreadOf(compares === 'ratio' ? compared : compared.map((value) => value / count))
    const cost = spreadOf(values(row, metric).map((value) => value / count))
    const wall =
      baseRow && compares === 'ratio' ? spreadOf(against(row, baseRow, 'wall', 'ratio')) : undefined
    const relative = compares === 'ratio' ? spreadText(spread) : spread && amount(spread.median, metric)
    return [
      row.caseName,
      `${whole(row.size)} ${unit}`,
      row.failed ? `fails: ${row.failed}` : `${row === baseRow ? '' : (relative ?? '')}`,
      row === baseRow || wall === undefined ? '' : short(wall.median),
      cost === undefined ? '' : amount(cost.median, metric),
      cost === undefined ? '' : amount(cost.min, metric),
      row.losses.join(', '),
    ]
  })
  const cost = `${metric} a ${per?.name ?? 'run'}`
  const head = ['case', 'size', `${relation}: min / **median** / max`, 'on the wall', cost, 'best', 'answer']
  return [`### ${name}`, '', table(head, lines), '', ...growthLines(suite, rows)].join('\n')
}

/** How each case grows from one size to the next, as a power of the size. */
function growthLines(
  { metric = 'cpu', sizes, kind = 'hot', compares = 'ratio' }: Suite,
  rows: readonly Row[],
): string[] {
  if (sizes.length < 2 || kind !== 'hot' || compares !== 'ratio') return []
  const names = [...new Set(rows.map(({ caseName }) => caseName))]
  const lines = names.map((name) => {
    const mine = rows.filter(({ caseName, samples }) => caseName === name && samples.length > 0)
    const [first, last] = [mine[0], mine.at(-1)]
    if (first === undefined || last === undefined || first === last) return [name, '', '']
    return [name, `${whole(first.size)} → ${whole(last.size)}`, growth(first, last, metric).toFixed(2)]
  })
  return [table(['case', 'from → to', 'grows with size to the power of'], lines), '']
}

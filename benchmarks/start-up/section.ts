import { amount } from '../output/numbers.ts'
import { type Section, section } from '../output/section.ts'

export const startUpSection: Section = (results) => {
  const [base = '', ...names] = results.names('start-up/import')
  const rows = names.map((name) => {
    const wall = results.above('start-up/import', name, base, 1, 'wall')
    const cpu = results.above('start-up/import', name, base, 1, 'cpu')
    const gzip = results.cost('start-up/bundle', name, 1, 'gzip')
    const min = results.cost('start-up/bundle', name, 1, 'min')
    return [
      name,
      wall === undefined ? '' : amount(wall.median, 'wall'),
      cpu === undefined ? '' : amount(cpu.median, 'cpu'),
      min === undefined ? '' : amount(min.median, 'bytes'),
      gzip === undefined ? '' : amount(gzip.median, 'bytes'),
    ]
  })
  const text =
    'A fresh process that imports it, above an empty one (medians); and a bundle for browsers with all it needs.'
  return section('Start-up', text, ['', 'wall', 'cpu', 'minified', 'and gzipped'], rows)
}

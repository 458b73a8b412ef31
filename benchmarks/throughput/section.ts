import { FLOOR } from '../fold/cases.ts'
import { amount, spreadText, whole } from '../output/numbers.ts'
import { type Section, section } from '../output/section.ts'

export const throughputSection: Section = (results) => {
  const sizes = results.sizes('throughput')
  const rows = results.names('throughput').map((name) => [
    name,
    ...sizes.flatMap((size) => {
      const cost = results.cost('throughput', name, size)
      const count = results.row('throughput', name, size)?.count ?? 1
      return [
        cost === undefined ? '' : amount(cost.median / count, 'cpu'),
        name === FLOOR ? '' : spreadText(results.ratio('throughput', name, FLOOR, size)),
      ]
    }),
  ])
  const text = 'Streams of 100 frames that are alive at the same time, a frame to each by turns.'
  const head = ['', ...sizes.flatMap((size) => [`${whole(size)} streams, a frame`, '× floor'])]
  return section('Many streams at once', text, head, rows)
}

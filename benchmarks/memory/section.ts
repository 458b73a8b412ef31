import { amount, whole } from '../output/numbers.ts'
import { type Section, section } from '../output/section.ts'

const texts = ['memory/text', 'memory/two-byte-text']

export const memorySection: Section = (results) => {
  const sizes = results.sizes('memory/idle')
  const [base = ''] = results.names('memory/idle')
  const names = new Set([...results.names('memory/idle'), ...results.names('memory/text')])
  const rows = [...names].map((name) => [
    name,
    ...sizes.map((size) => {
      const spread =
        name === base
          ? results.cost('memory/idle', name, size, 'bytes')
          : results.above('memory/idle', name, base, size, 'bytes')
      return spread === undefined
        ? ''
        : `${name === base ? '' : '+ '}${amount(spread.median / size, 'bytes')}`
    }),
    ...texts.map((suite) => {
      const spread = results.cost(suite, name, undefined, 'bytes')
      const count = results.row(suite, name)?.count ?? 1
      return spread === undefined ? '' : amount(spread.median / count, 'bytes')
    }),
  ])
  const text =
    'Heap after full collections. Idle: streams that wait in mid-answer after 50 deltas, above those that are read by nobody. Long text: one stream in mid-answer, for each character so far; a single character above U+00FF makes two bytes of each.'
  const head = [
    '',
    ...sizes.map((size) => `${whole(size)} idle, a stream`),
    'ASCII text, a character',
    'a character above U+00FF in it',
  ]
  return section('Memory', text, head, rows)
}

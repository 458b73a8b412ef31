import { growth } from '../harness/rows.ts'
import { spreadText, whole } from '../output/numbers.ts'
import { type Section, section } from '../output/section.ts'

export const argumentsSection: Section = (results) => {
  const sizes = results.sizes('arguments')
  const [base = '', ...names] = results.names('arguments')
  const rows = names.map((name) => {
    const mine = sizes.flatMap((size) => results.row('arguments', name, size) ?? [])
    const [first, last] = [mine[0], mine.at(-1)]
    return [
      name,
      ...sizes.map((size) => spreadText(results.ratio('arguments', name, base, size))),
      first === undefined || last === undefined || first === last
        ? ''
        : growth(first, last, 'cpu').toFixed(2),
    ]
  })
  const text =
    'Arguments of rows with texts, numbers, escapes and some CJK, in pieces of 4 characters, 45 pieces a read; over one `JSON.parse` of the whole text at its end. Where nobody looks at `value`, none of this is paid.'
  const head = [
    '× JSON.parse',
    ...sizes.map((size) => `${whole(size)} KB`),
    'grows with the size to the power of',
  ]
  return section('Tool arguments, parsed while they grow', text, head, rows)
}

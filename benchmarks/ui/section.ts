import { table } from '../output/markdown.ts'
import { amount } from '../output/numbers.ts'
import type { Results } from '../output/results.ts'
import type { Section } from '../output/section.ts'

/** What a server spends on a delta above passing bytes on; what a page spends on a whole answer; what is sent. */
export const uiSection: Section = (results) => {
  const parts = [serverTable(results), pageTable(results)].filter((part) => part !== undefined)
  if (parts.length === 0) return undefined
  return `### Backends of a page\n\n${parts.join('\n\n')}`
}

const largest = (results: Results, suite: string): number => Math.max(...results.sizes(suite))

function serverTable(results: Results): string | undefined {
  const suites = ['ui/server/text', 'ui/server/arguments']
  const [base, ...names] = results.names('ui/server/text')
  if (base === undefined) return undefined
  const rows = names.map((name) => [
    name,
    ...suites.map((suite) => {
      const sizes = results.sizes(suite).filter((size) => results.row(suite, name, size))
      const size = Math.max(...sizes)
      const above = results.above(suite, name, base, size)
      const count = results.row(suite, name, size)?.count ?? Number.NaN
      const smaller = size < largest(results, suite) ? ` (of ${amount(size, 'bytes')})` : ''
      return above === undefined ? '' : `${amount(above.median / count, 'cpu')}${smaller}`
    }),
  ])
  const text = `What the server spends on a delta above “${base}”: text of ${largest(results, 'ui/server/text').toLocaleString('en-US')} deltas, and a tool call of ${amount(largest(results, 'ui/server/arguments'), 'bytes')}. It is fed as fast as it reads, so the first row joins up to 256 characters.`
  return `${text}\n\n${table(['', 'text', 'arguments'], rows)}`
}

function pageTable(results: Results): string | undefined {
  const names = results.names('ui/page/arguments')
  if (names.length === 0) return undefined
  const size = largest(results, 'ui/page/arguments')
  const words = largest(results, 'ui/page/text')
  const rows = names.map((name) => {
    const page = [
      results.cost('ui/page/arguments', name, size),
      results.cost('ui/page/text', name, words),
    ].map((cost) => (cost === undefined ? '' : amount(cost.median, 'cpu')))
    const wire = ['ui/wire/arguments', 'ui/wire/text'].map((suite) => {
      const row = results.row(suite, name, largest(results, suite))
      const bytes = row?.samples[0]?.bytes
      return row === undefined || bytes === undefined ? '' : amount(bytes / row.count, 'bytes')
    })
    return [name, ...page, ...wire]
  })
  const text = `What an unchanged \`useChat\` spends on the whole answer (its own reader, in Node), and what is sent to it. Deltas are joined for 30 ms or 256 characters, of long arguments for up to eight times that, so it depends on how fast the model is.`
  const head = [
    '',
    `${amount(size, 'bytes')} of arguments`,
    `text, ${words.toLocaleString('en-US')} deltas`,
    'sent a delta, arguments',
    'text',
  ]
  return `${text}\n\n${table(head, rows)}`
}

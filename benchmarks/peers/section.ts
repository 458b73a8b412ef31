import { growth, type Row, spreadOf, values } from '../harness/rows.ts'
import { amount, spreadText, whole } from '../output/numbers.ts'
import type { Results } from '../output/results.ts'
import { type Section, section } from '../output/section.ts'

const columns = [
  ['text', 'fold/text/16k', 2000],
  ['text, a frame a chunk', 'fold/text/frame', 2000],
  ['reasoning', 'fold/reasoning/16k', 2000],
  ['parallel tools', 'fold/parallel-tools/16k', 2000],
  ['logprobs', 'fold/logprobs/16k', 2000],
  ['audio', 'fold/audio/16k', 500],
] as const

const own: readonly string[] = ['plain', 'templates', 'portable']

/** What each peer costs over ours in the same rounds, and what its answer lacks. */
export const peerSection: Section = (results) => {
  // The floor is no peer, but stands for scale.
  const names = results.names('fold/text/16k').filter((name) => !own.includes(name))
  const rows = names.map((name) => [
    name,
    ...columns.map(([, suite, size]) => cellOf(results, suite, name, size)),
  ])
  const text = 'What each costs over ours, from the same bytes to its final message, min / **median** / max.'
  return section('Peers', text, ['× deltafold', ...columns.map(([label]) => label)], rows)
}

function cellOf(results: Results, suite: string, name: string, size: number): string {
  const row = results.any(suite, name, size)
  if (row?.failed !== undefined) return `fails: ${row.failed}`
  const ratio = spreadText(results.ratio(suite, name, 'templates', size))
  return row === undefined || row.losses.length === 0 ? ratio : `${ratio} (${row.losses.join(', ')})`
}

const lengths = ['fold/text/16k', 'fold/big-arguments/16k']

export const growthSection: Section = (results) => {
  const names = new Set(lengths.flatMap((suite) => results.names(suite)))
  const rows = [...names].map((name) => [
    name,
    ...lengths.flatMap((suite) => {
      const mine = results.sizes(suite).flatMap((size) => results.row(suite, name, size) ?? [])
      const [first, last] = [mine[0], mine.at(-1)]
      if (first === undefined || last === undefined) return ['', '']
      return [first === last ? '' : growth(first, last, 'cpu').toFixed(2), costOf(last)]
    }),
  ])
  const text =
    'The power of the length with which the cost of a whole stream grows, between the least and the largest length each was given; and the cost at the largest.'
  const head = ['', 'deltas', 'a delta', 'characters of arguments', 'a character']
  return section('Growth', text, head, rows)
}

function costOf(row: Row): string {
  const spread = spreadOf(values(row, 'cpu'))
  return spread === undefined ? '' : `${amount(spread.median / row.count, 'cpu')} at ${whole(row.size)}`
}

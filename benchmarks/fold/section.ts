import { spreadText, whole } from '../output/numbers.ts'
import type { Results } from '../output/results.ts'
import { type Section, section } from '../output/section.ts'
import { FLOOR } from './cases.ts'

/** At the size that all traffics have; audio and recordings have one only. */
function overFloor(results: Results, suite: string, path: string): string {
  const size = results.row(suite, path, 2000)?.size
  return spreadText(results.ratio(suite, path, FLOOR, size))
}

/** Our three paths and all deliveries, a row for each traffic. */
export const floorSection: Section = (results) => {
  const traffics = results.parts('fold', 1).filter((name) => name !== 'recorded' && name !== 'big-arguments')
  const rows = traffics.map((traffic) => [
    traffic,
    ...['plain', 'templates', 'portable'].map((path) => overFloor(results, `fold/${traffic}/16k`, path)),
    ...['frame', '7b'].map((delivery) => overFloor(results, `fold/${traffic}/${delivery}`, 'templates')),
  ])
  const columns = [
    'plain path',
    'templates',
    'portable path',
    'templates, a frame a chunk',
    'templates, 7-byte drips',
  ]
  const text =
    'Each over `eventsource-parser` + `JSON.parse`, min / **median** / max; the first three in 16 KiB pieces.'
  return section('Hot, against the floor', text, ['× floor', ...columns], rows)
}

export const recordedSection: Section = (results) => {
  const rows = results.parts('fold/recorded', 2).map((provider) => {
    const suite = `fold/recorded/${provider}`
    const paths = ['plain', 'templates', 'portable'].map((path) => overFloor(results, suite, path))
    return [provider, whole(results.sizes(suite)[0] ?? 0), ...paths]
  })
  const head = ['× floor', 'frames', 'plain path', 'templates', 'portable path']
  return section('Recordings', 'Whole streams of ten providers, hot, in 16 KiB pieces.', head, rows)
}

import { FLOOR } from '../fold/cases.ts'
import { spreadText } from '../output/numbers.ts'
import { type Section, section } from '../output/section.ts'

export const hostSection: Section = (results) => {
  const rows = results
    .names('hosts/16k')
    .filter((name) => name !== FLOOR)
    .map((name) => [
      name,
      ...['hosts/16k', 'hosts/frame'].map((suite) => spreadText(results.ratio(suite, name, FLOOR))),
    ])
  const text = 'The events of a text, each brought to a listener; over the floor, min / **median** / max.'
  return section('Hosts', text, ['× floor', '16 KiB pieces', 'a frame a chunk'], rows)
}

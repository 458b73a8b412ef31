import { amount, spreadText } from '../output/numbers.ts'
import { type Section, section } from '../output/section.ts'

const deliveries: Readonly<Record<string, string>> = { '16k': '16 KiB pieces', frame: 'a frame a chunk' }

export const firstSection: Section = (results) => {
  const rows = results.parts('first', 1).flatMap((delivery) => {
    const suite = `first/${delivery}`
    return results.sizes(suite).map((size) => {
      const plain = results.cost(suite, 'plain', size)
      return [
        `${size} deltas, ${deliveries[delivery] ?? delivery}`,
        plain === undefined ? '' : amount(plain.median / size, 'cpu'),
        ...['templates', 'portable'].map((path) => spreadText(results.ratio(suite, path, 'plain', size))),
      ]
    })
  })
  const head = ['', 'plain path, a delta', 'templates ÷ plain', 'portable ÷ plain']
  return section("A process's first stream", 'A new process for each sample: nothing is hot.', head, rows)
}

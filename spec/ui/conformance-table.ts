import type { Client, Seen } from './clients/client.ts'
import { clients } from './clients/index.ts'
import { type Scenario, scenarios } from './scenarios.ts'

/** What a page shows of an abort: not every protocol has a word for it. */
const aborts: Readonly<Record<Seen['outcome'], string>> = {
  cancelled: '✓ cancelled',
  complete: '✓ ended',
  failed: '✓ error',
}

/** Client × scenario as Markdown: ✓ where it was read as it should be, ✗ where not, – where there is no place for it. */
export function conformanceTable(hasPassed: (client: Client, scenario: Scenario) => boolean): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(['client', ...scenarios.map(({ name }) => name)]),
    `|---|${scenarios.map(() => ':-:|').join('')}`,
    ...clients.map((client) =>
      row([
        client.name,
        ...scenarios.map((scenario) => (hasPassed(client, scenario) ? cellOf(client, scenario) : '✗')),
      ]),
    ),
  ].join('\n')
}

function cellOf({ lacks = [], abortedAs }: Client, { expect }: Scenario): string {
  if (expect.text === '' && lacks.includes('calls')) return '–'
  return expect.outcome === 'aborted' ? aborts[abortedAs] : '✓'
}

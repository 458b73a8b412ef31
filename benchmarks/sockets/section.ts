import { amount } from '../output/numbers.ts'
import { type Section, section } from '../output/section.ts'
import { TRANSPORT } from './clients.ts'

export const socketSection: Section = (results) => {
  const sizes = results.sizes('sockets')
  const rows = results.names('sockets').map((name) => [
    name,
    ...sizes.map((size) => {
      const count = results.row('sockets', name, size)?.count ?? 1
      const isBase = name === TRANSPORT
      const spread = isBase
        ? results.cost('sockets', name, size)
        : results.above('sockets', name, TRANSPORT, size)
      return spread === undefined ? '' : `${isBase ? '' : '+ '}${amount(spread.median / count, 'cpu')}`
    }),
  ])
  const text =
    '200 streams at once over HTTP on loopback, the server in a process of its own, the client Node’s `fetch`. Processor time of the client for a frame: of the transport alone, and how much each library is above it in the same round (median).'
  return section('Real sockets', text, ['a frame', ...sizes.map((size) => `${size} a read`)], rows)
}

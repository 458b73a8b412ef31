import { FLOOR } from '../fold/cases.ts'
import { growth, type Spread } from '../harness/rows.ts'
import { table } from './markdown.ts'
import { spreadText } from './numbers.ts'
import type { Results } from './results.ts'

/** A promise of the project, and where its number is found. `least`: it must be so much at least, not at most. */
interface Target {
  readonly what: string
  readonly bound: number
  readonly isLeast?: boolean
  readonly unit?: string
  found(results: Results): Spread | undefined
}

const overFloor = (what: string, bound: number, suite: string, path = 'templates'): Target => ({
  what: `${what} ÷ floor`,
  bound,
  found: (results) => results.ratio(suite, path, FLOOR, 2000),
})

const overPlain = (what: string, bound: number, suite: string, size?: number): Target => ({
  what: `${what} ÷ the plain path`,
  bound,
  found: (results) => results.ratio(suite, 'templates', 'plain', size),
})

const faster = (peer: string, bound: number): Target => ({
  what: `${peer} ÷ the hot fold, text in 16 KiB pieces`,
  bound,
  isLeast: true,
  found: (results) => results.ratio('fold/text/16k', peer, 'templates', 2000),
})

const linear = (what: string, suite: string, from: number, to: number): Target => ({
  what: `exponent of growth, ${what}`,
  bound: 1.05,
  found: (results) => {
    const [first, last] = [results.row(suite, 'templates', from), results.row(suite, 'templates', to)]
    const power = first && last && growth(first, last, 'cpu')
    return power === undefined ? undefined : { min: power, median: power, max: power }
  },
})

const socket = (over: string, size: number, bound: number): Target => ({
  what: `real sockets, ${size === 1 ? 'a frame' : `${size} frames`} a read, above the transport ÷ ${over}`,
  bound,
  found: (results) => results.ratioAbove('sockets', 'templates', over, 'transport', size),
})

const scaled = (spread: Spread | undefined, by: number): Spread | undefined =>
  spread && { min: spread.min / by, median: spread.median / by, max: spread.max / by }

const targets: readonly Target[] = [
  overFloor('text, 16 KiB pieces', 0.12, 'fold/text/16k'),
  overFloor('obfuscated text, 16 KiB pieces', 0.12, 'fold/obfuscated/16k'),
  overFloor('reasoning, 16 KiB pieces', 0.12, 'fold/reasoning/16k'),
  overFloor('parallel tools, 16 KiB pieces', 0.12, 'fold/parallel-tools/16k'),
  overFloor('text with an RxJS subscriber', 0.14, 'hosts/16k', 'RxJS'),
  overFloor('text, one frame a chunk', 0.15, 'fold/text/frame'),
  overFloor('id and created changing', 0.3, 'fold/own-ids/16k'),
  overFloor('text, portable path', 0.45, 'fold/text/16k', 'portable'),
  { ...overFloor('audio', 0.6, ''), found: (results) => results.ratio('fold/audio/16k', 'templates', FLOOR) },
  overPlain('irregular', 1.05, 'fold/irregular/16k'),
  overPlain('logprobs', 1.05, 'fold/logprobs/16k'),
  overPlain("a process's first stream, 100 deltas, 16 KiB pieces", 1.1, 'first/16k', 100),
  overPlain("a process's first stream, 500 deltas, 16 KiB pieces", 1.1, 'first/16k', 500),
  overPlain("a process's first stream, 100 deltas, one frame a chunk", 1.1, 'first/frame', 100),
  overPlain("a process's first stream, 500 deltas, one frame a chunk", 1.1, 'first/frame', 500),
  faster('openai 6', 40),
  faster('openai 7', 40),
  faster('ai 7', 150),
  linear('text, 500 to 16,000 deltas', 'fold/text/16k', 500, 16_000),
  linear('arguments, 20 KB to 1 MB', 'fold/big-arguments/16k', 20 * 1024, 1024 * 1024),
  socket('plain', 8, 0.6),
  socket('openai 6', 8, 0.15),
  socket('openai 7', 8, 0.15),
  socket('plain', 1, 1),
  {
    what: 'heap of an idle stream above the transport, 10,000 streams',
    bound: 3,
    unit: 'KB',
    found: (results) =>
      scaled(results.above('memory/idle', 'templates', 'transport', 10_000, 'bytes'), 10_000 * 1024),
  },
  {
    what: 'kept per character of a long text',
    bound: 1.5,
    unit: 'B',
    found: (results) => {
      const kept = results.cost('memory/text', 'templates', undefined, 'bytes')
      return scaled(kept, results.row('memory/text', 'templates')?.count ?? Number.NaN)
    },
  },
  {
    what: 'bundle of ./core, minified and gzipped',
    bound: 14,
    unit: 'kB',
    found: (results) => scaled(results.cost('start-up/bundle', 'deltafold/core', 1, 'gzip'), 1000),
  },
  {
    what: 'import of ./core above an empty process',
    bound: 10,
    unit: 'ms',
    found: (results) => results.above('start-up/import', 'deltafold/core', 'an empty', 1, 'wall'),
  },
]

/** Each target with the median on every Node that was measured, and whether it is met there. */
export function targetTable(all: readonly Results[]): string {
  const rows = targets.map(({ what, bound, isLeast, unit = '', found }) => [
    what,
    `${isLeast ? '≥' : '≤'} ${bound} ${unit}`.trim(),
    ...all.map((results) => {
      const spread = found(results)
      if (spread === undefined) return 'not measured'
      const isMet = isLeast ? spread.median >= bound : spread.median <= bound
      return `${spreadText(spread)} ${isMet ? 'met' : '**missed**'}`
    }),
  ])
  return table(['', 'must be', ...all.map(({ major }) => `Node ${major}`)], rows)
}

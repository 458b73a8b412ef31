import type { Case, Suite } from '../harness/suite.ts'
import type { Delivery } from '../traffic/delivery.ts'
import { traffics } from '../traffic/index.ts'
import { recordings } from '../traffic/recordings.ts'
import { floorCase, ownCases, peerCases } from './cases.ts'
import { checkAnswer, type Input, inputOf } from './input.ts'

interface Plan {
  readonly traffic: keyof typeof traffics
  /** The peers take part in these; ours is measured in all. */
  readonly withPeers?: readonly Delivery[]
  readonly deliveries?: readonly Delivery[]
  readonly sizes?: Partial<Record<Delivery, readonly number[]>>
  readonly unit?: string
  readonly maxSizes?: Readonly<Record<string, number>>
}

const KB = 1024

const everyDelivery: readonly Delivery[] = ['16k', 'frame', '7b']

/** Not every product of all: what a peer does not tell apart (padding, ids, usage) it is not asked. */
const plans: readonly Plan[] = [
  { traffic: 'text', withPeers: ['16k', 'frame'], sizes: { '16k': [500, 2000, 16_000] } },
  { traffic: 'obfuscated' },
  { traffic: 'cjk' },
  { traffic: 'own-ids' },
  { traffic: 'usage', deliveries: ['16k'] },
  { traffic: 'reasoning', withPeers: ['16k'] },
  { traffic: 'parallel-tools', withPeers: ['16k'] },
  {
    traffic: 'big-arguments',
    withPeers: ['16k'],
    deliveries: ['16k'],
    sizes: { '16k': [5 * KB, 20 * KB, 128 * KB, 1024 * KB] },
    unit: 'characters',
    maxSizes: { '@langchain': 20 * KB, 'assistant-stream': 20 * KB },
  },
  { traffic: 'irregular' },
  { traffic: 'logprobs', withPeers: ['16k'] },
  { traffic: 'audio', withPeers: ['16k'], sizes: { '16k': [500], frame: [500], '7b': [500] } },
]

function suiteOf(plan: Plan, delivery: Delivery): Suite<Input> {
  const { traffic, withPeers, sizes, unit = 'deltas', maxSizes } = plan
  const peers = withPeers?.includes(delivery) ? peerCases(maxSizes) : []
  return {
    name: `fold/${traffic}/${delivery}`,
    unit,
    per: { name: unit.slice(0, -1), count: (size) => size },
    sizes: sizes?.[delivery] ?? [2000],
    input: (size) => inputOf(traffics[traffic].stream(size), delivery),
    check: (answer, input) => checkAnswer(answer, input),
    cases: [floorCase, ...ownCases, ...peers],
  }
}

/** What was recorded of ten providers, where SHARED_DIR has it. */
const recorded = (): Suite<Input>[] =>
  recordings().map(({ provider, read }) => {
    const cases: readonly Case<Input>[] = [floorCase, ...ownCases]
    return {
      name: `fold/recorded/${provider}`,
      unit: 'frames',
      per: { name: 'frame', count: (size) => size },
      // Read when it is asked for: the process of every other case comes by here.
      get sizes() {
        return [read().length]
      },
      input: () => inputOf({ frames: read(), said: {} }, '16k'),
      check: (answer, input) => checkAnswer(answer, input, true),
      cases,
    }
  })

export const foldSuites = (): Suite<Input>[] => [
  ...plans.flatMap((plan) => (plan.deliveries ?? everyDelivery).map((delivery) => suiteOf(plan, delivery))),
  ...recorded(),
]

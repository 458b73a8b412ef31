import { strictEqual } from 'node:assert'
import { floorCase } from '../fold/cases.ts'
import { checkAnswer, type Input, inputOf } from '../fold/input.ts'
import { fold, takePath } from '../fold/paths.ts'
import type { Case, Suite } from '../harness/suite.ts'
import type { Delivery } from '../traffic/delivery.ts'
import { text } from '../traffic/text.ts'
import { type Heard, hosts } from './hosts.ts'

const hostCases = Object.entries(hosts).map(
  ([name, host]): Case<Input> => ({
    name,
    prepare: () => ({
      run: ({ pieces }) => {
        takePath('templates')
        return host(pieces)
      },
    }),
  }),
)

function check(answer: unknown, input: Input): readonly string[] {
  if (typeof answer === 'number') return checkAnswer(answer, input)
  const { events, result } = answer as Heard
  let expected = 0
  fold(input.pieces, () => expected++)
  if (events > 0) strictEqual(events, expected)
  return checkAnswer(result, input)
}

/** What it costs to bring every event to a listener. */
export const hostSuites = (): Suite<Input>[] =>
  (['16k', 'frame'] satisfies Delivery[]).map((delivery) => ({
    name: `hosts/${delivery}`,
    unit: 'deltas',
    per: { name: 'delta', count: (size) => size },
    sizes: [2000],
    input: (size) => inputOf(text(size), delivery),
    check,
    cases: [floorCase, ...hostCases],
  }))

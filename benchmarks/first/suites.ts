import { floorCase, ownCase } from '../fold/cases.ts'
import { checkAnswer, type Input, inputOf } from '../fold/input.ts'
import type { Suite } from '../harness/suite.ts'
import type { Delivery } from '../traffic/delivery.ts'
import { text } from '../traffic/text.ts'

/** The first stream of a process, before any code is hot: what a function that is started for one request pays. */
export const firstSuites = (): Suite<Input>[] =>
  (['16k', 'frame'] satisfies Delivery[]).map((delivery) => ({
    name: `first/${delivery}`,
    kind: 'first',
    unit: 'deltas',
    per: { name: 'delta', count: (size) => size },
    sizes: [100, 500],
    // One run is a small sample that varies by a third, and a process is cheap.
    rounds: (asked) => asked * 8,
    input: (size) => inputOf(text(size), delivery),
    check: (answer, input) => checkAnswer(answer, input),
    cases: [ownCase('plain'), ownCase('templates'), ownCase('portable'), floorCase],
  }))

import { strictEqual } from 'node:assert'
import { createParser } from 'eventsource-parser'
import { Assembler } from '../../lib/assembler.ts'
import { matching } from '../../lib/from/template/matching.ts'
import type { AssemblyResult } from '../../lib/result.ts'
import type { Suite } from '../harness/suite.ts'
import { type Delivery, deliveries } from './delivery.ts'
import { type Traffic, traffics } from './traffic.ts'

interface Input {
  readonly pieces: readonly Uint8Array[]
  readonly chunks: number
  readonly said: string
}

/** What nobody can do without: the frames, and JSON.parse on each. Nothing is merged. */
export function floor(pieces: readonly Uint8Array[]): number {
  const decoder = new TextDecoder()
  let chunks = 0
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data !== '[DONE]' && typeof JSON.parse(data) === 'object') chunks++
    },
  })
  for (const piece of pieces) parser.feed(decoder.decode(piece, { stream: true }))
  return chunks
}

export function fold(pieces: readonly Uint8Array[], isMatching: boolean, isHeard = false): AssemblyResult {
  matching.isOn = isMatching
  let events = 0
  const assembler = new Assembler(isHeard ? { onEvent: () => events++ } : {})
  for (const piece of pieces) assembler.write(piece)
  return assembler.end()
}

function summary({ status, completion }: AssemblyResult): string {
  return `${status} ${JSON.stringify(completion.choices)}`
}

export const foldSuites: readonly Suite<Input>[] = traffics.flatMap((traffic) =>
  deliveries.map((delivery) => suiteOf(traffic, delivery)),
)

function suiteOf(traffic: Traffic, delivery: Delivery): Suite<Input> {
  return {
    name: `fold/${traffic.name}/${delivery.name}`,
    unit: 'deltas',
    sizes: [traffic.name === 'audio' ? 500 : 2000],
    input: (deltas) => {
      const frames = traffic.frames(deltas)
      const pieces = delivery.pieces(frames)
      const whole = new TextEncoder().encode(frames.join(''))
      return { pieces, chunks: floor(pieces), said: summary(fold([whole], false)) }
    },
    check: (answer, { chunks, said }) =>
      typeof answer === 'number'
        ? strictEqual(answer, chunks)
        : strictEqual(summary(answer as AssemblyResult), said),
    cases: [
      { name: 'floor: eventsource-parser and JSON.parse', run: ({ pieces }) => floor(pieces) },
      { name: 'plain path', run: ({ pieces }) => fold(pieces, false) },
      { name: 'templates', run: ({ pieces }) => fold(pieces, true) },
      { name: 'plain path, with a listener', run: ({ pieces }) => fold(pieces, false, true) },
      { name: 'templates, with a listener', run: ({ pieces }) => fold(pieces, true, true) },
    ],
  }
}

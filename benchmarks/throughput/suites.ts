import { strictEqual } from 'node:assert'
import { createParser } from 'eventsource-parser'
import { Assembler } from '../../lib/assembler.ts'
import { FLOOR } from '../fold/cases.ts'
import { type Path, takePath } from '../fold/paths.ts'
import type { Case, Suite } from '../harness/suite.ts'
import { deliveries } from '../traffic/delivery.ts'
import { text } from '../traffic/text.ts'

const DELTAS = 97
/** With the role, the finish reason and [DONE]. */
const FRAMES = DELTAS + 3

interface Input {
  readonly streams: number
  readonly pieces: readonly Uint8Array[]
  readonly said: string
}

/** One of many streams that are read at the same time; its text at the end, where it makes one. */
interface Line {
  write(bytes: Uint8Array): void
  end(): unknown
}

/** A frame to each stream by turns: what one has in the caches, the next one takes. */
function byTurns(make: () => Line, { streams, pieces }: Input): unknown[] {
  const lines = Array.from({ length: streams }, make)
  for (const piece of pieces) for (const line of lines) line.write(piece)
  return lines.map((line) => line.end())
}

function floorLine(): Line {
  const decoder = new TextDecoder()
  const parser = createParser({ onEvent: ({ data }) => data === '[DONE]' || JSON.parse(data) })
  return {
    write: (bytes) => parser.feed(decoder.decode(bytes, { stream: true })),
    end: () => undefined,
  }
}

function ownLine(): Line {
  const assembler = new Assembler()
  return {
    write: (bytes) => assembler.write(bytes),
    end: () => assembler.end().completion.choices[0]?.message.content,
  }
}

const ownCase = (path: Path): Case<Input> => ({
  name: path,
  prepare: () => ({
    run: (input) => {
      takePath(path)
      return byTurns(ownLine, input)
    },
  }),
})

/** Thousands of streams that are alive at the same time, one frame a read. */
export const throughputSuites = (): Suite<Input>[] => [
  {
    name: 'throughput',
    unit: 'streams',
    per: { name: 'frame', count: (size) => size * FRAMES },
    sizes: [1000, 10_000],
    rounds: (asked) => Math.ceil(asked / 2),
    input: (streams) => {
      const { frames, said } = text(DELTAS)
      return { streams, pieces: deliveries.frame(frames), said: said.text ?? '' }
    },
    check: (answer, { said }, caseName) => {
      const texts = answer as unknown[]
      if (caseName !== FLOOR) for (const heard of texts) strictEqual(heard, said)
      return []
    },
    cases: [
      { name: FLOOR, prepare: () => ({ run: (input) => byTurns(floorLine, input) }) },
      ownCase('plain'),
      ownCase('templates'),
      ownCase('portable'),
    ],
  },
]

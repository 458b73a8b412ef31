import { strictEqual } from 'node:assert'
import type { Case, Sample, Suite } from '../harness/suite.ts'
import { ai } from '../peers/ai.ts'
import { langchain } from '../peers/langchain.ts'
import { openai6, openai7 } from '../peers/openai.ts'
import { deliveries } from '../traffic/delivery.ts'
import { DONE } from '../traffic/openai.ts'
import type { Stream } from '../traffic/stream.ts'
import { ascii, text } from '../traffic/text.ts'
import { HeldBodies, usedBytes } from './held.ts'
import { type Kept, type Reader, readers } from './readers.ts'

interface Input {
  readonly streams: number
  readonly pieces: readonly Uint8Array[]
  readonly said: string
}

function inputOf(streams: number, { frames, said }: Stream): Input {
  // Cut before the finish reason: the answer goes on.
  const open = frames.filter((frame) => frame !== DONE).slice(0, -1)
  return { streams, pieces: deliveries.frame(open), said: said.text ?? '' }
}

/** Bytes that are in use because so many streams wait in mid-answer. */
async function measure(reader: Reader, { streams, pieces, said }: Input): Promise<Sample> {
  // What is made once in a process is not a cost of a stream.
  const first = new HeldBodies(pieces.slice(0, 60))
  const early = await reader(first)
  await first.drained(1)
  const bodies = new HeldBodies(pieces)
  const before = usedBytes()
  const all: Kept[] = []
  for (let i = 0; i < streams; i++) all.push(await reader(bodies))
  await bodies.drained(streams)
  const bytes = usedBytes() - before
  for (const { text } of all) if (text !== undefined) strictEqual(text(), said)
  // Told, so that none of it is collected before.
  return { bytes, kept: all.length + bodies.count + Number(early !== undefined) }
}

const caseOf = (name: string, reader: Reader, maxSize?: number): Case<Input> => ({
  name,
  ...(maxSize !== undefined && { maxSize }),
  prepare: () => ({ run: (input) => measure(reader, input) }),
})

const shared = {
  kind: 'own-fresh',
  metric: 'bytes',
  rounds: (asked: number) => Math.min(2, asked), // memory does not wander as time does
  check: () => [], // checked where it is measured, while it is still open
} as const

const { transport, plain, templates, face, byHand, peer } = readers

/** One long text, in mid-answer. */
const textSuite = (name: string, traffic: (deltas: number) => Stream): Suite<Input> => ({
  ...shared,
  name,
  unit: 'deltas',
  per: { name: 'character', count: (size) => traffic(size).said.text?.length ?? 1 },
  sizes: [300_000],
  input: (deltas) => inputOf(1, traffic(deltas)),
  cases: [
    caseOf('content += delta', byHand),
    caseOf('plain', plain),
    caseOf('templates', templates),
    caseOf(openai6.name, peer(openai6)),
    caseOf(openai7.name, peer(openai7)),
  ],
})

export const memorySuites = (): Suite<Input>[] => [
  {
    ...shared,
    name: 'memory/idle',
    unit: 'streams',
    per: { name: 'stream', count: (size) => size },
    sizes: [100, 1000, 10_000],
    compares: 'above',
    input: (streams) => inputOf(streams, text(50)),
    cases: [
      caseOf('transport alone', transport),
      caseOf('plain', plain),
      caseOf('templates', templates),
      caseOf('assemble().result', face),
      caseOf(openai6.name, peer(openai6)),
      caseOf(openai7.name, peer(openai7)),
      // A thousand streams at once take LangChain seconds, and streamText more than a minute.
      caseOf(langchain.name, peer(langchain), 100),
      caseOf(ai.name, peer(ai), 100),
    ],
  },
  textSuite('memory/text', ascii),
  textSuite('memory/two-byte-text', text),
]

import { expect } from 'chai'
import {
  Assembler,
  type AssemblyEvent,
  type AssemblyResult,
  type CreateChatCompletionResponse,
} from '../../lib/core.ts'
import { eventsOf } from '../../lib/run.ts'
import { openai } from '../../lib/ui.ts'
import { chunkOfEvent } from '../helpers/chunks-of-events.ts'
import { describeShared, readShared, readSharedJsonLines } from '../helpers/shared.ts'
import type { Client, Fetch } from './clients/client.ts'
import { clients } from './clients/index.ts'

interface Folded {
  readonly events: readonly AssemblyEvent[]
  readonly result: AssemblyResult
  /** The completion in the middle of the bytes. */
  readonly partial: CreateChatCompletionResponse
}

function fold(bytes: Uint8Array): Folded {
  const events: AssemblyEvent[] = []
  const assembler = new Assembler({ onEvent: (event) => events.push(event) })
  const middle = Math.floor(bytes.length * 0.6)
  assembler.write(bytes.subarray(0, middle))
  const partial = assembler.snapshot()
  assembler.write(bytes.subarray(middle))
  return { events, result: assembler.end(), partial }
}

function again(events: readonly AssemblyEvent[]): CreateChatCompletionResponse {
  const assembler = new Assembler()
  for (const event of events) {
    const chunk = chunkOfEvent(event)
    if (chunk !== undefined) assembler.writeChunk(chunk)
  }
  return assembler.snapshot()
}

const reasoningKeys = new Set(['reasoning', 'reasoning_content', 'reasoning_text'])

/** Without the finish reason, without texts in which nothing was said, and without the fields that are left out. */
function plain(
  { choices, ...envelope }: CreateChatCompletionResponse,
  left: ReadonlySet<string> = new Set(),
): object {
  return {
    ...envelope,
    choices: choices.map(({ finish_reason: _, message, ...choice }) => ({
      ...choice,
      message: Object.fromEntries(
        Object.entries(message).filter(([key, value]) => value !== '' && value !== null && !left.has(key)),
      ),
    })),
  }
}

/** A server that answers with these events. */
function serverOf(events: readonly AssemblyEvent[], { protocol }: Client): Fetch {
  const encoder = typeof protocol === 'function' ? protocol({ runId: 'run', messageId: 'message' }) : protocol
  return async () =>
    new Response(events.map((event) => encoder.encode(event)).join(''), { headers: encoder.headers })
}

describeShared('every recording', function () {
  this.timeout(60_000)
  const recordings = readSharedJsonLines<{ file: string }>('corpus', 'index.jsonl')
  const folded = new Map<string, Folded>()

  before(() => {
    for (const { file } of recordings) folded.set(file, fold(readShared('corpus', ...file.split('/'))))
  })

  it('can be told again from the middle, and from its end', () => {
    for (const [file, { partial, result }] of folded) {
      for (const completion of [partial, result.completion])
        expect(plain(again(eventsOf(completion))), file).to.deep.equal(plain(completion))
    }
  })

  it('can be passed on in the chunks of OpenAI', () => {
    for (const [file, { events, result }] of folded) {
      const encoder = openai({ contentParts: true })
      const assembler = new Assembler()
      for (const event of events) assembler.write(encoder.encode(event))
      const { completion } = assembler.end()
      expect(plain(completion, reasoningKeys), file).to.deep.equal(plain(result.completion, reasoningKeys))
    }
  })

  it('is read by real clients, every third by one of them, to the same text, calls and end', async () => {
    const able = clients.filter(({ lacks = [] }) => !lacks.includes('calls'))
    const third = [...folded].filter((_, i) => i % 3 === 0)
    for (const [i, [file, { events, result }]] of third.entries()) {
      const client = able[i % able.length] as Client
      const seen = await client.read(serverOf(events, client))
      const where = `${client.name}: ${file}`
      expect(seen.text, where).to.equal(textOf(events))
      // By the event: a call is told as done before a later one is cut, and then the result is stricter.
      const ready = events.filter((event) => event.type === 'tool_calls.done' && event.choice === 0)
      expect(seen.calls, where).to.have.length(ready.length)
      expect(seen.isSettled, where).to.equal(true)
      // An answer cut by its length, or in a way that has no word, is incomplete to some.
      if (seen.outcome !== 'cancelled')
        expect(seen.outcome, where).to.equal(result.status === 'complete' ? 'complete' : 'failed')
    }
    expect(third.length).to.be.greaterThan(300)
  })
})

function textOf(events: readonly AssemblyEvent[]): string {
  return events
    .flatMap((event) =>
      (event.type === 'content.delta' || event.type === 'refusal.delta') && event.choice === 0
        ? [event.delta]
        : [],
    )
    .join('')
}

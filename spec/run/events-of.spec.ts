import { expect } from 'chai'
import { Assembler, type AssemblyEvent, type CreateChatCompletionResponse } from '../../lib/core.ts'
import { eventsOf } from '../../lib/run.ts'
import { bytesOf, type Fixture, fixtures } from '../fixtures/index.ts'
import { chunkOfEvent } from '../helpers/chunks-of-events.ts'

/** Folds events as the chunks that a provider would have sent to say them. */
function foldEvents(events: readonly AssemblyEvent[]): CreateChatCompletionResponse {
  const assembler = new Assembler()
  for (const event of events) {
    const chunk = chunkOfEvent(event)
    if (chunk !== undefined) assembler.writeChunk(chunk)
  }
  return assembler.snapshot()
}

/** The completion after every byte. */
function snapshotsOf(fixture: Fixture): ReadonlySet<CreateChatCompletionResponse> {
  const seen = new Set<CreateChatCompletionResponse>()
  const assembler = new Assembler(fixture.options)
  for (const byte of bytesOf(fixture)) {
    assembler.write(Uint8Array.of(byte))
    seen.add(assembler.snapshot())
  }
  return seen.add(assembler.end().completion)
}

/** Without what only an end tells, and without texts in which nothing was said. */
function plain(completion: CreateChatCompletionResponse): object {
  const choices = completion.choices.map(({ finish_reason: _, message, ...choice }) => ({
    ...choice,
    message: Object.fromEntries(
      Object.entries(message).filter(([, value]) => value !== '' && value !== null),
    ),
  }))
  return { ...completion, choices }
}

describe('the events of a completion', () => {
  it('fold to it again, for every fixture, after every byte', () => {
    let count = 0
    for (const fixture of fixtures) {
      for (const completion of snapshotsOf(fixture)) {
        count++
        expect(plain(foldEvents(eventsOf(completion))), fixture.name).to.deep.equal(plain(completion))
      }
    }
    expect(count).to.be.greaterThan(fixtures.length * 2)
  })
})

import { expect } from 'chai'
import fc from 'fast-check'
import { Assembler } from '../../lib/core.ts'
import { toDeltas } from '../../lib/shapes.ts'
import type { CreateChatCompletionResponse } from '../../lib/wire/index.ts'
import { describeShared } from '../helpers/shared.ts'
import { arbitraryStream, runs } from '../helpers/streams.ts'
import { completionOf, ownRecordings, type Recording, sharedRecordings } from './recordings.ts'

type Completion = CreateChatCompletionResponse

/** As a cache would replay it: over the wire, as server-sent events. */
function replayed(completion: Completion, pieceLength?: number): Completion {
  const assembler = new Assembler()
  for (const chunk of toDeltas(completion, { pieceLength }))
    assembler.write(`data: ${JSON.stringify(chunk)}\n\n`)
  assembler.write('data: [DONE]\n\n')
  return JSON.parse(JSON.stringify(assembler.end().completion))
}

/** The fold reads such a number as an error that a provider reports, and takes nothing else of its chunk. */
function isErrorDocument(completion: Completion): boolean {
  return typeof completion.status_code === 'number' && completion.status_code >= 400
}

function giveBack(recordings: () => Recording[]): void {
  for (const pieceLength of [undefined, 1, Number.POSITIVE_INFINITY]) {
    it(`in pieces of ${pieceLength ?? 'the default'} characters`, () => {
      for (const { name, completion } of recordings()) {
        if (!isErrorDocument(completion))
          expect(replayed(completion, pieceLength), name).to.deep.equal(completion)
      }
    })
  }
}

describe('folding the deltas of a completion gives it back exactly: our streams', function () {
  this.timeout(20_000)
  const recordings = ownRecordings()
  giveBack(() => recordings)
})

describeShared('folding the deltas of a completion gives it back exactly: 913 recordings', function () {
  this.timeout(20_000)
  const recordings = sharedRecordings()
  giveBack(() => recordings)
})

describe('toDeltas', () => {
  it('gives back whatever any stream can be folded to', function () {
    this.timeout(20_000)
    fc.assert(
      fc.property(arbitraryStream(), fc.integer({ min: 1, max: 9 }), ({ bytes, options }, pieceLength) => {
        const assembler = new Assembler(options)
        assembler.write(bytes)
        const completion: Completion = JSON.parse(JSON.stringify(assembler.end().completion))
        fc.pre(!isErrorDocument(completion))
        expect(replayed(completion, pieceLength)).to.deep.equal(completion)
      }),
      runs(400),
    )
  })

  it('streams text in pieces, a call name first, the finish reason last but one and usage last', () => {
    const completion = completionOf('openai-parallel-calls')
    const chunks = toDeltas(completion, { pieceLength: 4 })
    expect(chunks[0]?.choices?.[0]?.delta).to.deep.equal({ role: 'assistant' })
    expect(chunks.at(-2)?.choices?.[0]?.finish_reason).to.equal('tool_calls')
    expect(chunks.at(-1)).to.include({ id: completion.id, model: completion.model })
    const calls = chunks.flatMap((chunk) => chunk.choices?.[0]?.delta?.tool_calls ?? [])
    expect(calls[0]?.function?.arguments).to.equal('')
    expect(calls.slice(1).every((call) => String(call.function?.arguments).length <= 4)).to.equal(true)
  })

  it('never cuts a character in two', () => {
    const completion = completionOf('openai-usage-then-moderation')
    const [choice] = completion.choices
    if (choice === undefined) throw new Error('the fixture has a choice')
    choice.message.content = '🙂🙂🙂'
    const deltas = toDeltas(completion, { pieceLength: 1 }).map((chunk) => chunk.choices?.[0]?.delta)
    const pieces = deltas.map((delta) => delta?.content).filter((content) => typeof content === 'string')
    expect(pieces).to.deep.equal(['🙂', '🙂', '🙂'])
  })

  it('refuses a piece length that is none', () => {
    expect(() => toDeltas(completionOf('openai-usage-then-moderation'), { pieceLength: 0 })).to.throw(
      RangeError,
    )
  })
})

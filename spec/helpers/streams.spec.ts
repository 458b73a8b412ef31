import { expect } from 'chai'
import fc from 'fast-check'
import { readChunks } from './reference/chunks.ts'
import {
  idsOnWire,
  type Projectable,
  project,
  type ReferenceResult,
  referenceFold,
} from './reference/index.ts'
import { type JsonObject, objectOf, own } from './reference/values.ts'
import type { Intended } from './streams/segments.ts'
import { arbitraryCumulativeStream, arbitraryCuts, arbitraryStream, cut, runs } from './streams.ts'

/** What the oracle found, as far as the generator had an intention about it. */
function found(choice: ReferenceResult['choices'][number] | undefined, intended: Intended): Intended {
  const calls = choice?.tool_calls.map(({ name, arguments: text }) => ({ name, arguments: text }))
  const all: Intended = {
    content: typeof choice?.content === 'string' ? choice.content : '',
    refusal: choice?.refusal ?? '',
    reasoning: choice?.reasoning ?? {},
    calls: calls ?? [],
  }
  return Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(intended, key)))
}

describe('generated streams', () => {
  it('hold the chunks they name, and fold to what was intended: generator and oracle agree', () => {
    fc.assert(
      fc.property(arbitraryStream(), ({ bytes, chunks, intended, options, whole }) => {
        fc.pre(whole)
        expect(JSON.stringify(readChunks(bytes, options).chunks)).to.equal(JSON.stringify(chunks))
        const { choices } = referenceFold(bytes, options)
        intended.forEach((one, at) => {
          expect(found(choices[at], one)).to.deep.equal(one)
        })
      }),
      runs(400),
    )
  })

  it('hold the whole text in every delta where the caller has to declare it', () => {
    fc.assert(
      fc.property(arbitraryCumulativeStream(), ({ bytes, intended, options }) => {
        const [choice] = referenceFold(bytes, options).choices
        expect(choice?.content).to.equal(intended.content)
        expect(choice?.reasoning.reasoning_content ?? '').to.equal(intended.reasoning?.reasoning_content)
      }),
      runs(100),
    )
  })

  it('are cut into reads that join to the same bytes', () => {
    const cuts = arbitraryStream().chain((stream) =>
      arbitraryCuts(stream.bytes.length).map((offsets) => ({ bytes: stream.bytes, offsets })),
    )
    fc.assert(
      fc.property(cuts, ({ bytes, offsets }) => {
        const reads = cut(bytes, offsets)
        expect(reads).to.have.length(offsets.length + 1)
        expect(Buffer.concat(reads).equals(bytes)).to.equal(true)
      }),
      runs(100),
    )
  })

  // Only what comes often enough for any seed.
  it('cover every kind of end and every kind of field', () => {
    const streams = fc.sample(arbitraryStream(), runs(1000))
    const results = streams.map(({ bytes, options }) => referenceFold(bytes, options))
    const statuses = new Set(results.map(({ status }) => status))
    expect([...statuses].sort()).to.deep.equal(['complete', 'errored', 'truncated'])
    const errors = results.map(({ error }) => error)
    expect(errors).to.include.members(['bad_chunk', 'bad_json', 'bad_type', 'finish_error'])
    expect(errors).to.include.members(['empty_stream', 'upstream_error', null])
    const choices = results.flatMap((result) => result.choices)
    const keysOf = (choice: ReferenceResult['choices'][number]): string[] =>
      Object.keys({ ...choice.reasoning, ...choice.message_fields })
    const keys = choices.flatMap(keysOf)
    expect(keys).to.include.members(['reasoning', 'reasoning_content', 'reasoning_text', '__proto__'])
    for (const field of [
      'reasoning_details',
      'thinking_blocks',
      'tool_calls',
      'annotations',
      'content',
    ] as const) {
      expect(choices.filter((choice) => Array.isArray(choice[field]) && choice[field].length > 0)).to.not.be
        .empty
    }
    for (const field of ['audio', 'function_call', 'refusal'] as const) {
      expect(choices.filter((choice) => choice[field] !== null)).to.not.be.empty
    }
  })
})

describe("the library's result in the oracle's shape", () => {
  const body =
    'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"Hi","__proto__":{"a":1},"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}},{"index":1,"function":{"name":"g","arguments":""}}]},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n'
  const reference = referenceFold(new TextEncoder().encode(body))
  const tool = (id: string, name: string, args: string): JsonObject => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  })
  const call = { choice: 0, type: 'function', state: 'complete' } as const

  function result(hostile: JsonObject, calls: Projectable['toolCalls']): Projectable {
    const message = {
      ...{ role: 'assistant', content: 'Hi', refusal: null, ...hostile },
      tool_calls: [tool('a', 'f', '{}'), tool('made-up', 'g', '')],
    }
    const choice = { index: 0, finish_reason: 'tool_calls', logprobs: null, message }
    const completion = { id: 'c1', object: 'chat.completion', created: 0, model: '', choices: [choice] }
    return { status: 'complete', completion, toolCalls: calls }
  }
  const hostile = (value: unknown): JsonObject => objectOf([['__proto__', value]])
  const calls = [
    { ...call, id: 'a', name: 'f', arguments: '{}' },
    { ...call, id: 'made-up', name: 'g', arguments: '' },
  ]

  it('equals what the oracle folds, with null for an id that the library made up', () => {
    expect(project(result(hostile({ a: 1 }), calls), idsOnWire(reference))).to.deep.equal(reference)
  })

  it('differs where one hostile key differs', () => {
    const others = [result(hostile({ a: 2 }), calls), result({}, calls)]
    for (const other of others) expect(project(other, idsOnWire(reference))).to.not.deep.equal(reference)
    expect(own(reference.choices[0]?.message_fields, '__proto__')).to.deep.equal({ a: 1 })
  })

  it('is refused where toolCalls and the message do not say the same', () => {
    const wrong = calls.map((one) => ({ ...one, arguments: '{"x":1}' }))
    expect(() => project(result(hostile({ a: 1 }), wrong), idsOnWire(reference))).to.throw(
      /is not the message's/,
    )
  })
})

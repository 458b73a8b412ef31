import { expect } from 'chai'
import { Fault } from '../../lib/errors.ts'
import { Completion } from '../../lib/merge/completion.ts'
import { tablesWith } from '../../lib/merge/fields.ts'
import type { JsonObject, JsonValue } from '../../lib/wire/index.ts'
import { SpecContext } from '../helpers/merge.ts'

const create = (single = false): Completion => new Completion(tablesWith(undefined), single)

function envelopeOf(...chunks: readonly JsonObject[]): JsonObject {
  const completion = create()
  const context = new SpecContext()
  for (const chunk of chunks) {
    for (const [key, value] of Object.entries(chunk)) completion.mergeField(key, value, context)
    completion.mergeUsage('chunk', chunk, context)
  }
  return completion.snapshot()
}

const empty = { id: '', object: 'chat.completion', created: 0, model: '', choices: [] }

describe('the envelope of a completion', () => {
  const rows: readonly (readonly [string, readonly JsonObject[], JsonObject])[] = [
    ['has every field that must be there before anything came', [], empty],
    [
      'has the first id, model and time that are not empty',
      [
        { id: '', model: '', created: 0 },
        { id: 'c1', model: 'm', created: 5 },
        { id: 'c2', model: 'n', created: 6 },
      ],
      { ...empty, id: 'c1', model: 'm', created: 5 },
    ],
    [
      'is an object of its own kind, whatever the chunks were',
      [{ object: 'chat.completion.chunk' }, { object: 'chat.completion.done' }],
      empty,
    ],
    [
      'has the last fingerprint and tier that are not empty',
      [
        { system_fingerprint: 'a', service_tier: null },
        { system_fingerprint: '', service_tier: 'flex' },
        { system_fingerprint: 'b' },
      ],
      { ...empty, system_fingerprint: 'b', service_tier: 'flex' },
    ],
    ['has no padding', [{ obfuscation: 'xyz', p: 'ab' }], empty],
    [
      'has the last citations, which are sent whole',
      [{ citations: ['a'] }, { citations: ['a', 'b'] }],
      { ...empty, citations: ['a', 'b'] },
    ],
    [
      'has x_groq key by key',
      [{ x_groq: { id: 'r' } }, { x_groq: { seed: 1 } }],
      { ...empty, x_groq: { id: 'r', seed: 1 } },
    ],
    [
      'has usage of the chunk over that of x_groq',
      [{ usage: { total_tokens: 2 }, x_groq: { usage: { total_tokens: 1 } } }],
      { ...empty, usage: { total_tokens: 2 }, x_groq: { usage: { total_tokens: 1 } } },
    ],
  ]
  for (const [fact, chunks, completion] of rows) {
    it(fact, () => expect(envelopeOf(...chunks)).to.deep.equal(completion))
  }
})

describe('the choices of a completion', () => {
  const indexes = (completion: Completion): number[] => completion.choices.map(({ index }) => index)

  it('are in the order of their indexes, which may have gaps', () => {
    const completion = create()
    for (const index of [7, 0, 3, 7]) completion.choiceAt(index, new SpecContext())
    expect(indexes(completion)).to.deep.equal([0, 3, 7])
  })

  it('are all choice 0 if the caller asked for one', () => {
    const completion = create(true)
    for (const index of [0, 5, 1e9, -1, 'x', null] as JsonValue[])
      completion.choiceAt(index, new SpecContext())
    expect(indexes(completion)).to.deep.equal([0])
  })

  it('are choice 0 without an index, and that is reported', () => {
    const context = new SpecContext()
    const completion = create()
    for (const index of [undefined, null]) completion.choiceAt(index, context)
    expect([indexes(completion), context.codes]).to.deep.equal([
      [0],
      ['missing_choice_index', 'missing_choice_index'],
    ])
  })

  for (const [index, code] of [
    [-1, 'bad_index'],
    [1.5, 'bad_index'],
    [1e300, 'bad_index'],
    ['x', 'bad_index'],
    [{}, 'bad_index'],
    [128, 'limit_choices'],
    [1e9, 'limit_choices'],
  ] as [JsonValue, string][]) {
    it(`have no index ${JSON.stringify(index)}`, () => {
      expect(() => create().choiceAt(index, new SpecContext()))
        .to.throw(Fault)
        .with.property('code', code)
    })
  }
})

describe('an id that is made up for a tool call', () => {
  const idOf = (chunk: JsonObject, index: number): unknown => {
    const completion = create()
    const context = new SpecContext()
    for (const [key, value] of Object.entries(chunk)) completion.mergeField(key, value, context)
    const choice = completion.choiceAt(0, context)
    choice.mergeDelta(
      {
        tool_calls: [
          { index: 0, function: { name: 'f' } },
          { index: 1, function: { name: 'f' } },
        ],
      },
      context,
      undefined,
    )
    return choice.toolCalls.ordered[index]?.id
  }

  it('is the same for the same stream, and another for another call or stream', () => {
    expect(idOf({ id: 'c1' }, 0)).to.equal(idOf({ id: 'c1' }, 0))
    expect(idOf({ id: 'c1' }, 0)).to.match(/^call_[0-9a-f]{16}$/)
    expect(
      new Set([idOf({ id: 'c1' }, 0), idOf({ id: 'c1' }, 1), idOf({ id: 'c2' }, 0), idOf({}, 0)]).size,
    ).to.equal(4)
  })
})

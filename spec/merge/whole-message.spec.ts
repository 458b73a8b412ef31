import { expect } from 'chai'
import { FieldSet } from '../../lib/merge/field-set.ts'
import { fieldTables } from '../../lib/merge/fields.ts'
import { deltaOfMessage } from '../../lib/merge/whole-message.ts'
import type { JsonObject } from '../../lib/wire/index.ts'
import { SpecContext } from '../helpers/merge.ts'

/** One choice of a chunk: its delta, and the whole message beside it. */
type Entry = readonly [delta: JsonObject, message: JsonObject]

function foldEntries(entries: readonly Entry[]) {
  const fields = new FieldSet(fieldTables().delta, 'delta')
  const context = new SpecContext()
  for (const [delta, message] of entries) {
    const merged = deltaOfMessage(message, delta, fields, context)
    for (const [key, value] of Object.entries(merged)) fields.merge(key, value, context)
  }
  return { message: fields.snapshot(), codes: context.codes }
}

const says = (content: string): JsonObject => ({ content })

const rows: readonly (readonly [string, readonly Entry[], JsonObject])[] = [
  [
    'Perplexity: the text so far, beside each delta, adds nothing',
    [
      [says('A'), says('A')],
      [says('B'), says('AB')],
    ],
    says('AB'),
  ],
  [
    'MiniMax: a last delta that mirrors the whole adds nothing',
    [
      [says('A'), {}],
      [says('B'), {}],
      [says('AB'), says('AB')],
    ],
    says('AB'),
  ],
  [
    'a delta that repeats a letter is no mirror',
    [
      [says('A'), says('A')],
      [says('A'), says('AA')],
    ],
    says('AA'),
  ],
  [
    'without a delta it says what is new',
    [
      [{}, says('Oo')],
      [{}, says('Oolong')],
    ],
    says('Oolong'),
  ],
  [
    'an empty delta beside it is none',
    [
      [says('A'), says('A')],
      [says(''), says('ABC')],
    ],
    says('ABC'),
  ],
  ['an empty one beside a delta says nothing', [[says('A'), says('')]], says('A')],
  [
    'an empty one behind a text says nothing',
    [
      [says('A'), {}],
      [{}, says('')],
    ],
    says('A'),
  ],
  ['null beside a delta says nothing', [[says('A'), { content: null }]], says('A')],
  [
    'it goes on where it lags behind',
    [
      [says('A'), {}],
      [says('B'), says('A')],
    ],
    says('AB'),
  ],
  [
    'a field that never came is taken',
    [[says('A'), { ...says('A'), annotations: [1], refusal: 'no' }]],
    { ...says('A'), annotations: [1], refusal: 'no' },
  ],
  [
    'a field that came is left alone',
    [
      [{ annotations: [1] }, {}],
      [{}, { annotations: [2] }],
    ],
    { annotations: [1] },
  ],
  [
    'reasoning is a text like any other',
    [
      [{ reasoning_content: 'H' }, { reasoning_content: 'H' }],
      [{}, { reasoning_content: 'Hm' }],
    ],
    { reasoning_content: 'Hm' },
  ],
]

describe('a whole message in a chunk', () => {
  for (const [fact, entries, message] of rows) {
    it(fact, () => expect(foldEntries(entries)).to.deep.equal({ message, codes: [] }))
  }

  it('that does not go on from the text so far is reported, and changes nothing', () => {
    const folded = foldEntries([
      [says('Hello'), {}],
      [{}, says('Bonjour')],
    ])
    expect(folded).to.deep.equal({ message: says('Hello'), codes: ['message_mismatch'] })
  })

  it('gives its calls the places they have in the list', () => {
    const calls = [{ id: 'a' }, { id: 'b', index: 7 }]
    const merged = deltaOfMessage(
      { tool_calls: calls },
      {},
      new FieldSet(fieldTables().delta, ''),
      new SpecContext(),
    )
    expect(merged.tool_calls).to.deep.equal([
      { index: 0, id: 'a' },
      { id: 'b', index: 7 },
    ])
  })
})

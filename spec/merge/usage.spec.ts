import { expect } from 'chai'
import { UsageField } from '../../lib/merge/usage.ts'
import { describeMerges, mergeAll } from '../helpers/merge.ts'

const counts = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }
const zeros = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }

describeMerges('usage', () => new UsageField(), [
  [
    'is the last of its totals, never their sum',
    [counts, { ...counts, completion_tokens: 9 }],
    { ...counts, completion_tokens: 9 },
  ],
  ['is not erased by zeros', [counts, zeros], counts],
  ['is zero where nothing else came', [zeros], zeros],
  ['goes from zero to a number', [zeros, counts], counts],
  ['is not erased by null', [counts, { total_tokens: null }], counts],
  ['takes details as a unit', [{ details: { a: 1 } }, { details: { b: 2 } }], { details: { b: 2 } }],
  [
    'keeps details that zeros and nulls come after',
    [{ details: { a: 1 } }, { details: { a: 0, b: null } }],
    { details: { a: 1 } },
  ],
  ['keeps what nobody has described', [{ cost: 0.02 }, { queue_time: 0.1 }], { cost: 0.02, queue_time: 0.1 }],
])

describe('usage', () => {
  it('that is no object is ignored and reported', () => {
    for (const value of [5, 'x', [counts], true]) {
      const { value: usage, codes } = mergeAll(new UsageField(), [counts, value])
      expect([usage, codes]).to.deep.equal([counts, ['bad_usage']])
    }
  })

  it('takes nothing of a repetition', () => {
    expect(mergeAll(new UsageField(), [counts, { ...counts }]).taken).to.deep.equal([counts, undefined])
  })
})

import { expect } from 'chai'
import { Fault } from '../../lib/errors.ts'
import { LogprobsField } from '../../lib/merge/logprobs.ts'
import { describeMerges, mergeAll, SpecContext } from '../helpers/merge.ts'

const create = (path: string): LogprobsField => new LogprobsField(path)
const token = (text: string) => ({ token: text, logprob: -0.5, bytes: null, top_logprobs: [] })
const [a, b] = [token('a'), token('b')]

describeMerges(
  'log probabilities',
  create,
  [
    [
      'are appended, and the list that never came is null',
      [{ content: [a], refusal: null }, { content: [b] }],
      { content: [a, b], refusal: null },
    ],
    [
      'of a refusal are a list of their own',
      [{ content: [a] }, { refusal: [b] }],
      { content: [a], refusal: [b] },
    ],
    [
      'may have lists that nobody has described',
      [{ reasoning_content: [a] }, { reasoning_content: [b] }],
      { content: null, refusal: null, reasoning_content: [a, b] },
    ],
    [
      'may come as one object where a list belongs',
      [{ content: a }, { content: b }],
      { content: [a, b], refusal: null },
    ],
    ['may be a bare number', [-0.25, -0.5], -0.5],
    ['are nothing where both lists are null', [{ content: null, refusal: null }], undefined],
    ['are nothing where both lists are empty', [{ content: [], refusal: [] }], undefined],
  ],
  () => {
    it('refuse a number where a list has come', () => {
      const field = create('x')
      mergeAll(field, [{ content: [a] }])
      expect(() => field.merge({ content: 5 }, new SpecContext()))
        .to.throw(Fault)
        .with.property('code', 'bad_type')
    })

    it('of a chunk without any are not told', () => {
      expect(mergeAll(create('x'), [{ content: null, refusal: null }, { content: [a] }]).taken).to.deep.equal(
        [undefined, { content: [a] }],
      )
    })
  },
)

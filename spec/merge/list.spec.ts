import { expect } from 'chai'
import { IndexedField, ListField, SetField } from '../../lib/merge/list.ts'
import { describeMerges, mergeAll, refuses } from '../helpers/merge.ts'

describeMerges(
  'a list',
  (path) => new ListField(path),
  [
    [
      'is appended',
      [
        [1, 2],
        [2, 3],
      ],
      [1, 2, 2, 3],
    ],
    ['may be empty', [[], []], []],
    ['may come item by item, without brackets', [{ a: 1 }, [{ b: 2 }]], [{ a: 1 }, { b: 2 }]],
  ],
  () => refuses((path) => new ListField(path), ['a', 5, true], [[1]]),
)

describeMerges(
  'a list of distinct items',
  (path) => new SetField(path),
  [
    ['takes each once', [[{ url: 'a' }], [{ url: 'b' }, { url: 'a' }]], [{ url: 'a' }, { url: 'b' }]],
    ['tells a text from a number', [['1', 1, '1']], ['1', 1]],
    ['keeps an explicit empty one', [[]], []],
  ],
  () => {
    it('takes nothing of a repetition', () => {
      expect(mergeAll(new SetField('x'), [['a'], ['a'], ['b', 'a']]).taken).to.deep.equal([
        ['a'],
        undefined,
        ['b'],
      ])
    })
  },
)

const tool = (index: number, fields: object = {}) => ({ index, type: 'search', ...fields })

describeMerges('a list of items with an index', (path) => new IndexedField(path), [
  [
    'replaces the keys of the one that is there',
    [[tool(0, { arguments: '{}' })], [tool(0, { arguments: '{}', output: 'x' })]],
    [tool(0, { arguments: '{}', output: 'x' })],
  ],
  [
    'keeps those with another index or type apart',
    [[tool(0), tool(1)], [{ index: 0, type: 'x' }]],
    [tool(0), tool(1), { index: 0, type: 'x' }],
  ],
  ['appends what has none', [[{ a: 1 }], [{ a: 1 }]], [{ a: 1 }, { a: 1 }]],
])

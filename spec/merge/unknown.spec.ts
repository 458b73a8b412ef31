import { expect } from 'chai'
import { UnknownField } from '../../lib/merge/unknown.ts'
import { describeMerges, mergeAll } from '../helpers/merge.ts'

describeMerges('a field that nobody has described', (path) => new UnknownField(path), [
  ['is the last text that is not empty', ['analysis', 'analysis', '', 'final'], 'final'],
  ['is the last number or truth', [1, 2, false], false],
  ['is an object key by key', [{ a: 1 }, { a: null, b: 2 }], { a: 1, b: 2 }],
  ['is a list, appended', [[1], [2, [3]]], [1, 2, [3]]],
  [
    'is a list by index where its items have one',
    [[{ index: 0, a: 1 }], [{ index: 0, b: 2 }]],
    [{ index: 0, a: 1, b: 2 }],
  ],
  ['starts over where it changes its shape', [[1], { a: 1 }, { b: 2 }], { a: 1, b: 2 }],
  ['goes on where items without an index follow', [[{ index: 0 }], [{ a: 1 }]], [{ index: 0 }, { a: 1 }]],
])

describe('a field that nobody has described', () => {
  it('is left out where it is nested too deeply, and goes on', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`)
    const { value, codes } = mergeAll(new UnknownField('x'), [{ a: 1 }, deep, { b: 2 }])
    expect([value, codes]).to.deep.equal([{ a: 1, b: 2 }, ['depth']])
  })
})

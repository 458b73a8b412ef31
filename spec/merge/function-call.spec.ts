import { expect } from 'chai'
import { FunctionCallField } from '../../lib/merge/function-call.ts'
import { describeMerges, mergeAll, refuses } from '../helpers/merge.ts'

const create = (path: string): FunctionCallField => new FunctionCallField(path)

describeMerges(
  'a function call',
  create,
  [
    [
      'keeps its name and joins its arguments',
      [{ name: 'f', arguments: '' }, { arguments: '{"x"' }, { arguments: ':1}' }],
      { name: 'f', arguments: '{"x":1}' },
    ],
    [
      'keeps a repeated name',
      [
        { name: 'f', arguments: '{' },
        { name: 'f', arguments: '}' },
      ],
      { name: 'f', arguments: '{}' },
    ],
    ['may have no arguments', [{ name: 'f' }], { name: 'f', arguments: '' }],
    [
      'may have arguments before its name',
      [{ arguments: '{' }, { name: 'f', arguments: '}' }],
      { name: 'f', arguments: '{}' },
    ],
    [
      'may have its arguments as an object',
      [{ name: 'f', arguments: { x: 1 } }],
      { name: 'f', arguments: '{"x":1}' },
    ],
  ],
  () => {
    refuses(create, ['f', 5, ['f'], { name: 5 }, { arguments: 5 }], [{ name: 'f' }])

    it('takes what is new: not a name that is repeated, nor nothing', () => {
      const { taken } = mergeAll(create('x'), [{ name: 'f' }, { name: 'f', arguments: '{' }, { name: 'f' }])
      expect(taken).to.deep.equal([{ name: 'f', arguments: '' }, { arguments: '{' }, undefined])
    })
  },
)

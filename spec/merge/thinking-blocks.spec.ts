import { expect } from 'chai'
import { ThinkingBlocksField, textOfBlocks } from '../../lib/merge/thinking-blocks.ts'
import { describeMerges, refuses } from '../helpers/merge.ts'

const create = (path: string): ThinkingBlocksField => new ThinkingBlocksField(path)
const block = (thinking: string, signature = '') => ({ type: 'thinking', thinking, signature })
const redacted = (data: string) => ({ type: 'redacted_thinking', data })

describeMerges(
  'thinking blocks',
  create,
  [
    [
      'grow until a signature closes them',
      [[block('a')], [block('b')], [block('', 'S')]],
      [block('ab', 'S')],
    ],
    [
      'begin anew after a signature',
      [[block('a', 'S')], [block('b')], [block('', 'T')]],
      [block('a', 'S'), block('b', 'T')],
    ],
    ['may come whole', [[block('a', 'S')], [block('b', 'T')]], [block('a', 'S'), block('b', 'T')]],
    [
      'may come whole once more behind their pieces',
      [[block('a')], [block('b')], [block('ab', 'S')]],
      [block('ab', 'S')],
    ],
    [
      'keep redacted ones as blocks of their own',
      [[block('a')], [redacted('X')], [redacted('Y')], [block('b')]],
      [block('a'), redacted('X'), redacted('Y'), block('b')],
    ],
    [
      'come several in one delta',
      [[block('a', 'S'), redacted('X'), block('b')]],
      [block('a', 'S'), redacted('X'), block('b')],
    ],
    ['keep an explicit empty list', [[]], []],
  ],
  () => {
    refuses(create, ['a', 5, {}, ['a']], [[block('a')]])

    it('carry a reasoning text of their own', () => {
      expect(textOfBlocks([block('a', 'S'), redacted('X'), block('b'), null])).to.equal('ab')
    })
  },
)

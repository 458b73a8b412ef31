import { expect } from 'chai'
import { ReasoningDetailsField, textOfDetails } from '../../lib/merge/reasoning-details.ts'
import { describeMerges, mergeAll, refuses } from '../helpers/merge.ts'

const create = (path: string): ReasoningDetailsField => new ReasoningDetailsField(path)
const format = 'anthropic-claude-v1'
const text = (piece: string, more: object = {}) => ({
  type: 'reasoning.text',
  text: piece,
  index: 0,
  ...more,
})
const summary = (piece: string, more: object = {}) => ({ type: 'reasoning.summary', summary: piece, ...more })
const encrypted = (data: string, more: object = {}) => ({
  type: 'reasoning.encrypted',
  data,
  index: 0,
  ...more,
})
const signed = (signature: string) => ({ type: 'reasoning.text', signature, index: 0 })

describeMerges(
  'reasoning details',
  create,
  [
    ['join the text of one entry', [[text('Fox')], [text('es')]], [text('Foxes')]],
    ['join the summary of one entry', [[summary('Fo')], [summary('x')]], [summary('Fox')]],
    [
      'keep text and encrypted data of one index apart',
      [[text('a')], [encrypted('X')]],
      [text('a'), encrypted('X')],
    ],
    [
      'keep two encrypted ones of one index apart',
      [[encrypted('X', { id: '1' }), encrypted('Y', { id: '2' })]],
      [encrypted('X', { id: '1' }), encrypted('Y', { id: '2' })],
    ],
    ['drop an encrypted one that is repeated', [[encrypted('X')], [encrypted('X')]], [encrypted('X')]],
    [
      'keep indexes apart, also when they take turns',
      [[text('a')], [text('b', { index: 1 })], [text('c')]],
      [text('ac'), text('b', { index: 1 })],
    ],
    [
      'keep ids of one index apart',
      [[text('a', { id: 'x' })], [text('b', { id: 'y' })]],
      [text('a', { id: 'x' }), text('b', { id: 'y' })],
    ],
    [
      'go on under an id where a piece has none',
      [[text('a', { id: 'x' })], [text('b')]],
      [text('ab', { id: 'x' })],
    ],
    ['sign an entry without text of its own', [[text('a')], [signed('S')]], [text('a', { signature: 'S' })]],
    [
      'begin a new entry with text after a signature',
      [[text('a')], [signed('S')], [text('b')]],
      [text('a', { signature: 'S' }), text('b')],
    ],
    [
      'never join a format, a type or a signature',
      [[text('a', { format, signature: '' })], [text('b', { format })], [signed('S')]],
      [text('ab', { format, signature: 'S' })],
    ],
    ['keep an explicit empty list', [[]], []],
    ['take nothing of an empty list behind entries', [[text('a')], []], [text('a')]],
    [
      'keep entries of a type that nobody knows as they are',
      [[{ type: 'reasoning.new', what: 1 }]],
      [{ type: 'reasoning.new', what: 1 }],
    ],
    [
      'join neighbours without index',
      [[summary('a')], [summary('b')], [encrypted('X')], [summary('c')]],
      [summary('ab'), encrypted('X'), summary('c')],
    ],
  ],
  () => {
    refuses(create, ['a', 5, {}, ['a']], [[text('a')]])

    it('say that an empty list came, once', () => {
      expect(mergeAll(create('x'), [[], []]).taken).to.deep.equal([[], undefined])
    })

    it('carry a reasoning text of their own', () => {
      expect(
        textOfDetails([text('a'), encrypted('X'), summary('b'), null, 5, text('', { text: null })]),
      ).to.equal('ab')
    })
  },
)

import { expect } from 'chai'
import { ContentField, isPlainText } from '../../lib/merge/content.ts'
import { describeMerges, mergeAll, refuses, SpecContext } from '../helpers/merge.ts'

const create = (path: string): ContentField => new ContentField(path)
const text = (piece: string) => ({ type: 'text', text: piece })
const thinking = (...pieces: string[]) => ({ type: 'thinking', thinking: pieces.map(text) })
const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
const cited = { ...text('c'), annotations: [1] }

describeMerges(
  'a content',
  create,
  [
    ['is a text while only text comes', ['Hel', [text('l'), text('o')], ''], 'Hello'],
    [
      'is a list of parts from the first other part on',
      ['a', [image], 'b', 'c'],
      [text('a'), image, text('bc')],
    ],
    ['is a list without a text before, if none came', [[image], [text('b')]], [image, text('b')]],
    ['joins parts that grow', [[thinking('a')], [thinking('b')], 'c'], [thinking('ab'), text('c')]],
    ['keeps parts that arrive whole apart', [[image], [image]], [image, image]],
    ['keeps a text part that says more than its text', ['a', [cited]], [{ ...text('ac'), annotations: [1] }]],
    ['is empty where only empty text came', ['', []], ''],
  ],
  () => {
    refuses(create, [5, true, {}, [5], [{ text: 'x' }], [{ type: 5 }]], ['a'])

    it('takes parts as they came, and text as text', () => {
      const { taken } = mergeAll(create('x'), ['a', [text('b'), image], [text('')], ''])
      expect(taken).to.deep.equal(['a', [text('b'), image], undefined, undefined])
    })

    it('has a text of its own beside other parts', () => {
      const content = create('x')
      mergeAll(content, ['a', [image, text('b')], 'c'])
      expect([content.text, content.isEmpty]).to.deep.equal(['abc', false])
    })

    it('counts a part by what it holds', () => {
      const context = new SpecContext()
      create('x').merge([image], context)
      expect(context.kept).to.be.greaterThan(image.image_url.url.length)
    })
  },
)

describe('a part', () => {
  it('is plain text if it says nothing but its text', () => {
    expect([text('a'), { ...text('a'), id: null }, { type: 'text' }].map(isPlainText)).to.deep.equal([
      true,
      true,
      true,
    ])
    expect([cited, image, { ...text('a'), id: 'x' }].map(isPlainText)).to.deep.equal([false, false, false])
  })
})

import { expect } from 'chai'
import { PartList, reasoningOfPart } from '../../lib/merge/parts.ts'
import type { JsonObject } from '../../lib/wire/index.ts'
import { deepFreeze } from '../helpers/growth.ts'

const text = (piece: string) => ({ type: 'text', text: piece })
const summary = (...pieces: string[]) => ({
  type: 'reasoning',
  summary: pieces.map((piece) => ({ type: 'summary_text', text: piece })),
})
const thinking = (...items: JsonObject[]) => ({ type: 'thinking', thinking: items })
const reference = { type: 'reference', reference_ids: [1] }

const rows: readonly (readonly [string, readonly JsonObject[], readonly JsonObject[]])[] = [
  ['texts in a row are one', [text('a'), text('b')], [text('ab')]],
  ['texts around another part are two', [text('a'), reference, text('b')], [text('a'), reference, text('b')]],
  ['a part of no growing kind is whole each time', [reference, reference], [reference, reference]],
  ['thinking grows inside', [thinking(text('a')), thinking(text('b'))], [thinking(text('ab'))]],
  [
    'thinking keeps what is no text inside',
    [thinking(text('a')), thinking(reference)],
    [thinking(text('a'), reference)],
  ],
  ['a summary grows inside', [summary('a'), summary('b', 'c')], [summary('abc')]],
  [
    'a signature closes what it signs',
    [thinking(text('a')), { ...thinking(), signature: 'S' }, thinking(text('b'))],
    [{ ...thinking(text('a')), signature: 'S' }, thinking(text('b'))],
  ],
  ['an empty list inside is kept', [thinking()], [thinking()]],
  [
    'other keys are the last that say something',
    [
      { ...thinking(text('a')), closed: false },
      { ...thinking(), closed: true },
    ],
    [{ ...thinking(text('a')), closed: true }],
  ],
]

describe('a list of content parts', () => {
  for (const [fact, items, parts] of rows) {
    it(fact, () => {
      const list = new PartList()
      list.append(deepFreeze(items))
      expect(list.snapshot()).to.deep.equal(parts)
      // One by one, with someone looking.
      const watched = new PartList()
      for (const item of items) {
        watched.append([item])
        deepFreeze(watched.snapshot())
      }
      expect(watched.snapshot()).to.deep.equal(parts)
    })
  }

  it('shares the parts that did not change', () => {
    const list = new PartList()
    list.append([reference, text('a')])
    const [before] = list.snapshot()
    list.append([text('b')])
    expect(list.snapshot()[0]).to.equal(before)
  })
})

describe('the reasoning text of a part', () => {
  it('is what it thinks, or its summary, and nothing in other parts', () => {
    expect(reasoningOfPart(thinking(text('a'), reference, text('b')))).to.equal('ab')
    expect(reasoningOfPart(summary('a', 'b'))).to.equal('ab')
    for (const part of [text('a'), reference, { type: 'thinking' }, { type: 'thinking', thinking: 'x' }])
      expect(reasoningOfPart(part)).to.equal('')
  })
})

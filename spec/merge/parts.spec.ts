import { expect } from 'chai'
import fc from 'fast-check'
import { PartList, reasoningOfPart } from '../../lib/merge/parts.ts'
import type { JsonObject, JsonValue } from '../../lib/wire/index.ts'
import { deepFreeze } from '../helpers/growth.ts'
import { runs } from '../helpers/streams.ts'

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

describe('a part of which only the text is new', () => {
  const some = fc.record(
    {
      signature: fc.constantFrom<JsonValue[]>(null, '', 'S'),
      closed: fc.constantFrom<JsonValue[]>(null, false, true),
      more: fc.constantFrom<JsonValue[]>(null, { a: [1] }, [], 'x'),
    },
    { requiredKeys: [] },
  )
  const fields = fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some })
  const kinds = fc.constantFrom('text', 'text', 'text', 'summary_text', 'thinking', 'image')
  const inner = fc.tuple(kinds, fields, fc.string())
  const thought = fc
    .tuple(fc.constantFrom('thinking', 'thinking', 'thinking', 'reasoning', 'image'), fields, inner)
    .map(([type, more, [kind, others, piece]]): JsonObject => {
      const list = type === 'reasoning' ? 'summary' : 'thinking'
      return { type, [list]: [{ type: kind, text: piece, ...others }], ...more }
    })

  it('may be merged by adding the text, with the same effect', () => {
    let added = 0
    fc.assert(
      fc.property(fc.array(thought, { maxLength: 12 }), (items) => {
        const merged = new PartList()
        const grown = new PartList()
        for (const item of items) {
          merged.append([item])
          const list = item.type === 'reasoning' ? 'summary' : 'thinking'
          const [only] = item[list] as readonly JsonObject[] // as it was made
          const part = grown.last
          const isOpen = only !== undefined && part?.list?.last?.repeatsBeside('text', only)
          if (part?.repeatsBeside(list, item) && isOpen) {
            part.grow().append(String(only.text))
            added++
          } else grown.append([item])
          expect(grown.snapshot()).to.deep.equal(merged.snapshot())
        }
      }),
      runs(2000),
    )
    expect(added).to.be.greaterThan(100)
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

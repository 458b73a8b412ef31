import { expect } from 'chai'
import fc from 'fast-check'
import { AsciiWords } from '../../lib/ascii-words.ts'
import {
  EnvelopeField,
  FirstField,
  LastField,
  PiecesField,
  RoleField,
  SignatureField,
} from '../../lib/merge/value.ts'
import { describeMerges, mergeAll, refuses, SpecContext } from '../helpers/merge.ts'
import { runs } from '../helpers/streams.ts'

describeMerges(
  'the first text',
  (path) => new FirstField(path),
  [
    ['stays', ['a', 'b'], 'a'],
    ['is not an empty one', ['', 'a', ''], 'a'],
    ['is nothing where none came', ['', ''], undefined],
  ],
  () => refuses((path) => new FirstField(path), [5, {}, ['a']], ['a']),
)

describe('a role', () => {
  it('is repeated by half of all providers, which is no oddity; another one is', () => {
    expect(mergeAll(new RoleField('role'), ['assistant', 'assistant', '']).codes).to.deep.equal([])
    const { value, codes } = mergeAll(new RoleField('role'), ['assistant', 'tool'])
    expect([value, codes]).to.deep.equal(['assistant', ['unknown_role']])
  })
})

describeMerges(
  'a text of the envelope',
  (path) => new EnvelopeField(path, { type: 'string', onChange: 'id_changed' }),
  [
    ['stays what it was first', ['c1', 'c2'], 'c1'],
    ['is not an empty one', ['', 'c1', ''], 'c1'],
    ['may come as a number', [42], '42'],
    ['is not something else', [{ a: 1 }, ['x'], true, 'c1'], 'c1'],
  ],
)
describeMerges('a number of the envelope', (path) => new EnvelopeField(path, { type: 'number' }), [
  ['stays what it was first', [1700, 1701], 1700],
  ['is not zero', [0, 1700, 0], 1700],
  ['may come as a text', ['1700'], 1700],
  ['is not a text that spells none', ['yesterday', 1700], 1700],
])

describe('a field of the envelope', () => {
  it('says once that it changed, however often the new one comes', () => {
    const field = new EnvelopeField('id', { type: 'string', onChange: 'id_changed' })
    expect(mergeAll(field, ['a', 'b', 'b', 'b']).codes).to.deep.equal(['id_changed'])
    expect(mergeAll(new EnvelopeField('created', { type: 'number' }), [1, 2, 3]).codes).to.deep.equal([])
  })

  it('says so where it has a type that it cannot have', () => {
    expect(mergeAll(new EnvelopeField('id', { type: 'string' }), [{}, 'a']).codes).to.deep.equal([
      'unexpected_type',
    ])
  })
})

const numbers = fc.integer({ min: 0, max: 2 }).map((i) => [10_000_000, 10_000_001, 7][i] ?? 0)
const ids = fc.oneof(
  // Shorter than a word, a word, words and a bit, the longest that are words, longer.
  fc.constantFrom('c1', 'chatcmpl', 'chatcmpl-1', 'chatcmpl-2', 'i'.repeat(64), 'i'.repeat(65)),
  fc.constantFrom('', 'grün-gründe', '10000000'),
  numbers,
)

describe('an id whose text is not made', () => {
  it('is what the texts say: what stays, what is told, and what is saved', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(ids, fc.boolean(), fc.boolean())), (steps) => {
        const rule = { type: 'string', onChange: 'id_changed' } as const
        const [made, unmade] = [new EnvelopeField('id', rule), new EnvelopeField('id', rule)]
        const [context, other] = [new SpecContext(), new SpecContext()]
        for (const [id, asWords, saves] of steps) {
          const before = made.save()
          made.merge(id, context)
          if (asWords && unmade.isTaken && typeof id === 'string' && isHeld(id)) {
            const bytes = new TextEncoder().encode(id)
            const changes = unmade.mergeWords(new DataView(bytes.buffer), 0, bytes.length, other)
            expect(changes).to.equal(JSON.stringify(made.save()) !== JSON.stringify(before))
          } else unmade.merge(id, other)
          if (saves) expect(unmade.save()).to.deep.equal(made.save())
          expect(other.codes).to.deep.equal(context.codes)
        }
        expect(unmade.snapshot()).to.equal(made.snapshot())
        expect(unmade.save()).to.deep.equal(made.save())
      }),
      runs(2000),
    )
  })
})

function isHeld(id: string): boolean {
  return AsciiWords.canHold(id.length) && /^[ -~]*$/.test(id)
}

describeMerges(
  'the last value',
  (path) => new LastField(path),
  [
    ['replaces the one before', ['a', 'b', 5, true], true],
    ['is not an empty text', ['a', ''], 'a'],
    ['may be false or 0', [true, false, 0], 0],
    ['may be an object, as a whole', [{ a: 1 }, { b: 2 }], { b: 2 }],
    ['may be a list, as a whole', [[1], [2, 3]], [2, 3]],
    ['is the empty text where nothing else came', [''], ''],
  ],
  () => {
    it('takes nothing of an equal one', () => {
      const { taken } = mergeAll(new LastField('x'), [{ a: [1] }, { a: [1] }, 'b', 'b'])
      expect(taken).to.deep.equal([{ a: [1] }, undefined, 'b', undefined])
    })

    it('leaves out one that is nested too deeply', () => {
      const deep = JSON.parse(`${'['.repeat(9)}${']'.repeat(9)}`)
      expect(mergeAll(new LastField('x'), ['a', deep])).to.deep.include({ value: 'a', codes: ['depth'] })
    })
  },
)

describe('a signature', () => {
  it('is the last one, and a second one is reported', () => {
    const { value, codes } = mergeAll(new SignatureField('x'), ['one', '', 'two'])
    expect([value, codes]).to.deep.equal(['two', ['signature_replaced']])
    expect(mergeAll(new SignatureField('x'), ['one', 'one']).codes).to.deep.equal([])
  })
})

describeMerges(
  'opaque data',
  (path) => new PiecesField(path),
  [
    ['is a text while it comes in one piece', ['AAAA', 'AAAA', ''], 'AAAA'],
    ['is a list of its pieces, which cannot be joined', ['AAAA', 'BBBB', 'AAAA'], ['AAAA', 'BBBB']],
    ['may come as a list', [['AAAA', null, 'BBBB'], 'CCCC'], ['AAAA', 'BBBB', 'CCCC']],
  ],
  () => refuses((path) => new PiecesField(path), [5, {}, [5]], ['a']),
)

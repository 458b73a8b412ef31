import { expect } from 'chai'
import fc from 'fast-check'
import { Utf8Decoder, utf8Length } from '../../lib/from/utf8.ts'
import { cut, runs } from '../helpers/streams.ts'

/** Unicode text of any script, short and long: the two are measured in two ways. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'binary', minLength: 65, maxLength: 120 }),
)
const places = fc.array(fc.nat(1000), { maxLength: 6 })

function cutsOf(length: number, wanted: readonly number[]): number[] {
  return wanted.map((place) => place % (length + 1)).sort((a, b) => a - b)
}

describe('the size of a text in UTF-8', () => {
  it('is what Node says it is', () => {
    const property = fc.property(texts, (text) => {
      expect(utf8Length(text)).to.equal(Buffer.byteLength(text))
    })
    fc.assert(property, runs(300))
  })

  it('is the sum of the sizes of its pieces, also where a surrogate pair is cut', () => {
    const property = fc.property(texts, places, (text, wanted) => {
      const cuts = cutsOf(text.length, wanted)
      const pieces = [...cuts, text.length].map((end, i) => text.slice(i === 0 ? 0 : cuts[i - 1], end))
      const sum = pieces.reduce((total, piece) => total + utf8Length(piece), 0)
      expect(sum).to.equal(utf8Length(text))
    })
    fc.assert(property, runs(300))
  })

  for (const [name, text, size] of [
    ['nothing', '', 0],
    ['ASCII', 'data', 4],
    ['two bytes', 'é', 2],
    ['three bytes', '€', 3],
    ['a pair', '😀', 4],
    ['the first half of a pair', '\ud83d', 2],
    ['the second half of a pair', '\ude00', 2],
    ['a pair after 64 characters', `${'x'.repeat(64)}😀`, 68],
    ['half a pair after 64 characters', `${'x'.repeat(64)}\ud83d`, 66],
  ] as const) {
    it(`of ${name} is ${size}`, () => expect(utf8Length(text)).to.equal(size))
  }
})

describe('decoding UTF-8', () => {
  const anyBytes = fc.uint8Array({ maxLength: 30 })
  const bytes = fc.oneof(
    texts.map((text) => new TextEncoder().encode(text)),
    texts.map((text) => new TextEncoder().encode(`\ufeff${text}`)),
    fc
      .tuple(texts, anyBytes)
      .map(([text, bad]) => Uint8Array.from([...new TextEncoder().encode(text), ...bad])),
  )

  function decodeAll(pieces: readonly Uint8Array[]) {
    const decoder = new Utf8Decoder()
    const text = pieces.map((piece) => decoder.decode(piece)).join('') + decoder.flush()
    return { text, bytes: decoder.bytes }
  }

  it('in pieces gives what the platform gives of the whole, and the same count of bytes', () => {
    const property = fc.property(bytes, places, (whole, wanted) => {
      const decoded = decodeAll(cut(whole, cutsOf(whole.length, wanted)))
      expect(decoded.text).to.equal(new TextDecoder().decode(whole))
      expect(decoded).to.deep.equal(decodeAll([whole]))
    })
    fc.assert(property, runs(600))
  })

  it('counts the bytes of text that is whole and right', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const whole = new TextEncoder().encode(`\ufeff${text}`)
        expect(decodeAll([whole]).bytes).to.equal(whole.length)
      }),
      runs(100),
    )
  })

  it('drops one byte order mark at the start, from bytes and from text, and none later', () => {
    const mark = new TextEncoder().encode('\ufeff')
    expect(decodeAll([mark, mark]).text).to.equal('\ufeff')
    const decoder = new Utf8Decoder()
    expect(['\ufeff', '\ufeffa'].map((text) => decoder.decode(text))).to.deep.equal(['', '\ufeffa'])
  })

  it('gives U+FFFD for a character that the end cuts', () => {
    expect(decodeAll([Uint8Array.from([0x61, 0xf0, 0x9f])]).text).to.equal('a\ufffd')
  })

  it('goes on from a saved state in the middle of a character', () => {
    const whole = new TextEncoder().encode('\ufeff€😀é')
    for (let at = 0; at <= whole.length; at += 1) {
      const first = new Utf8Decoder()
      const before = first.decode(whole.subarray(0, at))
      const second = new Utf8Decoder()
      second.load(JSON.parse(JSON.stringify(first.save())))
      expect(before + second.decode(whole.subarray(at)), `cut at ${at}`).to.equal('€😀é')
      expect(second.bytes).to.equal(whole.length)
    }
  })
})

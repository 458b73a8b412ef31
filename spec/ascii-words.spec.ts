import { expect } from 'chai'
import fc from 'fast-check'
import { AsciiWords, isTextAt } from '../lib/ascii-words.ts'
import { runs } from './helpers/streams.ts'

const ascii = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 8,
  maxLength: 64,
})

/** Its bytes, between others. */
function placed(text: string): { view: DataView; start: number; length: number } {
  const bytes = new TextEncoder().encode(`{"id":"${text}","x":1}`)
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), start: 7, length: text.length }
}

function isAt(words: AsciiWords, text: string): boolean {
  const { view, start, length } = placed(text)
  return words.isAt(view, start, length)
}

describe('an ASCII text as words', () => {
  it('is the text it was made of, by its bytes or by its characters, and no other', () => {
    fc.assert(
      fc.property(fc.array(ascii, { minLength: 1, maxLength: 6 }), ascii, (texts, other) => {
        const words = new AsciiWords(other)
        for (const text of texts) {
          const { view, start, length } = placed(text)
          words.take(view, start, length)
          for (const same of [words, new AsciiWords(text)]) {
            expect(String(same)).to.equal(text)
            expect([isAt(same, text), isAt(same, other)]).to.deep.equal([true, other === text])
          }
        }
      }),
      runs(500),
    )
  })

  it('differs by one byte at any place, and by its length', () => {
    const text = 'chatcmpl-0123456789abcdefghijklmnopqrs'
    const words = new AsciiWords(text)
    for (let at = 0; at < text.length; at++)
      expect(isAt(words, `${text.slice(0, at)}#${text.slice(at + 1)}`), `${at}`).to.equal(false)
    expect(isAt(words, text.slice(1))).to.equal(false)
    expect(isAt(words, `${text}t`)).to.equal(false)
  })

  for (const text of ['', 'seven77', 'x'.repeat(65), 'grün gründe']) {
    it(`is none for ${JSON.stringify(text.slice(0, 12))}, which it cannot hold`, () => {
      const words = new AsciiWords(text)
      expect(String(words)).to.equal('')
      expect(isAt(words, 'grün gründe')).to.equal(false)
    })
  }
})

describe('the bytes of a text', () => {
  it('are found to be it, and those of another one are not', () => {
    fc.assert(
      fc.property(ascii, ascii, fc.nat(63), (text, other, at) => {
        const { view, start, length } = placed(text)
        expect(isTextAt(text, view, start, length)).to.equal(true)
        expect(isTextAt(other, view, start, length)).to.equal(other === text)
        const changed = `${text.slice(0, at)}#${text.slice(at + 1)}`
        expect(isTextAt(changed, view, start, length)).to.equal(changed === text)
        expect(isTextAt(text.slice(1), view, start, length)).to.equal(false)
      }),
      runs(500),
    )
  })
})

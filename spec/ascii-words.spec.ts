import { expect } from 'chai'
import fc from 'fast-check'
import { AsciiWords } from '../lib/ascii-words.ts'
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
        const byBytes = new AsciiWords()
        const byText = new AsciiWords()
        for (const text of texts) {
          const { view, start, length } = placed(text)
          byBytes.take(view, start, length)
          byText.takeText(text)
          expect([String(byBytes), String(byText)]).to.deep.equal([text, text])
          expect([isAt(byBytes, text), isAt(byText, text)]).to.deep.equal([true, true])
          expect([isAt(byBytes, other), isAt(byText, other)]).to.deep.equal([other === text, other === text])
        }
      }),
      runs(500),
    )
  })

  it('differs by one byte at any place, and by its length', () => {
    const text = 'chatcmpl-0123456789abcdefghijklmnopqrs'
    const words = new AsciiWords()
    words.takeText(text)
    for (let at = 0; at < text.length; at++)
      expect(isAt(words, `${text.slice(0, at)}#${text.slice(at + 1)}`), `${at}`).to.equal(false)
    expect(isAt(words, text.slice(1))).to.equal(false)
    expect(isAt(words, `${text}t`)).to.equal(false)
  })

  for (const text of ['', 'seven77', 'x'.repeat(65), 'grün gründe', 'nul \0 within']) {
    it(`is none for ${JSON.stringify(text.slice(0, 12))}, which it cannot hold`, () => {
      const words = new AsciiWords()
      words.takeText('something before')
      words.takeText(text)
      expect(words.isEmpty).to.equal(true)
      expect(isAt(words, 'something before')).to.equal(false)
    })
  }
})

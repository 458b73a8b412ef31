import { expect } from 'chai'
import { Literal } from '../../../lib/from/template/literal.ts'

const text =
  'data: {"id":"chatcmpl-7","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"äöü€😀'
const bytes = Buffer.from(text)

/** A view of `source`, moved by so many bytes that no word is where it was. */
function shifted(source: Uint8Array, shift: number): DataView {
  const moved = new Uint8Array(source.length + shift + 8)
  moved.set(source, shift)
  return new DataView(moved.buffer)
}

describe('the bytes that must be the same', () => {
  it('are found at any place, whatever their length', () => {
    for (let length = 0; length <= bytes.length; length++) {
      const literal = new Literal(bytes, 0, length)
      expect(literal.length).to.equal(length)
      for (let shift = 0; shift < 9; shift++)
        expect(literal.isAt(shifted(bytes, shift), shift)).to.equal(true)
    }
  })

  it('are not found where any one byte is another', () => {
    for (const length of [1, 7, 8, 9, 31, 32, 33, 40, bytes.length]) {
      const literal = new Literal(bytes, 0, length)
      for (let at = 0; at < length; at++) {
        for (const change of [1, 0x20, 0x80]) {
          const wrong = Uint8Array.from(bytes)
          wrong[at] = (bytes[at] ?? 0) ^ change
          expect(literal.isAt(shifted(wrong, 3), 3), `${length} bytes, ${at}`).to.equal(false)
        }
      }
    }
  })

  it('are a copy', () => {
    for (const length of [5, 50]) {
      const source = Uint8Array.from(bytes)
      const literal = new Literal(Buffer.from(source.buffer), 0, length)
      source.fill(0x78)
      expect(literal.isAt(shifted(bytes, 0), 0)).to.equal(true)
      expect(literal.isAt(shifted(source, 0), 0)).to.equal(false)
    }
  })
})

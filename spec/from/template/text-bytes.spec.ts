import { expect } from 'chai'
import fc from 'fast-check'
import { encodeText, isWellFormed } from '../../../lib/from/template/text-bytes.ts'
import { runs } from '../../helpers/streams.ts'

function encoded(text: string, room = 3 * text.length): string | undefined {
  const target = new Uint8Array(room)
  const { read, written } = encodeText(text, target) ?? {}
  return read === undefined
    ? undefined
    : Buffer.from(target.subarray(0, written)).toString() + text.slice(read)
}

describe('a text as its bytes', () => {
  it('says the same, or is refused: half a pair has no bytes, and U+FFFD may stand for broken ones', () => {
    const units = fc.constantFrom('a', 'ü', '你', '，', '😀', '\ufeff', '\ufffd', '\ud83d', '\ude00')
    fc.assert(
      fc.property(fc.string({ unit: units, maxLength: 12 }), (text) => {
        const isRefused = !text.isWellFormed() || text.includes('\ufffd')
        expect(encoded(text)).to.equal(isRefused ? undefined : text)
      }),
      runs(2000),
    )
  })

  it('is written as far as there is room, whole characters only', () => {
    for (const text of ['abcdef', 'aüaüaü', '你好你好', '😀😀😀'])
      for (let room = 4; room < 14; room++) expect(encoded(text, room)).to.equal(text)
    // What comes later is not judged yet.
    expect(encoded('üüü\ud83d', 4)).to.equal('üüü\ud83d')
    expect(encoded('üüü\ud83d', 9)).to.equal(undefined)
  })

  it('is judged the same by engines that are older than isWellFormed', () => {
    const older = { isWellFormed: undefined }
    for (const text of ['', 'a', '😀', '\ud83d', 'a\ude00', '\ude00\ud83d', '😀\ud83d'])
      expect(isWellFormed(Object.assign(new String(text), older) as string)).to.equal(text.isWellFormed())
  })
})

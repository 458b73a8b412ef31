import { expect } from 'chai'
import fc from 'fast-check'
import { Finding } from '../../../lib/from/template/finding.ts'
import { PortableBytes } from '../../../lib/from/template/portable-bytes.ts'
import { MAX_CARRY, PIECE, Scratch } from '../../../lib/from/template/scratch.ts'
import { utf8Length } from '../../../lib/from/utf8.ts'
import { runs } from '../../helpers/streams.ts'

/** The most that is ever read at once: behind it stand the seal and the margin, and then nothing. */
const END = MAX_CARRY + PIECE
const encoder = new TextEncoder()

/** A scratch with these bytes at its very end. */
function sealed(bytes: Uint8Array): { scratch: Scratch; start: number } {
  const scratch = new Scratch(new PortableBytes(END + 32))
  const start = END - bytes.length
  scratch.bytes.set(bytes, start)
  scratch.seal(END)
  return { scratch, start }
}

const mixed = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: 0, maxLength: 40 }) },
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('"', '\\', '\n', '\t', '/', '\u0000', '\u001f', 'é', '你好', '😀', 'x'.repeat(80)),
  ),
  { maxLength: 8 },
)

describe('what stands in a hole', () => {
  it('is what JSON.parse reads between the quotes, up to the last byte of the scratch', () => {
    fc.assert(
      fc.property(mixed, (pieces) => {
        const text = pieces.join('').toWellFormed().replaceAll('\ufffd', '')
        const { scratch, start } = sealed(encoder.encode(JSON.stringify(text)))
        const finding = new Finding(scratch)
        expect(finding.findText(start + 1)).to.equal(END - 1)
        expect(finding.check()).to.equal(true)
        expect(finding.size).to.equal(utf8Length(text))
        expect(finding.text).to.equal(text)
      }),
      runs(2000),
    )
  })

  it('has no end where a control character comes first, at any place', () => {
    for (let length = 0; length < 64; length++) {
      for (const control of [0, 0x0a, 0x1f]) {
        const bytes = encoder.encode(`${'x'.repeat(64)}"`)
        bytes[length] = control
        const { scratch, start } = sealed(bytes)
        expect(new Finding(scratch).findText(start), `${control} at ${length}`).to.equal(-1)
      }
    }
  })

  it('ends at the seal where the bytes end first, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { scratch, start } = sealed(bytes)
        expect(new Finding(scratch).findText(start)).to.be.within(-1, END + 1)
      }),
      runs(2000),
    )
    // A backslash hides the first quote of the seal.
    for (let length = 0; length < 64; length++) {
      const { scratch, start } = sealed(encoder.encode(`${'x'.repeat(length)}\\`))
      expect(new Finding(scratch).findText(start)).to.equal(END + 1)
    }
  })

  it('is the same, whatever was found before, where one that is as long is looked for first', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'B', '7', '-'), minLength: 10, maxLength: 50 })
    const odd = fc.constantFrom('"', '\\', '\u0007', 'é', '\\"', '')
    fc.assert(
      fc.property(plain, fc.nat(50), odd, fc.nat(2), (before, at, wound, more) => {
        const after = `${before.slice(0, at)}${wound}${before.slice(at + wound.length)}${'x'.repeat(more)}`
        const first = encoder.encode(`${before}"`)
        const { scratch, start } = sealed(encoder.encode(`${before}"${after}"`))
        const [alike, usual] = [new Finding(scratch), new Finding(scratch)]
        alike.findText(start)
        const end = usual.findText(start + first.length)
        expect(alike.findAlike(start + first.length)).to.equal(end)
        if (end === -1) return
        expect(alike.check()).to.equal(usual.check())
        expect([alike.text, alike.size]).to.deep.equal([usual.text, usual.size])
      }),
      runs(2000),
    )
  })

  for (const [written, value] of [
    ['0', 0],
    ['7,', 7],
    ['123456789012345', 123456789012345],
  ] as const) {
    it(`is the whole number that is written: ${written}`, () => {
      const { scratch, start } = sealed(encoder.encode(written))
      const finding = new Finding(scratch)
      expect(finding.findInteger(start)).to.equal(start + String(value).length)
      expect(finding.number).to.equal(value)
    })
  }

  for (const written of ['-1', ' 1', 'x', '"', '.5']) {
    it(`is no number where this is written: ${written}`, () => {
      const { scratch, start } = sealed(encoder.encode(written))
      expect(new Finding(scratch).findInteger(start)).to.equal(-1)
    })
  }
})

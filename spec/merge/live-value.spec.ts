import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { Assembler } from '../../lib/core.ts'
import { LiveValue } from '../../lib/merge/live-value.ts'
import { describeShared, sharedDir } from '../helpers/shared.ts'
import { runs } from '../helpers/streams.ts'

/** Every value a reader sees who looks after each of the pieces: copies, because it grows in place. */
function valuesOf(pieces: readonly string[], maxDepth = 128): unknown[] {
  const live = new LiveValue('', maxDepth)
  let end = 0
  return pieces.map((piece) => {
    live.push(piece)
    end += piece.length
    return structuredClone(live.read(end))
  })
}

/** Does `shown` keep the promise of a value that grows into `final`? */
function growsInto(shown: unknown, final: unknown): boolean {
  if (typeof shown === 'string') return typeof final === 'string' && final.startsWith(shown)
  if (typeof shown !== 'object' || shown === null) return Object.is(shown, final)
  if (typeof final !== 'object' || final === null || Array.isArray(shown) !== Array.isArray(final))
    return false
  const whole = new Map(Object.entries(final))
  const keys = Object.keys(shown)
  return (
    keys.length <= whole.size &&
    Object.entries(shown).every(([key, value]) => whole.has(key) && growsInto(value, whole.get(key)))
  )
}

const anyJson = () => fc.json({ maxDepth: 4, stringUnit: 'binary' })

describe('the live value of arguments', () => {
  it('shows strings as they grow and numbers when they are final', () => {
    expect(valuesOf(['{"city":"Os', 'lo","n":1', '2', ',"ok":tr', 'ue}'])).to.deep.equal([
      { city: 'Os' },
      { city: 'Oslo' },
      { city: 'Oslo' },
      { city: 'Oslo', n: 12 },
      { city: 'Oslo', n: 12, ok: true },
    ])
  })

  it('shows no cut escape and no half of a surrogate pair', () => {
    expect(valuesOf(['["a', '\\n\\u00', 'e9\\ud83d', '\\ude00', '\ud83d', '\ude00"]'])).to.deep.equal([
      ['a'],
      ['a'],
      ['a\né'],
      ['a\né😀'],
      ['a\né😀'],
      ['a\né😀😀'],
    ])
  })

  it('keeps __proto__ as an own key and changes no prototype', () => {
    const value = valuesOf(['{"__proto__":{"admin":tr', 'ue},"a":1}']).at(-1)
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype)
    expect(Object.entries(value as object)).to.deep.equal([
      ['__proto__', { admin: true }],
      ['a', 1],
    ])
  })

  it('stops growing, and stays readable, where the text is nested deeper than the limit', () => {
    expect(valuesOf(['[[', '[', '[1'], 3)).to.deep.equal([[[]], [[[]]], [[[]]]])
  })

  it('grows in place: every look gives the same containers, so a look costs no copy', () => {
    const live = new LiveValue('{"rows":[[1],', 128)
    const before = live.read(13) as { rows: unknown[] }
    const { rows } = before
    live.push('[2')
    expect(live.read(15)).to.equal(before)
    expect(before.rows).to.equal(rows)
    expect(rows).to.deep.equal([[1], []])
  })

  it('shows only what the final value goes on from, at every cut', () => {
    fc.assert(
      fc.property(anyJson(), fc.integer({ min: 1, max: 7 }), (text, size) => {
        const final: unknown = JSON.parse(text)
        const values = valuesOf(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [])
        for (const value of values)
          if (value !== undefined) expect(growsInto(value, final), text).to.equal(true)
      }),
      runs(500),
    )
  })

  it('is the same for a reader who looks at every piece and for one who looks once', () => {
    fc.assert(
      fc.property(anyJson(), (text) => {
        expect(valuesOf([...text]).at(-1)).to.deep.equal(valuesOf([text]).at(-1))
      }),
      runs(300),
    )
  })
})

describeShared('the JSON test suite, as tool arguments', () => {
  const folder = () => join(sharedDir(), 'cases', 'json-suite')
  const texts = (first: string) =>
    readdirSync(folder())
      .filter((name) => name.startsWith(first))
      .map((name) => ({ name, bytes: readFileSync(join(folder(), name)) }))

  it('every prefix of a valid document is read without a throw, and the whole is the strict value', () => {
    for (const { name, bytes } of texts('y_')) {
      const text = bytes.toString('utf8')
      for (let end = 0; end <= text.length; end++) new LiveValue(text.slice(0, end), 128).read(end)
      const values = valuesOf([...text]).filter((value) => value !== undefined)
      const final: unknown = JSON.parse(text)
      for (const value of values) {
        if (!name.includes('duplicated_key')) expect(growsInto(value, final), name).to.equal(true)
      }
    }
  })

  it('every invalid document makes a call that is invalid at the end', () => {
    const wrong: string[] = []
    for (const { name, bytes } of texts('n_')) {
      const text = bytes.toString('utf8')
      if (text.trim() === '') continue // no arguments at all mean {}
      const assembler = new Assembler()
      assembler.writeDelta(0, {
        tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: text } }],
      })
      assembler.writeChunk({ choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] })
      if (assembler.end().toolCalls[0]?.state !== 'invalid') wrong.push(name)
    }
    expect(wrong).to.deep.equal([])
  })
})

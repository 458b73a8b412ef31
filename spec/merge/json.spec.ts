import { expect } from 'chai'
import fc from 'fast-check'
import { getOwn, isObject, isSame, setOwn, sizeOf } from '../../lib/merge/json.ts'
import type { JsonObject, JsonValue } from '../../lib/wire/index.ts'
import { runs } from '../helpers/streams.ts'

const values: fc.Arbitrary<JsonValue> = fc.json().map((text) => JSON.parse(text))

/** The same with the keys of every object in another order. */
function ordered(value: JsonValue, compare: (a: string, b: string) => number): JsonValue {
  if (Array.isArray(value)) return value.map((item) => ordered(item, compare))
  if (!isObject(value)) return value
  const keys = Object.keys(value).sort(compare)
  return Object.fromEntries(keys.map((key) => [key, ordered(getOwn(value, key) ?? null, compare)]))
}

const canonical = (value: JsonValue): string => JSON.stringify(ordered(value, (a, b) => (a < b ? -1 : 1)))

describe('JSON values', () => {
  it('are the same as their copy, whatever the order of their keys', () => {
    const property = fc.property(values, (value) => {
      expect(isSame(value, structuredClone(value))).to.equal(true)
      expect(
        isSame(
          value,
          ordered(value, (a, b) => (a < b ? 1 : -1)),
        ),
      ).to.equal(true)
    })
    fc.assert(property, runs(200))
  })

  it('are not the same as others', () => {
    const property = fc.property(values, values, (a, b) => {
      expect(isSame(a, b)).to.equal(canonical(a) === canonical(b))
      expect(isSame([a, { b }], [a, { b: a }])).to.equal(canonical(a) === canonical(b))
    })
    fc.assert(property, runs(200))
    for (const [a, b] of [
      [{ a: 1 }, { b: 1 }],
      [[], {}],
      [[1], [1, 2]],
      [null, {}],
      ['1', 1],
      [{}, { a: null }],
    ] as [JsonValue, JsonValue][])
      expect(isSame(a, b), JSON.stringify([a, b])).to.equal(false)
    expect(isSame(undefined, null)).to.equal(false)
  })

  it('have their own keys only', () => {
    const object: JsonObject = JSON.parse('{"__proto__":1,"a":2}')
    expect([getOwn(object, '__proto__'), getOwn(object, 'a')]).to.deep.equal([1, 2])
    for (const key of ['constructor', 'toString', 'b']) expect(getOwn(object, key)).to.equal(undefined)
    const target: JsonObject = {}
    for (const key of ['__proto__', 'constructor', 'a']) setOwn(target, key, key)
    expect(JSON.stringify(target)).to.equal('{"__proto__":"__proto__","constructor":"constructor","a":"a"}')
  })

  it('have a size that grows with what they hold, and none where they are too deep', () => {
    expect(sizeOf('abcd', 1)).to.be.greaterThan(sizeOf('a', 1))
    expect(sizeOf({ a: ['abcd'] }, 2)).to.be.greaterThan('abcd'.length)
    const rows: [JsonValue, number, boolean][] = [
      [5, 0, true],
      [[], 0, false],
      [[], 1, true],
      [[[]], 1, false],
      [{ a: { b: 1 } }, 2, true],
      [{ a: { b: [] } }, 2, false],
    ]
    for (const [value, depth, fits] of rows)
      expect(sizeOf(value, depth) >= 0, `${JSON.stringify(value)} in ${depth}`).to.equal(fits)
  })
})

import { expect } from 'chai'
import { Fault } from '../../lib/errors.ts'
import { isWhole, parseOddData, parseStrictly, toChunk } from '../../lib/from/chunks.ts'

describe('JSON, read strictly', () => {
  for (const text of ['{}', '[1]', '"a"', '5', 'null', ' {"a":1}\n', '{"a":1,"a":2}']) {
    it(`takes ${text.trim()}`, () => expect(parseStrictly(text)).to.deep.equal(JSON.parse(text)))
  }
  for (const text of [
    '',
    ' ',
    '{',
    '{"a":1,}',
    '{"a":1}{}',
    "{'a':1}",
    '{"a":01}',
    'undefined',
    '\ufeff{}',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(parseStrictly(text)).to.equal(undefined))
  }

  it('makes a key named __proto__ an own one', () => {
    expect(Object.keys(toChunk(parseStrictly('{"__proto__":{"a":1}}') ?? null))).to.deep.equal(['__proto__'])
  })
})

describe('a chunk', () => {
  it('is an object and nothing else', () => {
    expect(toChunk({ id: 'c1' })).to.deep.equal({ id: 'c1' })
    for (const other of [null, 5, true, 'x', [], [{}]]) {
      expect(() => toChunk(other))
        .to.throw(Fault)
        .with.property('code', 'bad_chunk')
    }
  })
})

describe('data that is not one JSON text', () => {
  it('is read behind a byte order mark', () => {
    expect(parseOddData('\ufeff{"a":1}')).to.deep.equal({
      chunks: [{ a: 1 }],
      isDone: false,
      oddity: 'bom_in_data',
    })
  })

  it('is read line by line where each line is a chunk', () => {
    const glued = { isDone: false, oddity: 'glued_frames' }
    expect(parseOddData('{"a":1}\n\n{"b":2}\n')).to.deep.equal({ chunks: [{ a: 1 }, { b: 2 }], ...glued })
  })

  it('ends at [DONE], whatever stands behind it', () => {
    const ended = { chunks: [{ a: 1 }], isDone: true, oddity: 'glued_frames' }
    expect(parseOddData('{"a":1}\n[DONE]\n{"b":2}\n{broken')).to.deep.equal(ended)
  })

  for (const text of ['{"a":', '{"a":1} {"b":2}', '{"a":1}\n{"b":', '\ufeff{"a":', 'x\ny']) {
    it(`is neither: ${JSON.stringify(text)}`, () => expect(parseOddData(text)).to.equal(undefined))
  }
})

describe('data at the end of the input, without its blank line', () => {
  for (const text of [
    '{"a":1}',
    '[DONE]',
    ' [DONE]',
    '{"a":1}\n{"b":2}',
    '{"a":1}\n[DONE]',
    '\ufeff{}',
    '5',
  ]) {
    it(`is whole: ${JSON.stringify(text)}`, () => expect(isWhole(text)).to.equal(true))
  }
  for (const text of ['', '{"a":', '[DON', '{"a":1}\n{"b"', 'upstream died']) {
    it(`is not: ${JSON.stringify(text)}`, () => expect(isWhole(text)).to.equal(false))
  }
})

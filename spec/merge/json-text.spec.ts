import { expect } from 'chai'
import fc from 'fast-check'
import { isJson } from '../../lib/merge/json-text.ts'
import { runs } from '../helpers/streams.ts'

function isParsed(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const DEEP = 10_000

const json = fc.oneof(
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify(value, undefined, ' \n')),
  fc.double().map(String),
)
/** What JSON is made of, and what it nearly is. */
const crumb = fc.constantFrom(
  ...'{}[],:" \t\n\r\\/bfnrtuE-+.0123456789aAfFxg\0\u0001\u001f\u007f\u00a0é\u2028\ud800\udc00\ufeff'.split(
    '',
  ),
  ...[
    'true',
    'false',
    'null',
    'nul',
    'NaN',
    '\\u00e9',
    '\\ud83d',
    '1e5',
    '0.5',
    '-0',
    '01',
    '1.',
    '{"a":1}',
    '[]',
  ],
)
/** JSON with a crumb put in somewhere, or in place of a character. */
const broken = fc.tuple(json, fc.nat(), fc.nat(1), crumb).map(([text, place, removed, piece]) => {
  const at = place % (text.length + 1)
  return text.slice(0, at) + piece + text.slice(at + removed)
})

describe('isJson', () => {
  for (const [what, text] of [
    ['JSON', json],
    ['JSON with a fault', broken],
    ['crumbs of JSON', fc.array(crumb, { maxLength: 12 }).map((crumbs) => crumbs.join(''))],
  ] as const) {
    it(`says of ${what} what JSON.parse does`, () => {
      fc.assert(
        fc.property(text, (one) => {
          expect(isJson(one, DEEP)).to.equal(isParsed(one))
        }),
        runs(20_000),
      )
    })
  }

  it('says it of the beginning of every JSON', () => {
    fc.assert(
      fc.property(json, (text) => {
        for (let end = 0; end < text.length; end++)
          expect(isJson(text.slice(0, end), DEEP)).to.equal(isParsed(text.slice(0, end)))
      }),
      runs(200),
    )
  })

  it('takes what is nested as deep as allowed, and nothing deeper', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = (depth: number): string =>
        `${open.repeat(depth)}${open === '[' ? '' : 1}${close.repeat(depth)}`
      expect([isJson(nested(8), 8), isJson(nested(9), 8)]).to.deep.equal([true, false])
    }
    expect(isJson(`${'[{"a":['.repeat(500_000)}`, 128)).to.equal(false)
  })

  it('counts depth, and not brackets', () => {
    expect(isJson(`[${'[{"a":[]}],'.repeat(1000)}"[[[[[[[["]`, 4)).to.equal(true)
  })
})

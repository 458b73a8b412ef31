import { expect } from 'chai'
import { errorIn, mayHoldError, upstreamFrom } from '../../lib/dialect/errors.ts'
import type { UpstreamError } from '../../lib/errors.ts'
import type { JsonObject, JsonValue } from '../../lib/wire/index.ts'

/** A chunk with an error, and the one form in which it is told. */
const rows: readonly (readonly [string, JsonObject, UpstreamError])[] = [
  [
    'an object',
    { error: { message: 'busy', type: 'server', code: 'e1' } },
    { message: 'busy', type: 'server', code: 'e1' },
  ],
  ['a text', { error: 'busy' }, { message: 'busy' }],
  ['a text with its code beside it', { error: 'busy', code: 'e1' }, { message: 'busy', code: 'e1' }],
  [
    'a code that is a number, and a status of HTTP',
    { error: { message: 'busy', code: 502 } },
    { message: 'busy', code: 502, status: 502 },
  ],
  [
    'a code that is a number, and no status',
    { error: { message: 'busy', code: 1302 } },
    { message: 'busy', code: 1302 },
  ],
  [
    'a status of its own',
    { error: { message: 'busy', code: 'e1', status: 429 } },
    { message: 'busy', code: 'e1', status: 429 },
  ],
  ['a status beside it', { error: { message: 'busy' }, status_code: 429 }, { message: 'busy', status: 429 }],
  ['a status that says all went well', { error: { message: 'busy' }, status_code: 200 }, { message: 'busy' }],
  ['a detail for a message', { error: { detail: 'busy' } }, { message: 'busy' }],
  ['an object without words', { error: { foo: 1 } }, { message: '' }],
  ['empty words', { error: { message: '', type: '', code: '' } }, { message: '' }],
  ['of a part of the provider', { x_groq: { error: 'busy' } }, { message: 'busy' }],
  [
    'that is the chunk',
    { object: 'error', message: 'busy', code: 400 },
    { message: 'busy', code: 400, status: 400 },
  ],
]

describe('an error in a chunk', () => {
  for (const [what, chunk, upstream] of rows) {
    it(`${what}: ${JSON.stringify(upstream)}`, () => {
      expect(mayHoldError(chunk)).to.equal(true)
      expect(errorIn(chunk, false)?.upstream).to.deep.equal(upstream)
    })
  }

  for (const chunk of [
    { error: null },
    { error: '' },
    { error: false },
    { x_groq: { id: 'r' } },
    { object: 'chat.completion.chunk' },
    { code: 'e1' },
    { choices: [] },
  ]) {
    it(`${JSON.stringify(chunk)} holds none`, () => expect(errorIn(chunk, false)).to.equal(undefined))
  }

  it('is the chunk itself, whatever it is, in a frame that says so', () => {
    expect(errorIn({ message: 'busy' }, true)).to.deep.equal({
      upstream: { message: 'busy' },
      isWholeChunk: true,
    })
    expect(errorIn({ error: { message: 'busy' } }, true)?.upstream).to.deep.equal({ message: 'busy' })
    expect(errorIn({ message: 'busy' }, false)).to.equal(undefined)
  })

  it('is not the whole chunk where it stands in a field: choices and usage may stand beside it', () => {
    expect(errorIn({ error: 'busy', choices: [] }, false)?.isWholeChunk).to.equal(false)
  })
})

describe('an error in the body of a refused request', () => {
  const bodies: readonly (readonly [JsonValue, string | undefined])[] = [
    [{ error: { message: 'busy' } }, 'busy'],
    [{ message: 'busy' }, 'busy'],
    [{ detail: 'busy' }, 'busy'],
    [[{ error: { message: 'busy' } }], 'busy'],
    [[], undefined],
    ['busy', undefined],
    [null, undefined],
  ]
  for (const [body, message] of bodies) {
    it(`${JSON.stringify(body)}: ${message}`, () => expect(upstreamFrom(body)?.message).to.equal(message))
  }
})

import { expect } from 'chai'
import fc from 'fast-check'
import { Fault } from '../../lib/errors.ts'
import { DocumentReader } from '../../lib/from/document.ts'
import type { JsonObject } from '../../lib/wire/index.ts'
import { cutAnywhere } from '../helpers/cut-streams.ts'
import { piecesOf } from '../helpers/cuts.ts'
import { differenceOfFolds, fold } from '../helpers/events.ts'
import { foldText } from '../helpers/fold-text.ts'
import { runs } from '../helpers/streams.ts'

const encoder = new TextEncoder()

function read(
  text: string,
  step = Number.POSITIVE_INFINITY,
  maxBytes = 1000,
): readonly JsonObject[] | undefined {
  const reader = new DocumentReader(maxBytes)
  for (const piece of piecesOf(encoder.encode(text), step)) reader.write(piece)
  return reader.end()
}

describe('a body that is one document', () => {
  const rows: readonly (readonly [string, string, readonly JsonObject[] | undefined])[] = [
    ['an object', '{"id":"c1"}', [{ id: 'c1' }]],
    ['an object over several lines', '{\n "id": "é"\n}\n', [{ id: 'é' }]],
    ['a list of objects, as Google sends its errors', '[{"error":{"code":404}}]', [{ error: { code: 404 } }]],
    ['a chunk a line', '{"a":1}\n{"b":2}\n', [{ a: 1 }, { b: 2 }]],
    ['an object behind a byte order mark', '\ufeff{"id":"c1"}', [{ id: 'c1' }]],
    ['a cut object', '{"id":"c', undefined],
    ['a web page', '<html></html>', undefined],
    ['nothing', '', undefined],
  ]
  for (const [name, text, documents] of rows) {
    it(`${name}, in one piece and byte by byte`, () => {
      expect(read(text)).to.deep.equal(documents)
      expect(read(text, 1)).to.deep.equal(documents)
    })
  }

  it('that is JSON but no object is a bad chunk', () => {
    for (const text of ['5', '"x"', '[5]'])
      expect(() => read(text))
        .to.throw(Fault)
        .with.property('code', 'bad_chunk')
  })

  it('may be as large as a frame, and not a byte larger', () => {
    expect(read('{"id":"é"}', 1, 11)).to.deep.equal([{ id: 'é' }])
    for (const step of [1, 100]) {
      expect(() => read('{"id":"é"}', step, 10))
        .to.throw(Fault)
        .with.property('code', 'limit_event')
    }
  })

  it('is a completion, an error or chunks: the fold reads it as it reads a stream', () => {
    const said = foldText('{"id":"c1","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}')
    expect(said.result.status).to.equal('complete')
    expect(said.result.completion.choices[0]?.message.content).to.equal('Hi')
    expect(said.codes).to.include('not_streamed')
    expect(foldText('{"error":{"message":"no"}}').result.error?.upstream?.message).to.equal('no')
    const chunks = ['Hel', 'lo'].map((content) =>
      JSON.stringify({ choices: [{ index: 0, delta: { content } }] }),
    )
    expect(foldText(chunks.join('\n')).result.completion.choices[0]?.message.content).to.equal('Hello')
    expect(foldText('{"id":"c1","cho').result.error?.code).to.equal('bad_json')
  })

  it('gives the same events and result in any cut, whatever stands before it and however large it may be', () => {
    const documents = fc
      .record({
        before: fc.constantFrom('', ' ', '\n\n', '\ufeff', '\ufeff '),
        content: fc.string({ unit: 'binary', maxLength: 20 }),
        after: fc.constantFrom('', '\n', '}', 'x'),
        maxEventBytes: fc.constantFrom(60, 80, 100, 1000),
      })
      .map(({ before, content, after, maxEventBytes }) => ({
        bytes: encoder.encode(
          `${before}{"choices":[{"index":0,"message":{"content":${JSON.stringify(content)}}}]}${after}`,
        ),
        options: { maxEventBytes },
      }))
    const property = fc.property(cutAnywhere(documents), ({ bytes, pieces, options }) => {
      expect(differenceOfFolds(fold([bytes], options), fold(pieces, options))).to.deep.equal(undefined)
    })
    fc.assert(property, runs(300))
  })
})

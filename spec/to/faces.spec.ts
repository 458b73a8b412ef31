import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect } from 'chai'
import fc from 'fast-check'
import { from, type Observable } from 'rxjs'
import {
  Assembler,
  type AssemblerOptions,
  type AssemblyEvent,
  type AssemblyResult,
  assemble,
  fromResponse,
  parseChunks,
  parseSse,
} from '../../lib/index.ts'
import { AssemblerStream } from '../../lib/node.ts'
import { AssemblerTransformStream } from '../../lib/web.ts'
import { bytesOf, fixtures } from '../fixtures/index.ts'
import { cutAnywhere } from '../helpers/cut-streams.ts'
import { piecesOf, piecesOfSizes, randomSizes } from '../helpers/cuts.ts'
import { joinEvents } from '../helpers/events.ts'
import { describeShared, readShared, readSharedJsonLines } from '../helpers/shared.ts'
import { webStream } from '../helpers/sources.ts'
import { arbitraryStream, runs } from '../helpers/streams.ts'

/** Bytes in, all events out. */
type Face = (pieces: readonly Uint8Array[], options: AssemblerOptions) => Promise<AssemblyEvent[]>

const faces: Record<string, Face> = {
  'iteration of a stream': (pieces, options) => gather(assemble(webStream(pieces).source, options)),
  'iteration of a list': (pieces, options) => gather(assemble(pieces, options)),
  RxJS: async (pieces, options) => collect(from(pieces).pipe(assemble(options))),
  'RxJS, from a response': (pieces, options) =>
    new Promise((resolve) => {
      const events: AssemblyEvent[] = []
      const done = (): void => resolve(events)
      fromResponse(() => new Response(webStream(pieces).source))
        .pipe(assemble(options))
        .subscribe({ next: (event) => events.push(event), error: done, complete: done })
    }),
  'a Node pipeline': async (pieces, options) => {
    const stream = new AssemblerStream({ ...options, highWaterMark: 1 })
    const fed = pipeline(Readable.from(pieces), stream).catch(() => {})
    const events = await gather(stream)
    await fed
    return events
  },
  'a web stream': (pieces, options) =>
    gather(webStream(pieces).source.pipeThrough(new AssemblerTransformStream(options))),
}

describe('every face', () => {
  for (const [name, face] of Object.entries(faces)) {
    it(`keeps every promise of the line on generated streams, for it tells what the line tells: ${name}`, () =>
      fc.assert(
        fc.asyncProperty(cutAnywhere(arbitraryStream()), async ({ pieces, options }) => {
          const whole = foldWhole(Buffer.concat(pieces), options)
          expect(plain(await face(pieces, options))).to.deep.equal(plain(whole))
        }),
        runs(100),
      ))
  }

  for (const [name, face] of Object.entries(faces)) {
    it(`gives the same events, joined, and the same result: ${name}`, async () => {
      for (const fixture of fixtures) {
        const bytes = bytesOf(fixture)
        const expected = plain(foldWhole(bytes, fixture.options ?? {}))
        for (const pieces of [[bytes], piecesOf(bytes, 61), piecesOfSizes(bytes, randomSizes(7, 400))]) {
          expect(plain(await face(pieces, fixture.options ?? {})), fixture.name).to.deep.equal(expected)
        }
      }
    })
  }

  describe('through the single stations of RxJS, of what is an event stream', () => {
    const streams = fixtures.filter((fixture) => !/^\s*[{[]/.test(new TextDecoder().decode(bytesOf(fixture))))

    it('gives the same completion: parseSse(), assemble()', () => {
      expect(streams.length).to.be.greaterThan(150)
      for (const fixture of streams) {
        const pieces = piecesOf(bytesOf(fixture), 61)
        const result = resultOf(collect(from(pieces).pipe(parseSse(), assemble(fixture.options))))
        const whole = resultOf(foldWhole(bytesOf(fixture), fixture.options ?? {}))
        expect(result.completion, fixture.name).to.deep.equal(whole.completion)
        expect(result.status, fixture.name).to.equal(whole.status)
        expect(result.toolCalls, fixture.name).to.deep.equal(whole.toolCalls)
      }
    })

    it('gives the same completion: parseSse(), parseChunks(), assemble(), which does not see [DONE]', () => {
      for (const fixture of streams) {
        const { onBadChunk, ...options } = fixture.options ?? {}
        const chunks = from(piecesOf(bytesOf(fixture), 61)).pipe(parseSse(), parseChunks({ onBadChunk }))
        const result = resultOf(collect(chunks.pipe(assemble(options))))
        const whole = resultOf(foldWhole(bytesOf(fixture), fixture.options ?? {}))
        const onlyDone = whole.diagnostics.some(({ code }) => code === 'missing_finish_reason')
        expect(result.completion, fixture.name).to.deep.equal(whole.completion)
        expect(result.status, fixture.name).to.equal(onlyDone ? 'truncated' : whole.status)
      }
    })
  })
})

function foldWhole(bytes: Uint8Array, options: AssemblerOptions): AssemblyEvent[] {
  const events: AssemblyEvent[] = []
  const assembler = new Assembler({ ...options, onEvent: (event) => events.push(event) })
  assembler.write(bytes)
  assembler.end()
  return events
}

/** Everything up to the error, if there is one: it is in the end event. */
async function gather(source: AsyncIterable<AssemblyEvent>): Promise<AssemblyEvent[]> {
  const events: AssemblyEvent[] = []
  try {
    for await (const event of source) events.push(event)
  } catch (thrown) {
    expect(thrown).to.equal(resultOf(events).error)
  }
  return events
}

function collect(source: Observable<AssemblyEvent>): AssemblyEvent[] {
  const events: AssemblyEvent[] = []
  source.subscribe({ next: (event) => events.push(event), error: () => {} })
  return events
}

function resultOf(events: readonly AssemblyEvent[]): AssemblyResult {
  const end = events.at(-1)
  if (end?.type !== 'end') throw new Error('The last event is not end')
  return end.result
}

/** As JSON: an error is compared by its code, its place and its message. */
const plain = (events: readonly AssemblyEvent[]): unknown => JSON.parse(JSON.stringify(joinEvents(events)))

describeShared('every face, on recordings of real streams', () => {
  const files = readSharedJsonLines<{ file: string }>('corpus', 'index.jsonl')
    .map(({ file }) => file)
    .filter((_, i) => i % 6 === 0)

  for (const [name, face] of Object.entries(faces)) {
    it(`gives the same events and result: ${name}`, async function () {
      this.timeout(60_000)
      for (const file of files) {
        const bytes = readShared('corpus', file)
        const actual = await face(piecesOf(bytes, 4096), {})
        expect(plain(actual), file).to.deep.equal(plain(foldWhole(bytes, {})))
      }
    })
  }
})

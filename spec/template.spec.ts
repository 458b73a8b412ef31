import { expect } from 'chai'
import fc from 'fast-check'
import { sharedTemplates } from '../lib/from/template/cache.ts'
import { counts } from '../lib/from/template/matching.ts'
import { frame } from './fixtures/fixture.ts'
import { bytesOf, fixtures } from './fixtures/index.ts'
import { cutAnywhere } from './helpers/cut-streams.ts'
import { piecesOf } from './helpers/cuts.ts'
import { expectNoMismatches } from './helpers/mismatches.ts'
import { allRecordings, allTraffic } from './helpers/recordings.ts'
import { arbitraryMutatedStream } from './helpers/streams/mutated.ts'
import { arbitraryRepetitiveStream } from './helpers/streams/repetitive.ts'
import { arbitraryStream, runs } from './helpers/streams.ts'
import {
  type Compared,
  compareByTurns,
  compareWays,
  nothingCompared,
  sumOf,
  traceOf,
  withTemplates,
} from './helpers/template.ts'

const encoder = new TextEncoder()

/** The fixtures are short: it takes the recordings for many frames of one shape. */
const minRecordedHits = process.env.SHARED_DIR ? 2 : 0.1

/** How often each frame of a fixture is sent: enough to learn it, to match it, and to stop believing in it. */
const REPEATS = 12

/** Traffic whose frames differ in more than texts and numbers. */
const neverAlike: ReadonlySet<string> = new Set(['irregular', 'logprobs'])

/** A line of a trace as it is where no clock was given. */
function withoutTimes(line: string): string {
  if (!line.startsWith('{')) return line
  return JSON.stringify(JSON.parse(line), (key, value) =>
    key === 'timing' || key === 'stopwatch' ? undefined : value,
  )
}

/** Fails if anything differed, or if any way matched so few frames that it says nothing. */
function expectSame({ folds, hits, mismatch }: Compared, minHits: number): void {
  expectNoMismatches(mismatch === undefined ? [] : [mismatch])
  for (const [name, count] of Object.entries(hits)) {
    expect((count * Object.keys(hits).length) / folds, `matches a fold, ${name}`).to.be.greaterThan(minHits)
  }
}

describe('templates on and off, with Buffer and without, from bytes and from text: the same events, result, places, states and times', function () {
  this.timeout(120_000)

  /** A property of streams, folded in all ways; so many frames must have matched that it says something. */
  function holds<Stream extends { bytes: Uint8Array; options: object }>(
    fact: string,
    count: number,
    streams: fc.Arbitrary<Stream>,
    minHits: number,
  ): void {
    it(fact, () => {
      let compared = nothingCompared
      const cases = fc.tuple(cutAnywhere(streams), fc.nat(12), fc.boolean())
      fc.assert(
        fc.property(cases, ([{ pieces, options }, saveAt, isFresh]) => {
          const outcome = compareWays('generated', { pieces, options, saveAt }, isFresh)
          compared = sumOf(compared, outcome)
          expectSame(outcome, -1)
        }),
        runs(count),
      )
      expectSame(compared, minHits)
    })
  }

  holds('of runs of frames that differ in little, some wounded', 250, arbitraryRepetitiveStream(), 2)
  holds(
    'of recorded frames, some bytes of them changed',
    600,
    arbitraryMutatedStream(allRecordings()),
    minRecordedHits,
  )
  holds('of generated traffic, some bytes of it changed', 200, arbitraryMutatedStream(allTraffic(40)), 2)
  holds('of any generated stream', 200, arbitraryStream(), 0.01)

  it('of streams that come by turns, or are written to by listeners of each other', () => {
    let compared = nothingCompared
    const streams = fc.array(cutAnywhere(arbitraryMutatedStream(allRecordings())), {
      minLength: 2,
      maxLength: 12,
    })
    fc.assert(
      fc.property(streams, fc.boolean(), fc.boolean(), (some, isPortable, isNested) => {
        const outcome = compareByTurns(some, { isPortable, isNested })
        compared = sumOf(compared, outcome)
        expectSame(outcome, -1)
      }),
      runs(200),
    )
    expectSame(compared, minRecordedHits)
  })

  it('of generated traffic that is hot, whole and in pieces, of which most frames match', () => {
    for (const { name, bytes } of allTraffic(300).filter((one) => !neverAlike.has(one.name))) {
      const frames = new TextDecoder().decode(bytes).split('\n\n').length
      for (const pieces of [[bytes], piecesOf(bytes, 1000)])
        expectSame(compareWays(name, { pieces, lookAt: 50 }), frames * 0.9)
      // Ideographs that are cut and then read as text are broken, and do not match.
      expectSame(compareWays(name, { pieces: piecesOf(bytes, 7), lookAt: 50 }), frames / 10)
    }
  })

  it('with a clock and without: nothing differs but the times', () => {
    const before = counts.hits
    let folds = 0
    const cases = fc.tuple(cutAnywhere(arbitraryRepetitiveStream()), fc.boolean())
    fc.assert(
      fc.property(cases, ([{ pieces, options }, isPortable]) => {
        const trace = (own: object): string[] =>
          withTemplates(true, () => traceOf({ pieces, options: { ...options, ...own } }), isPortable)
        sharedTemplates().clear() // with it comes a new budget of lessons
        const [timed, untimed] = [trace({}), trace({ clock: undefined })]
        folds += 2
        expect(timed.at(-1)).to.include('"timing"')
        expect(untimed).to.deep.equal(timed.map(withoutTimes))
      }),
      runs(150),
    )
    expect((counts.hits - before) / folds, 'matches a fold').to.be.greaterThan(2)
  })

  it('of every fixture, and of every fixture with each of its frames sent again and again', () => {
    const compared = fixtures.flatMap((fixture) => {
      const lineEnd = fixture.lineEnd ?? '\n'
      const frames = fixture.frames.map((one) => encoder.encode(frame(one).replaceAll('\n', lineEnd)))
      const repeated = frames.map((one, at) => [
        ...frames.slice(0, at),
        ...Array(REPEATS).fill(one),
        ...frames.slice(at + 1),
      ])
      return [[bytesOf(fixture)], ...repeated].flatMap((pieces, at) => {
        const whole = Buffer.concat(pieces)
        const file = `${fixture.name}, frame ${at - 1}`
        return [[whole], pieces].map((some) => compareWays(file, { pieces: some, options: fixture.options }))
      })
    })
    expectSame(compared.reduce(sumOf), 1)
  })
})

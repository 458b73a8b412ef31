import { expect } from 'chai'
import fc from 'fast-check'
import { counts } from '../lib/from/template/matching.ts'
import { frame } from './fixtures/fixture.ts'
import { bytesOf, fixtures } from './fixtures/index.ts'
import { cutAnywhere } from './helpers/cut-streams.ts'
import { expectNoMismatches } from './helpers/mismatches.ts'
import { arbitraryRepetitiveStream } from './helpers/streams/repetitive.ts'
import { arbitraryStream, runs } from './helpers/streams.ts'
import { compareWays } from './helpers/template.ts'

const encoder = new TextEncoder()

/** How often each frame of a fixture is sent: enough to learn it, to match it, and to stop believing in it. */
const REPEATS = 12

describe('templates on and off: the same events, result, places, states and times', function () {
  this.timeout(120_000)

  /** A property of streams, folded both ways; so many frames must have matched that it says something. */
  function holds<Stream extends { bytes: Uint8Array; options: object }>(
    fact: string,
    count: number,
    streams: fc.Arbitrary<Stream>,
    minHits: number,
  ): void {
    it(fact, () => {
      const before = counts.hits
      const parameters = runs(count)
      const cases = fc.tuple(cutAnywhere(streams), fc.nat(12), fc.boolean())
      fc.assert(
        fc.property(cases, ([{ pieces, options }, saveAt, isFresh]) => {
          const { mismatch } = compareWays('generated', { pieces, options, saveAt }, isFresh)
          expectNoMismatches(mismatch === undefined ? [] : [mismatch])
        }),
        parameters,
      )
      expect((counts.hits - before) / parameters.numRuns, 'matches a run').to.be.greaterThan(minHits)
    })
  }

  holds('of runs of frames that differ in little, some wounded', 1000, arbitraryRepetitiveStream(), 8)
  holds('of any generated stream', 500, arbitraryStream(), 0.1)

  it('of every fixture, and of every fixture with each of its frames sent again and again', () => {
    const before = counts.hits
    const mismatches = fixtures.flatMap((fixture) => {
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
        return [[whole], pieces].map(
          (some) => compareWays(file, { pieces: some, options: fixture.options }).mismatch,
        )
      })
    })
    expectNoMismatches(mismatches.filter((mismatch) => mismatch !== undefined))
    expect(counts.hits - before).to.be.greaterThan(5000)
  })
})

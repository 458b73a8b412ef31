import { expect } from 'chai'
import fc from 'fast-check'
import { Assembler, type AssemblerOptions, type AssemblyEvent, type AssemblyResult } from '../lib/core.ts'
import { bytesOf, fixtures } from './fixtures/index.ts'
import { plainEvent } from './helpers/events.ts'
import { arbitraryStream, runs } from './helpers/streams.ts'

interface Fold {
  readonly events: unknown[]
  readonly result: AssemblyResult
}

/** Folds `bytes`, moving to a fresh assembler through JSON before each byte in `at`. */
function fold(bytes: Uint8Array, options: AssemblerOptions, at: readonly number[]): Fold {
  const events: unknown[] = []
  const heard = { ...options, onEvent: (event: AssemblyEvent) => events.push(plainEvent(event)) }
  let assembler = new Assembler(heard)
  let from = 0
  for (const cut of at) {
    assembler.write(bytes.subarray(from, cut))
    from = cut
    if (assembler.closed) break
    assembler = Assembler.restore(JSON.parse(JSON.stringify(assembler.save())), heard)
  }
  assembler.write(bytes.subarray(from))
  return { events, result: JSON.parse(JSON.stringify(assembler.end())) }
}

describe('a saved state', () => {
  for (const fixture of fixtures) {
    it(`restored at every byte of ${fixture.name} changes neither events nor result`, () => {
      const bytes = bytesOf(fixture)
      const options = fixture.options ?? {}
      const expected = fold(bytes, options, [])
      for (let at = 1; at < bytes.length; at++) {
        const actual = fold(bytes, options, [at])
        if (JSON.stringify(actual) !== JSON.stringify(expected))
          expect(actual, `at byte ${at}`).to.deep.equal(expected)
      }
    })
  }

  it('restored at every step of generated streams changes neither events nor result', () => {
    fc.assert(
      fc.property(arbitraryStream(), fc.array(fc.nat(), { maxLength: 8 }), ({ bytes, options }, places) => {
        const at = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b)
        expect(fold(bytes, options, at)).to.deep.equal(fold(bytes, options, []))
      }),
      runs(300),
    )
  })

  it('goes on with live arguments where it stopped', () => {
    const seen: unknown[] = []
    const options: AssemblerOptions = {
      onEvent: (event) => {
        if (event.type === 'tool_calls.arguments.delta') seen.push(structuredClone(event.value))
      },
    }
    const first = new Assembler(options)
    first.writeDelta(0, {
      tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"city":"Os' } }],
    })
    const second = Assembler.restore(JSON.parse(JSON.stringify(first.save())), options)
    second.writeDelta(0, { tool_calls: [{ index: 0, function: { arguments: 'lo"}' } }] })
    expect(seen).to.deep.equal([{ city: 'Os' }, { city: 'Oslo' }])
  })

  it('shares no list of the choices that have reasoned, with its line or with another', () => {
    const options: AssemblerOptions = { onEvent: () => {} }
    const spokeOf = (assembler: Assembler) => assembler.save().spoke as number[]
    const [silent, other] = [new Assembler(options), new Assembler(options)]
    spokeOf(silent).push(0)
    expect([spokeOf(silent), spokeOf(other)]).to.deep.equal([[], []])
    other.writeDelta(0, { reasoning: 'so' })
    spokeOf(other).push(1)
    expect(spokeOf(other)).to.deep.equal([0])
  })

  it('is refused when the line has ended, and when its version is another', () => {
    const ended = new Assembler()
    ended.end()
    expect(() => ended.save()).to.throw(RangeError, 'keep its result')
    const state = { ...new Assembler().save(), version: 0 }
    // @ts-expect-error a state of another version has another type
    expect(() => Assembler.restore(state)).to.throw(RangeError, 'version 0')
  })
})

import { expect } from 'chai'
import { Assembler, type AssemblerOptions, type AssemblyEvent } from '../../../lib/core.ts'
import { sharedTemplates } from '../../../lib/from/template/cache.ts'
import { counts, matching } from '../../../lib/from/template/matching.ts'
import { piecesOf, piecesOfSizes, randomSizes } from '../../helpers/cuts.ts'
import { expectNoMismatches } from '../../helpers/mismatches.ts'
import { compareWays, withTemplates } from '../../helpers/template.ts'

const encoder = new TextEncoder()

interface Stream {
  readonly frames: number
  readonly id?: string
  readonly model?: string
  /** Fields of frame `at` beside the usual ones. */
  readonly fields?: (at: number) => object
}

function streamOf({ frames, id = 'c-1', model = 'm', fields = () => ({}) }: Stream): Uint8Array {
  const texts = Array.from({ length: frames }, (_, at) => {
    const delta = at === 0 ? { role: 'assistant', content: '' } : { content: ` word ${at % 50}` }
    const chunk = {
      id,
      object: 'chat.completion.chunk',
      created: 7,
      model,
      ...fields(at),
      choices: [{ index: 0, delta }],
    }
    return `data: ${JSON.stringify(chunk)}\n\n`
  })
  return encoder.encode(texts.join(''))
}

function foldAll(pieces: Iterable<Uint8Array | string>, options: AssemblerOptions = {}): string {
  const assembler = new Assembler(options)
  for (const piece of pieces) assembler.write(piece)
  return JSON.stringify(assembler.end())
}

/** What folding does to the counts. */
function countsOf(run: () => unknown): typeof counts {
  const before = { ...counts }
  withTemplates(true, run)
  const entries = Object.entries(counts).map(([key, count]) => [
    key,
    count - before[key as keyof typeof counts],
  ])
  return Object.fromEntries(entries) as typeof counts // the same keys
}

describe('reading frames by templates', () => {
  beforeEach(() => sharedTemplates().clear())

  it('begins when a process has read a thousand frames', () => {
    expect(matching.warmUp).to.equal(1000)
    const before = { ...matching }
    const hits = counts.hits
    Object.assign(matching, { isOn: true, warmUp: counts.plain + 300 })
    try {
      foldAll(piecesOf(streamOf({ frames: 250 }), 1000))
      expect(counts.hits).to.equal(hits)
      foldAll(piecesOf(streamOf({ frames: 250 }), 1000))
    } finally {
      Object.assign(matching, before)
    }
    expect(counts.hits - hits).to.be.within(180, 200)
  })

  it('can be switched off', () => {
    const before = counts.hits
    withTemplates(false, () => foldAll([streamOf({ frames: 500 })]))
    expect(counts.hits).to.equal(before)
  })

  it('learns from the second frame, and matches nearly all others however they are cut', () => {
    const bytes = streamOf({ frames: 1000 })
    for (const pieces of [
      [bytes],
      piecesOf(bytes, 7),
      piecesOf(bytes, 16 * 1024),
      piecesOfSizes(bytes, randomSizes(1, 500)),
    ]) {
      sharedTemplates().clear()
      const { hits, learned, misses } = countsOf(() => foldAll(pieces))
      expect({ learned, misses }).to.deep.equal({ learned: 1, misses: pieces.length === 1 ? 2 : misses })
      expect(hits).to.be.greaterThan(990)
    }
  })

  it('is taught by one stream for all streams of an endpoint, once an id has turned out to differ', () => {
    const fold = (id: string) => countsOf(() => foldAll(piecesOf(streamOf({ frames: 50, id }), 300)))
    expect(fold('c-1')).to.include({ learned: 1, widened: 0, adopted: 0 })
    expect(fold('c-1')).to.include({ learned: 0, widened: 0, adopted: 1, hits: 49 })
    expect(fold('another')).to.include({ learned: 1, widened: 1 })
    for (const id of ['c-1', 'third', 'a much longer id than before', 'größe'])
      expect(fold(id), id).to.include({ learned: 0, widened: 0, adopted: 1, hits: 49 })
  })

  it('goes on with eight templates by turns, and does not learn again and again where there are more', () => {
    const byTurns = (shapes: number) => (at: number) => ({ [`k${at % shapes}`]: 1 })
    const eight = countsOf(() => foldAll([streamOf({ frames: 800, fields: byTurns(8) })]))
    expect(eight.hits).to.be.greaterThan(750)
    sharedTemplates().clear()
    const nine = countsOf(() => foldAll([streamOf({ frames: 4000, fields: byTurns(9) })]))
    expect(nine.learned).to.be.below(40)
    expect(nine.hits).to.be.greaterThan(3000)
  })

  it('gives up on a stream that never repeats, and comes back when it does', () => {
    const odd = (at: number) => ({ [`k${at}`]: at })
    const irregular = countsOf(() => foldAll(piecesOf(streamOf({ frames: 4000, fields: odd }), 1000)))
    expect(irregular.hits).to.equal(0)
    expect(irregular.misses).to.be.below(60)
    const later = countsOf(() =>
      foldAll(piecesOf(streamOf({ frames: 4000, fields: (at) => (at < 500 ? odd(at) : {}) }), 1000)),
    )
    expect(later.hits).to.be.greaterThan(2000)
  })

  describe('in a process that has learned all it may from streams that never repeat', () => {
    const odd = (at: number) => ({ [`k${at}`]: at })
    const fold = (stream: Stream) => countsOf(() => foldAll(piecesOf(streamOf(stream), 1000)))
    const learnAll = (): void => {
      for (let i = 0; i < 3; i++) fold({ frames: 1000, fields: odd })
      expect(fold({ frames: 100, fields: odd })).to.include({ learned: 0 })
    }

    it('is at once at work in a stream like two that came before', () => {
      for (let i = 0; i < 2; i++) fold({ frames: 50 })
      learnAll()
      expect(fold({ frames: 100 })).to.include({ learned: 0, hits: 99 })
      expect(fold({ frames: 100 })).to.include({ learned: 0, hits: 99 })
    })

    it('comes back to a stream that goes on for long, when it repeats', () => {
      learnAll()
      const { hits } = fold({ frames: 6000, fields: (at) => (at < 500 ? odd(at) : {}) })
      expect(hits).to.be.greaterThan(2000)
    })
  })

  it('is the same for text, whole, in pieces, and among bytes', () => {
    const bytes = streamOf({ frames: 100 })
    const text = new TextDecoder().decode(bytes)
    const pieces = Array.from({ length: Math.ceil(text.length / 700) }, (_, i) =>
      text.slice(i * 700, i * 700 + 700),
    )
    const mixed = pieces.map((piece, i) => (i % 3 === 0 ? encoder.encode(piece) : piece))
    for (const written of [[text], pieces, mixed, [...text]]) {
      const plain = withTemplates(false, () => foldAll(written))
      let matched = ''
      const { hits } = countsOf(() => (matched = foldAll(written)))
      expect(matched).to.equal(plain)
      expect(hits).to.be.greaterThan(90)
    }
  })

  it('keeps to the limits, which are counted as on the plain path', () => {
    const pieces = piecesOf(streamOf({ frames: 300 }), 1000)
    for (const maxEventBytes of [50, 200, 10_000, 20_000, 100_000]) {
      for (const more of [{}, { maxMessageBytes: 1000 }, { maxStreamBytes: 20_000 }]) {
        const { mismatch } = compareWays(`${maxEventBytes}`, { pieces, options: { maxEventBytes, ...more } })
        expectNoMismatches(mismatch === undefined ? [] : [mismatch])
      }
    }
    // So many bytes may cost the limit if they are read line by line: then a match would hide a fault.
    expect(countsOf(() => foldAll(pieces, { maxEventBytes: 10_000 })).hits).to.equal(0)
    expect(countsOf(() => foldAll(pieces, { maxEventBytes: 20_000 })).hits).to.be.greaterThan(200)
  })
})

describe('the one buffer of all streams', () => {
  beforeEach(() => sharedTemplates().clear())

  it('serves streams that come by turns, each with half a frame that waits', () => {
    const streams = Array.from({ length: 40 }, (_, i) => {
      const bytes = streamOf({ frames: 60, id: `id-${i}`, model: `m${i % 3}` })
      return i % 4 === 0 ? piecesOf(bytes, 37) : piecesOfSizes(bytes, randomSizes(i, 800))
    })
    const foldByTurns = (): string[] => {
      const assemblers = streams.map(() => new Assembler())
      for (let turn = 0; turn < 1000; turn++) {
        streams.forEach((pieces, i) => {
          const piece = pieces[turn]
          if (piece !== undefined) assemblers[i]?.write(piece)
        })
      }
      return assemblers.map((assembler) => JSON.stringify(assembler.end()))
    }
    const plain = withTemplates(false, foldByTurns)
    const before = counts.hits
    expect(withTemplates(true, foldByTurns)).to.deep.equal(plain)
    expect(counts.hits - before).to.be.greaterThan(1500)
  })

  it('is left to the stream that reads it, while a listener writes to another one, or to the same', () => {
    const bytes = streamOf({ frames: 60 })
    const inner = streamOf({ frames: 200, id: 'inner' })
    const foldNested = (isSame: boolean): unknown => {
      const other = new Assembler()
      let at = 0
      const events: string[] = []
      const write = (target: Assembler, size: number): void => {
        const piece = inner.subarray(at, at + size)
        at += size
        target.write(piece)
      }
      const onEvent = (event: AssemblyEvent): void => {
        events.push(event.type)
        if (event.type === 'content.delta' && events.length % 3 === 0 && events.length < 100)
          isSame ? outer.writeDelta(0, { content: '!' }) : write(other, 200)
      }
      const outer: Assembler = new Assembler({ onEvent })
      for (const piece of piecesOf(bytes, 700)) {
        if (!isSame) write(other, 150)
        outer.write(piece)
      }
      return [events, outer.end(), other.end()].map((part) => JSON.stringify(part))
    }
    for (const isSame of [false, true]) {
      const plain = withTemplates(false, () => foldNested(isSame))
      for (const _ of [1, 2]) expect(withTemplates(true, () => foldNested(isSame))).to.deep.equal(plain)
    }
  })

  it('is taken again from a stream to which a listener has written, while the parser finished a frame', () => {
    const bytesOf = (envelope: object): Uint8Array => {
      const chunks = [...'abcdef'].map((content) => ({
        ...envelope,
        choices: [{ index: 0, delta: { content } }],
      }))
      return encoder.encode(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join(''))
    }
    const [bytes, others] = [bytesOf({}), bytesOf({ id: 'other' })]
    const foldBoth = (): string[] => {
      const inner = new Assembler()
      inner.write(others.subarray(0, 100))
      let at = 100
      const onEvent = ({ type }: AssemblyEvent): void => {
        // The first delta comes of the frame that the parser reads.
        if (type !== 'content.delta' || at > 100) return
        at = 200
        inner.write(others.subarray(100, at))
      }
      const outer = new Assembler({ onEvent })
      outer.write(bytes)
      inner.write(others.subarray(at))
      return [outer, inner].map((assembler) => JSON.stringify(assembler.end()))
    }
    const plain = withTemplates(false, foldBoth)
    for (const _ of [1, 2]) expect(withTemplates(true, foldBoth)).to.deep.equal(plain)
  })

  it('is free again after a listener has thrown', () => {
    const bytes = streamOf({ frames: 100 })
    const fails = { onEvent: () => expect.fail('a listener that throws') }
    withTemplates(true, () => foldAll([bytes], fails))
    expect(countsOf(() => foldAll([bytes])).hits).to.be.greaterThan(90)
  })

  it('ends with the line: an abort in a listener is the end of the frames, too', () => {
    const abortAt = (isOn: boolean): string =>
      withTemplates(isOn, () => {
        let deltas = 0
        const assembler: Assembler = new Assembler({
          onEvent: ({ type }) => {
            if (type === 'content.delta' && ++deltas === 40) assembler.abort('enough')
          },
        })
        assembler.write(streamOf({ frames: 100 }))
        return JSON.stringify([deltas, assembler.end()])
      })
    abortAt(true)
    expect(abortAt(true)).to.equal(abortAt(false))
  })
})

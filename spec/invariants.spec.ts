import { expect } from 'chai'
import fc from 'fast-check'
import { Assembler, type AssemblerOptions, type AssemblyEvent, type AssemblyResult } from '../lib/core.ts'
import { FrameParser } from '../lib/from/frames.ts'
import type { ServerSentEvent } from '../lib/wire/index.ts'
import { cutAnywhere } from './helpers/cut-streams.ts'
import { differenceOfFolds, fold } from './helpers/events.ts'
import { broken, deepFreeze, identitiesOf, namesOf, textsOf } from './helpers/growth.ts'
import { expectNoMismatches, mismatchesOf } from './helpers/mismatches.ts'
import { plainCompletion, replay } from './helpers/replay.ts'
import { copiedBeside } from './helpers/sharing.ts'
import { arbitraryStream, runs } from './helpers/streams.ts'
import { toldOfFields } from './helpers/told.ts'
import { watch } from './helpers/watch.ts'

const streams = cutAnywhere(arbitraryStream())
type Stream = typeof streams extends fc.Arbitrary<infer Kind> ? Kind : never

/** A property of every generated stream in every generated cut. */
function holds(fact: string, count: number, check: (stream: Stream) => void): void {
  it(fact, () => fc.assert(fc.property(streams, check), runs(count)))
}

const wholly = (value: string, next: string): boolean => value === next
const grown = (value: string, next: string): boolean => next.startsWith(value)

/** `faults` finds what two snapshots that follow each other have against each other. */
function expectOfNeighbours(
  snapshots: readonly unknown[],
  faults: (before: unknown, after: unknown) => string[],
): void {
  const found = snapshots.slice(1).flatMap((after, i) => faults(snapshots[i], after))
  expect(found).to.deep.equal([])
}

function foldAll(pieces: Iterable<Uint8Array>, options: AssemblerOptions): AssemblyResult {
  const assembler = new Assembler(options)
  for (const piece of pieces) assembler.write(piece)
  return assembler.end()
}

describe('invariants', function () {
  this.timeout(120_000)

  holds('any cut gives the same events and the same result', 300, ({ bytes, pieces, options }) => {
    const difference = differenceOfFolds(fold([bytes], options), fold(pieces, options))
    expectNoMismatches(difference === undefined ? [] : [{ file: 'cut', ...difference }])
  })

  holds('a text field only grows at its end', 300, ({ pieces, options }) => {
    const { snapshots } = watch(pieces, options)
    expectOfNeighbours(snapshots, (before, after) => broken(textsOf(before), textsOf(after), grown))
  })

  holds('an identity field never changes; a tool name only goes on', 300, ({ pieces, options }) => {
    const { snapshots } = watch(pieces, options)
    expectOfNeighbours(snapshots, (before, after) => [
      ...broken(identitiesOf(before), identitiesOf(after), wholly),
      ...broken(namesOf(before), namesOf(after), grown),
    ])
  })

  holds('the deltas of a field add up to what it is told to be when done', 300, ({ pieces, options }) => {
    const { events } = watch(pieces, options)
    const { deltas, done } = toldOfFields(events)
    expect(deltas).to.deep.equal(done)
  })

  holds('after a field was told as done it never changes', 300, ({ pieces, options }) => {
    const { events, result } = watch(pieces, options)
    const { done, late } = toldOfFields(events)
    expect(late).to.deep.equal([])
    const texts = textsOf(result.completion)
    for (const [address, text] of done) expect(texts.get(address), address).to.equal(text || undefined)
    for (const event of events) {
      if (event.type !== 'tool_calls.done') continue
      const call = result.toolCalls.find(
        ({ choice, index }) => choice === event.choice && index === event.index,
      )
      expect(call).to.include({ id: event.id, name: event.name, type: event.callType })
    }
  })

  holds('a call that is complete has the value of its arguments, any other has none', 300, (stream) => {
    for (const call of foldAll(stream.pieces, stream.options).toolCalls) {
      const hasValue = call.state === 'complete' && call.type === 'function'
      const text = call.arguments.trim() === '' ? '{}' : call.arguments
      // As text, because a key named __proto__ must be an own one.
      expect(JSON.stringify(call.value)).to.equal(hasValue ? JSON.stringify(JSON.parse(text)) : undefined)
      expect('value' in call).to.equal(hasValue)
    }
  })

  holds('a snapshot handed out never changes', 200, ({ pieces, options }) => {
    const texts: string[] = []
    const { snapshots } = watch(pieces, options, (snapshot) => texts.push(JSON.stringify(snapshot)))
    expect(snapshots.map((snapshot) => JSON.stringify(snapshot))).to.deep.equal(texts)
  })

  holds('nor does it have to: the fold goes on although it is frozen', 200, ({ pieces, options }) => {
    const { result } = watch(pieces, options, deepFreeze)
    expect(JSON.stringify(result)).to.equal(JSON.stringify(foldAll(pieces, options)))
  })

  holds('a snapshot is the same whether someone looked before or not', 200, ({ pieces, options }) => {
    const watched = new Assembler(options)
    const quiet = new Assembler(options)
    for (const piece of pieces) {
      watched.write(piece)
      watched.snapshot()
      quiet.write(piece)
    }
    expect(JSON.stringify(watched.snapshot())).to.equal(JSON.stringify(quiet.snapshot()))
  })

  holds('snapshots share what a chunk does not speak of', 200, ({ chunks, options }) => {
    const assembler = new Assembler(options)
    const copied: string[] = []
    for (const chunk of chunks) {
      const before = assembler.snapshot()
      assembler.writeChunk(chunk)
      if (assembler.closed) break
      copied.push(...copiedBeside(chunk, before, assembler.snapshot(), options.choices === 1))
    }
    expect(copied).to.deep.equal([])
  })

  holds('the events folded again give the same completion', 300, ({ pieces, options }) => {
    const { events, result } = watch(pieces, options)
    const [told, folded] = [replay(events), result].map(plainCompletion)
    expectNoMismatches(mismatchesOf('events', 'completion', folded, told))
  })

  holds('there is one end event, the last, with the result', 300, ({ pieces, options }) => {
    const events: AssemblyEvent[] = []
    const assembler = new Assembler({ ...options, onEvent: (event) => events.push(event) })
    for (const piece of pieces) assembler.write(piece)
    const result = assembler.end()
    assembler.write('data: {"choices":[{"index":0,"delta":{"content":"late"}}]}\n\n')
    expect(assembler.end()).to.equal(result)
    expect(assembler.fail(new Error('late'))).to.equal(result)
    expect(assembler.abort('late')).to.equal(result)
    const ends = events.flatMap((event) => (event.type === 'end' ? [event] : []))
    expect(ends).to.deep.equal([events.at(-1)])
    expect(ends[0]?.result).to.equal(result)
  })

  holds('a listener changes nothing', 200, ({ pieces, options }) => {
    const quiet = foldAll(pieces, options)
    expect(JSON.stringify(watch(pieces, options).result)).to.equal(JSON.stringify(quiet))
  })
})

describe('invariants: the stations of the line', function () {
  this.timeout(120_000)
  const summary = ({ status, completion, toolCalls, error }: AssemblyResult): string =>
    JSON.stringify({ status, completion, toolCalls, error: error?.code, upstream: error?.upstream })

  holds('frames written one by one give the same as their bytes', 200, ({ pieces, options }) => {
    // With a blank line at the end: what becomes of a last frame without one is decided by the bytes alone.
    const whole = [...pieces, new TextEncoder().encode('\n\n')]
    const frames: ServerSentEvent[] = []
    const parser = new FrameParser({ onFrame: (frame) => frames.push(frame) }, Number.POSITIVE_INFINITY)
    for (const piece of whole) parser.write(piece)
    const assembler = new Assembler(options)
    for (const frame of frames) assembler.writeFrame(frame)
    expect(summary(assembler.end())).to.equal(summary(foldAll(whole, options)))
  })

  holds('chunks written one by one give the same completion, and are left as they are', 300, (stream) => {
    fc.pre(stream.whole)
    const assembler = new Assembler(stream.options)
    for (const chunk of deepFreeze(stream.chunks)) assembler.writeChunk(chunk)
    const { completion } = foldAll(stream.pieces, stream.options)
    expect(JSON.stringify(assembler.end().completion)).to.equal(JSON.stringify(completion))
  })
})

import { Assembler, type AssemblerOptions, type AssemblyEvent } from '../../lib/core.ts'
import { sharedTemplates } from '../../lib/from/template/cache.ts'
import { counts, matching } from '../../lib/from/template/matching.ts'
import { plainEvent } from './events.ts'
import type { Mismatch } from './mismatches.ts'

export interface Delivered {
  readonly pieces: Iterable<Uint8Array | string>
  readonly options?: AssemblerOptions | undefined
  /** Save and restore before the write of this number; a state must mean the same on all paths. */
  readonly saveAt?: number | undefined
  /** Look at the snapshot of every so manieth event that has one. */
  readonly lookAt?: number | undefined
}

/** With templates from the first frame on, or without any; puts the switches back. */
export function withTemplates<Result>(isOn: boolean, run: () => Result, isPortable = false): Result {
  const before = { ...matching }
  Object.assign(matching, { isOn, warmUp: 0, isPortable })
  try {
    return run()
  } finally {
    Object.assign(matching, before)
  }
}

/**
 * All that can be seen of a fold, line by line: each event, where the line stood after each write that made
 * a difference, the saved state, and the result with its times, by a clock that counts how often it was asked.
 */
export function traceOf(delivered: Delivered): string[] {
  const writes = tracing(delivered)
  for (;;) {
    const { done, value } = writes.next()
    if (done) return value
  }
}

/** A trace that stops before each write. `onHeard`: what a listener does else. */
function* tracing(
  { pieces, options = {}, saveAt, lookAt = 5 }: Delivered,
  onHeard = () => {},
): Generator<void, string[], void> {
  const lines: string[] = []
  let time = 0
  let events = 0
  const onEvent = (event: AssemblyEvent): void => {
    lines.push(JSON.stringify(event.type === 'end' ? 'end' : plainEvent(event)))
    if ('snapshot' in event && ++events % lookAt === 0) lines.push(JSON.stringify(event.snapshot))
    onHeard()
  }
  const heard = { clock: () => ++time, onEvent, ...options }
  let assembler = new Assembler(heard)
  let write = 0
  let place = ''
  for (const piece of pieces) {
    yield
    if (write === saveAt && !assembler.closed) {
      const state = JSON.stringify(assembler.save())
      lines.push(state)
      assembler = Assembler.restore(JSON.parse(state), heard)
    }
    assembler.write(piece)
    const { at, closed } = assembler
    // The bytes are counted before any frame is read.
    if (place !== `${at.frame} ${closed}`) lines.push(`${write} ${closed} ${JSON.stringify(at)}`)
    place = `${at.frame} ${closed}`
    write++
  }
  if (!assembler.closed) lines.push(JSON.stringify(assembler.save()))
  lines.push(JSON.stringify(assembler.end()))
  return lines
}

/** What several comparisons came to. */
export function sumOf(one: Compared, other: Compared): Compared {
  const names = new Set([...Object.keys(one.hits), ...Object.keys(other.hits)])
  return {
    folds: one.folds + other.folds,
    hits: Object.fromEntries(
      [...names].map((name) => [name, (one.hits[name] ?? 0) + (other.hits[name] ?? 0)]),
    ),
    mismatch: one.mismatch ?? other.mismatch,
  }
}

export const nothingCompared: Compared = { folds: 0, hits: {}, mismatch: undefined }

/** In what form the pieces are written. */
type Form = 'bytes' | 'text' | 'both'

interface Way {
  readonly form: Form
  readonly isPortable?: true
  /** It learns its templates itself, if what other streams have taught is to be forgotten. */
  readonly isPupil?: true
}

/** Ways to fold a stream with templates, each compared with the plain way of its form. */
const ways = {
  learning: { form: 'bytes', isPupil: true },
  'with the templates of another stream': { form: 'bytes' },
  'without Buffer': { form: 'bytes', isPortable: true, isPupil: true },
  'as text': { form: 'text' },
  'as bytes and text by turns': { form: 'both', isPortable: true },
} as const satisfies Readonly<Record<string, Way>>

export interface Compared {
  /** Folds with templates, each compared with one without. */
  readonly folds: number
  /** Frames that matched, in each way in which streams were folded. */
  readonly hits: Readonly<Record<string, number>>
  readonly mismatch: Mismatch | undefined
}

interface DeliveredBytes extends Delivered {
  readonly pieces: Iterable<Uint8Array>
}

/** Folds without templates and in all ways with them. `isFresh`: what other streams have taught is forgotten. */
export function compareWays(file: string, delivered: DeliveredBytes, isFresh = true): Compared {
  const pieces = [...delivered.pieces]
  const forms = { bytes: pieces, text: textsOf(pieces), both: alternating(pieces) }
  const plain = new Map<Form, string[]>()
  const hits: Record<string, number> = {}
  let folds = 0
  for (const [name, { form, isPortable, isPupil }] of Object.entries<Way>(ways)) {
    const written = { ...delivered, pieces: forms[form] }
    const expected = plain.get(form) ?? withTemplates(false, () => traceOf(written))
    plain.set(form, expected)
    if (isFresh && isPupil) sharedTemplates().clear()
    const before = counts.hits
    const actual = withTemplates(true, () => traceOf(written), isPortable)
    hits[name] = counts.hits - before
    folds++
    const at = firstDifference(expected, actual)
    if (at === -1) continue
    const path = `${name}, line ${at}`
    return { folds, hits, mismatch: { file, path, expected: expected[at], actual: actual[at] } }
  }
  return { folds, hits, mismatch: undefined }
}

/** How several streams are folded together. */
export interface Together {
  readonly isPortable: boolean
  /** The listener of each stream writes to the next one. */
  readonly isNested: boolean
}

/** Folds each of some streams alone and without templates, and then all of them, a write of each by turns. */
export function compareByTurns(streams: readonly Delivered[], { isPortable, isNested }: Together): Compared {
  const alone = streams.map((delivered) => withTemplates(false, () => traceOf(delivered)))
  sharedTemplates().clear() // with it comes a new budget of lessons
  const before = counts.hits
  const together = withTemplates(true, () => tracesByTurns(streams, isNested), isPortable)
  const name = isNested ? 'written to by listeners of other streams' : 'by turns with other streams'
  const hits = { [name]: counts.hits - before }
  for (const [stream, expected] of alone.entries()) {
    const actual = together[stream] ?? []
    const at = firstDifference(expected, actual)
    if (at === -1) continue
    const path = `${name}, line ${at}`
    const mismatch = { file: `stream ${stream}`, path, expected: expected[at], actual: actual[at] }
    return { folds: streams.length, hits, mismatch }
  }
  return { folds: streams.length, hits, mismatch: undefined }
}

function tracesByTurns(streams: readonly Delivered[], isNested: boolean): string[][] {
  const traces = streams.map((): string[] => [])
  const writing = streams.map((delivered, stream) =>
    tracing(delivered, isNested ? () => writeTo(stream + 1) : undefined),
  )
  const going = new Set(writing.keys())
  const writeTo = (stream: number): void => {
    const { done, value } = writing[stream]?.next() ?? {}
    if (done) going.delete(stream)
    if (value !== undefined) traces[stream] = value
  }
  while (going.size > 0) for (const stream of going) writeTo(stream)
  return traces
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** One text, cut at the same places but counted in characters, so that a pair may be parted; one half has lost its other. */
function textsOf(pieces: readonly Uint8Array[]): string[] {
  const text = decoder.decode(Buffer.concat(pieces)).replace('\ufffd', '\ud83d')
  let end = 0
  return pieces.map(({ length }) => {
    const start = end
    end += length
    return text.slice(start, end)
  })
}

/** Every second piece as text: a character cut in two is then broken, and its second half may be missing. */
function alternating(pieces: readonly Uint8Array[]): (Uint8Array | string)[] {
  return pieces.map((piece, i) => (i % 2 === 0 ? piece : decoder.decode(piece).replace(/^\ufffd+/, '')))
}

function firstDifference(one: readonly string[], other: readonly string[]): number {
  const longest = Math.max(one.length, other.length)
  for (let at = 0; at < longest; at++) if (one[at] !== other[at]) return at
  return -1
}

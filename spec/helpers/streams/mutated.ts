import fc from 'fast-check'
import type { AssemblerOptions } from '../../../lib/core.ts'

/** A stream as it was sent. */
export interface Recording {
  readonly name: string
  readonly bytes: Uint8Array
  readonly options: AssemblerOptions
}

/** A part of a recording in which some bytes are others. */
export interface MutatedStream {
  readonly bytes: Uint8Array
  readonly options: AssemblerOptions
}

interface Mutation {
  /** From the end: what is there shrinks least. */
  readonly place: number
  readonly kind: (typeof kinds)[number]
  readonly bytes: Uint8Array
}

const kinds = ['replace', 'replace', 'insert', 'delete', 'member', 'repeat'] as const
const encoder = new TextEncoder()

/** What JSON, the event stream and UTF-8 trip over. */
const suspects = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', ' ', '0', '9', '-', '.', 'e', 'null', '1.0', '007'],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\0',
    '\u0007',
    '\t',
    '\u001f',
    '\u007f',
    '\u2028',
    '\ufeff',
    '\ufffd',
    'é',
    '😀',
  ],
  ...['\\u00', '\\u00e9', '\\ud83d', '\\ude00', '\\ud83d\\ude00', '\\x', '\\/', '\\"', '"x":1,', ',"x":1'],
  ...['data: ', 'data:', 'event: error\n', 'id: 1\n', ': c\n', ': c\n\n', 'data: [DONE]\n\n'],
].map((text) => encoder.encode(text))
/** A lone byte, the start of a character, an overlong one, half a surrogate pair, and beyond the last character. */
const broken = [[0xff], [0x80], [0xe2, 0x82], [0xc0, 0xaf], [0xed, 0xa0, 0xbd], [0xf4, 0x90, 0x80, 0x80]].map(
  (bytes) => Uint8Array.from(bytes),
)
/** Members that come twice then, or are new. */
const members = [
  '"content":"twice"',
  '"id":"other"',
  '"index":1',
  '"delta":{}',
  '"cont\\u0065nt":"x"',
  '"usage":{"total_tokens":1}',
  '"error":{"message":"no"}',
].map((text) => encoder.encode(`${text},`))

/** Parts of the recordings, each with some bytes changed, at random or to what often makes trouble. */
export function arbitraryMutatedStream(recordings: readonly Recording[]): fc.Arbitrary<MutatedStream> {
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    place: fc.noBias(fc.nat(2 ** 24)),
    kind: fc.constantFrom(...kinds),
    bytes: fc.oneof(fc.constantFrom(...suspects, ...broken), fc.uint8Array({ minLength: 1, maxLength: 2 })),
  })
  return fc
    .record({
      recording: fc.constantFrom(...recordings),
      /** Frames left out at the start, and frames kept. */
      from: fc.noBias(fc.nat(1000)),
      frames: fc.noBias(fc.nat(12)),
      /** Each of them is sent so often: most fixtures have no two that are alike. */
      times: fc.integer({ min: 1, max: 4 }),
      mutations: fc.array(mutation, { maxLength: 4 }),
    })
    .map(({ recording, from, frames, times, mutations }) => ({
      bytes: mutations.reduce(mutated, partOf(recording.bytes, from, frames, times)),
      options: recording.options,
    }))
}

/** The first frame, and then some others as if they came next, each so many times. */
function partOf(bytes: Uint8Array, from: number, count: number, times: number): Uint8Array {
  const frames = framesOf(bytes)
  const [first, ...others] = frames
  const start = from % frames.length
  const part = others.slice(start, start + count).flatMap((frame) => Array<Uint8Array>(times).fill(frame))
  return Buffer.concat(first === undefined ? [] : [first, ...part])
}

/** With the blank line behind each; what comes after the last one is a frame, too. */
function framesOf(bytes: Uint8Array): Uint8Array[] {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return latin1.split(/(?<=\n\n|\r\n\r\n|\r\r)/).map((frame) => Buffer.from(frame, 'latin1'))
}

function mutated(bytes: Uint8Array, { place, kind, bytes: other }: Mutation): Uint8Array {
  const at = bytes.length - (place % (bytes.length + 1))
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (kind) {
    case 'replace':
      return Buffer.concat([head, other, tail.subarray(other.length)])
    case 'insert':
      return Buffer.concat([head, other, tail])
    case 'delete':
      return Buffer.concat([head, tail.subarray(other.length)])
    case 'repeat':
      return Buffer.concat([head, head.subarray(-other.length * 100), tail])
    case 'member': {
      const brace = tail.indexOf(0x7b) + 1
      const member = members[place % members.length] ?? other
      return Buffer.concat([head, tail.subarray(0, brace), member, tail.subarray(brace)])
    }
  }
}

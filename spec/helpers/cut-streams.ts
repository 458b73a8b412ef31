import fc from 'fast-check'
import type { AssemblerOptions } from '../../lib/core.ts'
import { arbitraryCuts, cut } from './streams.ts'

interface Stream {
  readonly bytes: Uint8Array
  readonly options: AssemblerOptions
}

/** The reads in which a body comes. */
interface Cut {
  readonly pieces: readonly Uint8Array[]
}

/**
 * Streams with a random cut. A counterexample is printed as the text that shows the fault, without the generator's
 * plan behind it.
 *
 *     fc.assert(fc.property(cutAnywhere(arbitraryStream()), ({ pieces, options }) => { … }), runs(500))
 */
export function cutAnywhere<Kind extends Stream>(
  streams: fc.Arbitrary<Kind>,
  some?: number,
): fc.Arbitrary<Kind & Cut> {
  return streams.chain((stream) =>
    arbitraryCuts(stream.bytes.length, some).map((cuts) => ({
      ...stream,
      pieces: cut(stream.bytes, cuts),
      [fc.toStringMethod]: () => describeStream(stream, cuts),
    })),
  )
}

function describeStream({ bytes, options }: Stream, cuts: readonly number[]): string {
  const places = cuts.length === bytes.length - 1 ? 'at every byte' : `at [${cuts.join(', ')}]`
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const broken = text.includes('\ufffd') ? ` (in base64: ${Buffer.from(bytes).toString('base64')})` : ''
  return `${JSON.stringify(text)}${broken}, ${JSON.stringify(options)}, cut ${places}`
}

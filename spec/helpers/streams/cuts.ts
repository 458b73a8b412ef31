import fc from 'fast-check'

/**
 * Where a body is cut into reads: nowhere, at every byte, or at some offsets, which is so many times as likely; equal
 * offsets make an empty read.
 */
export function arbitraryCuts(length: number, some = 6): fc.Arbitrary<number[]> {
  const everywhere = Array.from({ length: Math.max(0, length - 1) }, (_, at) => at + 1)
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant<number[]>([]) },
    { weight: 1, arbitrary: fc.constant(everywhere) },
    {
      weight: some,
      arbitrary: fc.array(fc.nat(length), { maxLength: 24 }).map((cuts) => cuts.sort((a, b) => a - b)),
    },
  )
}

/** The reads that the cuts make; joined they are the bytes again. */
export function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  return [...cuts, bytes.length].map((end, at) => bytes.subarray(at === 0 ? 0 : cuts[at - 1], end))
}

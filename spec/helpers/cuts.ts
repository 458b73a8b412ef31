import { randomNumbers } from './random.ts'

/** Ways to cut the same bytes into pieces. Every piece is a view: nothing is copied. */

export function piecesOf(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  return pieces
}

/** Pieces of the given sizes, in order; bytes beyond their sum make a last piece. */
export function piecesOfSizes(bytes: Uint8Array, sizes: Iterable<number>): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let at = 0
  for (const size of sizes) {
    if (at >= bytes.length) break
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  if (at < bytes.length) pieces.push(bytes.subarray(at))
  return pieces
}

/** Sizes spread evenly over their logarithm: as many cuts of a few bytes as of a few hundred. */
export function* randomSizes(seed: number, largest: number): Generator<number, never> {
  const next = randomNumbers(seed)
  for (;;) yield Math.floor(largest ** next())
}

export function* twoWayCuts(bytes: Uint8Array): Generator<Uint8Array[]> {
  for (let at = 1; at < bytes.length; at += 1) yield [bytes.subarray(0, at), bytes.subarray(at)]
}

const encoder = new TextEncoder()

function piecesOf(frames: readonly string[], size: number): Uint8Array[] {
  const bytes = encoder.encode(frames.join(''))
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size))
  return pieces
}

/** How a stream's bytes come: the reads of a socket. */
export const deliveries = {
  '16k': (frames: readonly string[]) => piecesOf(frames, 16 * 1024),
  frame: (frames: readonly string[]) => frames.map((frame) => encoder.encode(frame)),
  '7b': (frames: readonly string[]) => piecesOf(frames, 7),
}

export type Delivery = keyof typeof deliveries

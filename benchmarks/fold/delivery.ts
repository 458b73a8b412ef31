/** How a stream's bytes come: the reads of a socket. */
export interface Delivery {
  readonly name: string
  pieces(frames: readonly string[]): Uint8Array[]
}

const encoder = new TextEncoder()

function piecesOf(frames: readonly string[], size: number): Uint8Array[] {
  const bytes = encoder.encode(frames.join(''))
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size))
  return pieces
}

export const deliveries: readonly Delivery[] = [
  { name: '16k', pieces: (frames) => piecesOf(frames, 16 * 1024) },
  { name: 'frame', pieces: (frames) => frames.map((frame) => encoder.encode(frame)) },
  { name: '7b', pieces: (frames) => piecesOf(frames, 7) },
]

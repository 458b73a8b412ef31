import type { Fetch } from './peer.ts'

/** A body that gives the pieces as they are asked for. */
export function bodyOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[at++]
      if (piece === undefined) controller.close()
      else controller.enqueue(piece)
    },
  })
}

export const responseOf = (pieces: readonly Uint8Array[]): Response =>
  new Response(bodyOf(pieces), { headers: { 'content-type': 'text/event-stream' } })

/** A `fetch` whose every answer is the pieces in hand. */
export class Served {
  pieces: readonly Uint8Array[] = []
  readonly fetch: Fetch = async () => responseOf(this.pieces)
}

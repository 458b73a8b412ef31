import type { Fetch } from '../peers/peer.ts'

/**
 * A provider in memory that sends one frame a turn of the event loop: whoever reads it has to deal with each by itself,
 * as with those of a model, which come a few milliseconds apart.
 */
export class Provider {
  frames: readonly Uint8Array[] = []

  readonly fetch: Fetch = async () => {
    const { frames } = this
    let at = 0
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setImmediate(resolve))
        const frame = frames[at++]
        if (frame === undefined) controller.close()
        else controller.enqueue(frame)
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

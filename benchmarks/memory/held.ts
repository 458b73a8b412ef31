import { envelope } from '../traffic/openai.ts'

const DIGITS = 8

/** The piece with an id that no other stream has, as answers have it: what streams share must not flatter anyone. */
function withIdOf(stream: number, piece: Uint8Array): Uint8Array {
  const own = Buffer.from(piece)
  const id = own.indexOf(envelope.id)
  if (id !== -1) own.write(String(stream).padStart(DIGITS, '0'), id + envelope.id.length - DIGITS)
  return own
}

/** Bodies that give all their pieces and then stay open: streams in mid-answer. */
export class HeldBodies {
  readonly #pieces: readonly Uint8Array[]
  #opened = 0
  /** A socket would hold on to its stream: what nobody holds is collected, with all that waits for it. */
  readonly #held: ReadableStreamDefaultController[] = []
  #drained = 0

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = pieces
  }

  open(): ReadableStream<Uint8Array> {
    let at = 0
    const stream = this.#opened++
    return new ReadableStream({
      start: (controller) => void this.#held.push(controller),
      pull: (controller) => {
        const piece = this.#pieces[at++]
        if (piece !== undefined) return controller.enqueue(withIdOf(stream, piece))
        this.#drained++
        return new Promise(() => {}) // nothing more comes, and it does not end
      },
    })
  }

  response(): Response {
    return new Response(this.open(), { headers: { 'content-type': 'text/event-stream' } })
  }

  get count(): number {
    return this.#held.length
  }

  /** Until so many bodies have been read to where they wait, and what reads them has done its work. */
  async drained(count: number): Promise<void> {
    const deadline = performance.now() + 60_000
    for (let quiet = 0; quiet < 3; quiet = this.#drained < count ? 0 : quiet + 1) {
      if (performance.now() > deadline) throw new Error(`${this.#drained} of ${count} bodies were read`)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
}

/** Bytes of the heap, and outside of it, that are still in use. */
export function usedBytes(): number {
  // Full collections: here nothing is timed.
  for (let i = 0; i < 3; i++) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider on loopback. Close it with `await using`. */
export interface Upstream extends AsyncDisposable {
  readonly url: string
  /** How many requests have come. */
  readonly requests: number
  /** When the answer was given up by whoever asked, by `performance.now()`. */
  readonly left: Promise<number>
}

/** A real server that answers each request so; an answer that is not ended is a stream that stays open. */
export async function serve(answer: (response: ServerResponse) => void): Promise<Upstream> {
  let requests = 0
  let leave: (time: number) => void = () => {}
  const left = new Promise<number>((resolve) => {
    leave = resolve
  })
  const server = createServer((_, response) => {
    requests++
    response.on('close', () => {
      if (!response.writableFinished) leave(performance.now())
    })
    answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // of a server that listens on a port
  return {
    url: `http://127.0.0.1:${port}/`,
    get requests() {
      return requests
    },
    left,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Sends the head of an event stream, and nothing more: a provider that thinks. */
export function silentAfter(head: Uint8Array | string): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(head)
  }
}

/** Much less than any pause of a provider, much more than a turn of the event loop. */
export const AT_ONCE_MS = 100

export const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Asked {
  readonly method: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A real server on a free port of this machine, for one suite. */
export class LoopbackServer {
  readonly #server: Server
  /** The last request, whole. */
  asked: Asked | undefined

  /** Registers the hooks of the suite it is made in. */
  constructor(routes: Readonly<Record<string, RequestListener>>) {
    this.#server = createServer(async (request, response) => {
      const { method, headers } = request
      this.asked = { method, headers, body: await text(request) }
      const route = routes[request.url ?? '']
      if (route === undefined) throw new Error(`no route for ${request.url}`)
      route(request, response)
    })
    before((done) => {
      this.#server.listen(0, '127.0.0.1', done)
    })
    after(() => {
      this.#server.closeAllConnections()
      this.#server.close()
    })
  }

  url(path: string): string {
    const bound = this.#server.address()
    if (typeof bound !== 'object' || bound === null) throw new Error('the server does not listen')
    return `http://127.0.0.1:${bound.port}${path}`
  }
}

/** Answers with an event stream of these pieces, each written by itself, so long after the one before. */
export function eventStream(pieces: readonly (string | Uint8Array)[], everyMs = 0): RequestListener {
  return async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of pieces) {
      await new Promise<void>((written) => response.write(piece, () => setTimeout(written, everyMs)))
    }
    response.end()
  }
}

export function answer(status: number, contentType: string, body: string): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': contentType })
    response.end(body)
  }
}

/** Begins an event stream and then says no more, or (`reset`) breaks the connection. */
export function beginning(text: string, then: 'silence' | 'pings' | 'reset'): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(text, () => {
      if (then === 'reset') response.destroy()
      if (then !== 'pings') return
      const timer = setInterval(() => response.write(': ping\n\n'), 20)
      response.on('close', () => clearInterval(timer))
    })
  }
}

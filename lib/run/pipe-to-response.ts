import type { Protocol } from '../ui/encoder.ts'
import type { Connection, ConnectionOptions } from './connection.ts'
import type { Run } from './run.ts'

/** What is used of the response of a Node server: node:http, node:http2, Express, Koa's and Fastify's raw one. */
export interface ServerResponseLike {
  setHeader(name: string, value: string): unknown
  write(text: string): boolean
  end(): unknown
  destroy(): unknown
  on(event: 'drain' | 'close', listener: () => void): unknown
  off(event: 'drain' | 'close', listener: () => void): unknown
  readonly headersSent: boolean
  readonly destroyed: boolean
  readonly writableFinished: boolean
  /** Of compressing middleware: sends what it holds. */
  readonly flush?: unknown
}

/**
 * Sends the stream of a client over the response of a Node server, at the pace of the client. The status is the
 * response's own. Settles when nothing more is sent, and never rejects: a client that leaves is no error.
 *
 * ```ts
 * app.post('/chat', (request, response) => pipeToResponse(createRun(ask(request), { onFinish: save }), response, aiSdk))
 * ```
 */
export async function pipeToResponse(
  run: Run,
  response: ServerResponseLike,
  protocol: Protocol,
  options: ConnectionOptions = {},
): Promise<void> {
  const connection = run.connect(protocol, options)
  const pipe = new Pipe(response, connection)
  await pipe.run()
}

class Pipe {
  readonly #response: ServerResponseLike
  readonly #connection: Connection
  #wake: () => void = () => {}
  readonly #onDrain = (): void => this.#wake()
  // Of the response: the request is closed as soon as its body was read. And one that has sent everything closes, too.
  readonly #onClose = (): void => {
    if (!this.#response.writableFinished) this.#connection.leave()
    this.#wake()
  }

  constructor(response: ServerResponseLike, connection: Connection) {
    this.#response = response
    this.#connection = connection
  }

  async run(): Promise<void> {
    const response = this.#response
    response.on('close', this.#onClose)
    response.on('drain', this.#onDrain)
    try {
      await this.#send()
      if (!response.destroyed) response.end()
    } catch {
      // The protocol has no word for what happened, so the connection breaks, for the client to see that this is not
      // all. What was written in this tick is let go first. Without the error: nobody may be listening to the
      // response, and the result has it.
      await new Promise((resolve) => setTimeout(resolve))
      response.destroy()
    }
    response.off('drain', this.#onDrain)
    response.off('close', this.#onClose)
  }

  async #send(): Promise<void> {
    const response = this.#response
    if (response.destroyed) return this.#connection.leave()
    for (const [name, value] of Object.entries(this.#connection.headers)) {
      if (!response.headersSent) response.setHeader(name, value)
    }
    for (;;) {
      const text = await this.#connection.next()
      if (text === undefined || response.destroyed) return
      const hasRoom = response.write(text)
      if (typeof response.flush === 'function') response.flush()
      if (!hasRoom && !response.destroyed) await this.#drained()
    }
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

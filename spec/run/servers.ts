import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { frame } from '../fixtures/fixture.ts'
import { delta, finish } from './upstream.ts'

/** A server on a free port of this machine, closed with everything that is still open. */
export interface Listening extends AsyncDisposable {
  readonly url: string
  readonly server: Server
}

export async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // of a TCP server it is one
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A provider: it sends words, one each few milliseconds, and notes which of its answers were left in the middle. */
export interface Provider extends Listening {
  /** Answers whose connection was closed before they had ended, by when. */
  readonly leftAt: number[]
  readonly finished: { count: number }
  readonly open: Set<ServerResponse>
}

export async function provider(options: {
  words: number
  everyMs: number
  size?: number
}): Promise<Provider> {
  const leftAt: number[] = []
  const finished = { count: 0 }
  const open = new Set<ServerResponse>()
  const word = frame(delta({ content: 'x'.repeat(options.size ?? 4) }))
  const listening = await listen((request, response) => {
    request.resume()
    open.add(response)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.on('close', () => {
      clearTimeout(timer)
      open.delete(response)
      if (!response.writableFinished) leftAt.push(performance.now())
    })
    let left = options.words
    let timer: ReturnType<typeof setTimeout> | undefined
    const next = (): void => {
      if (left-- > 0) {
        const hasRoom = response.write(word)
        if (options.everyMs === 0 && !hasRoom) response.once('drain', next)
        else timer = setTimeout(next, options.everyMs)
        return
      }
      response.end(frame(finish('stop')) + frame('data: [DONE]\n\n'), () => {
        finished.count++
      })
    }
    next()
  })
  return { ...listening, leftAt, finished, open }
}

/** What a fetch-style server does with a Response: it reads at the pace of the socket, and cancels when that closes. */
export async function sendWeb(web: Response, response: ServerResponse): Promise<void> {
  response.writeHead(web.status, Object.fromEntries(web.headers))
  const reader = web.body?.getReader()
  response.on('close', () => void reader?.cancel().catch(() => {}))
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) break
    if (!response.write(value)) await new Promise((resolve) => response.once('drain', resolve))
  }
  response.end()
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { tellAnswer } from './answer.ts'
import { Chat } from './chat.ts'
import { type PageFiles, sendFile } from './files.ts'

export interface ChatServer {
  readonly url: string
  /** Breaks every connection, as a proxy or a train does. */
  dropClients(): void
  close(): void
}

/** What `useChat` sends, as far as it is believed: the id of the chat and the reader's last message. */
const question = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  messages: z.array(
    z.object({
      id: z.string().max(64),
      role: z.string(),
      parts: z.array(z.object({ type: z.string(), text: z.string().optional() })),
    }),
  ),
})

const maxBody = 4 * 1024 * 1024

/** Serves the page and its chats, on this machine only: nobody is asked who they are. */
export async function startServer(providerUrl: string, page: PageFiles, port = 0): Promise<ChatServer> {
  const app = new ChatApp(providerUrl, page)
  const server = createServer((request, response) => {
    app.handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo // of a TCP server it is one
  return {
    url: `http://127.0.0.1:${taken}/`,
    dropClients: () => server.closeAllConnections(),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

class ChatApp {
  readonly #providerUrl: string
  readonly #page: PageFiles
  readonly #chats = new Map<string, Chat>()

  constructor(providerUrl: string, page: PageFiles) {
    this.#providerUrl = providerUrl
    this.#page = page
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const [, id = '', action = ''] = /^\/api\/chat\/([\w-]{1,64})(?:\/(stream|stop))?$/.exec(pathname) ?? []
    const route = `${request.method} ${id === '' ? pathname : `/api/chat/:id${action && `/${action}`}`}`
    switch (route) {
      case 'POST /api/chat':
        return this.#ask(request, response)
      case 'GET /api/chat/:id':
        return sendJson(
          response,
          (await this.#chats.get(id)?.conversation()) ?? { messages: [], isLive: false },
        )
      case 'GET /api/chat/:id/stream':
        return this.#resume(id, response)
      case 'POST /api/chat/:id/stop':
        this.#chats.get(id)?.stop()
        response.writeHead(204).end()
        return
      default:
        sendFile(this.#page, request.method, pathname, response)
    }
  }

  async #ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { id, messages } = question.parse(JSON.parse(await textOf(request)))
    const last = messages.findLast(({ role }) => role === 'user')
    const text = last?.parts.map(({ text = '' }) => text).join('') ?? ''
    const chat = this.#chats.get(id) ?? new Chat(id, this.#providerUrl)
    this.#chats.set(id, chat)
    if (last === undefined) return sendProblem(response, 400, 'There is no question.')
    if (chat.isLive) return sendProblem(response, 409, 'An answer is being written already.')
    await tellAnswer(chat.ask(last.id, text), response)
  }

  /** 204: nothing to resume, by the rules of `useChat`. */
  async #resume(id: string, response: ServerResponse): Promise<void> {
    const run = await this.#chats.get(id)?.currentAnswer()
    if (run === undefined) response.writeHead(204).end()
    else await tellAnswer(run, response)
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request) {
    size += piece.length
    if (size > maxBody) throw new RangeError('The request is too large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(value))
}

function sendProblem(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(text)
}

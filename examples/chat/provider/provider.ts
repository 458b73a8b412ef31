import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { suggestions } from '../suggestions.ts'
import type { Piece } from './frames.ts'
import { type Script, scriptAfterTools, scriptForOthers, scripts } from './scripts.ts'

/** A request for a chat completion, as far as it is read here. */
export interface ProviderRequest {
  readonly user?: string
  readonly messages: readonly { readonly role: string; readonly content?: unknown }[]
}

export interface ProviderOptions {
  /** Chooses the answer. Default: the scripts of the suggestions. */
  readonly answer?: (request: ProviderRequest) => Script
  /** Waited for before each frame. Default: as fast as a quick model. */
  readonly pace?: (frame: string) => Promise<void>
}

export interface Provider {
  readonly url: string
  /** Answers that were left before their end, by whoever had asked. */
  readonly left: number
  close(): void
}

/** An OpenAI-compatible server on this machine, whose answers are written beforehand. */
export async function startProvider(options: ProviderOptions = {}): Promise<Provider> {
  const { answer = actor(), pace = evenPace } = options
  let left = 0
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) left++
    })
    await play(answer(await bodyOf(request)), response, pace)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // of a TCP server it is one
  return {
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    get left() {
      return left
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function play(
  script: Script,
  response: ServerResponse,
  pace: (frame: string) => Promise<void>,
): Promise<void> {
  if ('status' in script) {
    response.writeHead(script.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(script.body))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  for (const piece of script) {
    await pace(textOf(piece))
    if (response.destroyed) return
    if (typeof piece !== 'string') {
      // What was written has to be under way before the socket is torn down.
      response.write(piece.hangUpAfter, () => response.destroy())
      return
    }
    response.write(piece)
  }
  response.end()
}

function textOf(piece: Piece): string {
  return typeof piece === 'string' ? piece : piece.hangUpAfter
}

function evenPace(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 35))
}

async function bodyOf(request: IncomingMessage): Promise<ProviderRequest> {
  return (await json(request)) as ProviderRequest // the example's own server sends nothing else
}

/** Answers by script, and remembers what each conversation has asked before. */
function actor(): (request: ProviderRequest) => Script {
  const asked = new Map<string, number>()
  return ({ user, messages }) => {
    const last = messages.at(-1)
    if (last?.role === 'tool') return scriptAfterTools
    const suggestion = suggestions.find(({ prompt }) => prompt === last?.content)
    if (suggestion === undefined) return scriptForOthers
    const key = `${user} ${suggestion.id}`
    const attempt = asked.get(key) ?? 0
    asked.set(key, attempt + 1)
    return scripts[suggestion.id](attempt)
  }
}

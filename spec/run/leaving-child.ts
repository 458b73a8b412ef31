// Runs whose client leaves after the first token, over real sockets: prints what became of them and what is left, as
// JSON. In a process of its own, so that nothing else is counted. Needs --expose-gc.
import { getEventListeners, setMaxListeners } from 'node:events'
import { request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  type ClientGonePolicy,
  createRun,
  pipeToResponse,
  type Run,
  type RunOptions,
  toResponse,
} from '../../lib/run.ts'
import { aiSdk } from '../../lib/ui.ts'
import { frame } from '../fixtures/fixture.ts'
import { listen, sendWeb } from './servers.ts'
import { delta, finish } from './upstream.ts'

const policies: readonly ClientGonePolicy[] = ['abort', 'continue', { continueFor: 5 }]
const ways = ['pipeToResponse', 'toResponse'] as const

const count = Number(process.argv[2] ?? 1000)
const inParallel = 10

const saves = new Uint8Array(count)
const leftAt = new Float64Array(count).fill(Number.NaN)
const upstreamLeftAt = new Float64Array(count).fill(Number.NaN)
const endings: Record<string, number> = {}
const runs: WeakRef<Run>[] = []
let listenersOfResponses = 0
let upstreamOpen = 0

/** Every run hears it, as those of a server do that is to shut down. */
const shutdown = new AbortController()
setMaxListeners(0, shutdown.signal) // Node takes more than ten at a time for a leak

function clientOf(request: IncomingMessage): number {
  return Number(request.headers['x-client'])
}

function policyOf(client: number): ClientGonePolicy {
  return policies[client % policies.length] ?? 'abort'
}

/** The provider: says one word, and the rest only where somebody is to wait for it. */
function provide(request: IncomingMessage, response: ServerResponse): void {
  const client = clientOf(request)
  request.resume()
  upstreamOpen++
  const rest = frame(finish('stop')) + frame('data: [DONE]\n\n')
  const timer = setTimeout(() => response.end(rest), policyOf(client) === 'continue' ? 20 : 60_000)
  response.on('close', () => {
    clearTimeout(timer)
    upstreamOpen--
    if (!response.writableFinished) upstreamLeftAt[client] = performance.now()
  })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(frame(delta({ content: 'Hello' })))
}

/** The application: each of its two ways to answer in turn. */
function answer(providerUrl: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const client = clientOf(request)
    const onFinish: RunOptions['onFinish'] = ({ status }) => {
      saves[client] = (saves[client] ?? 0) + 1
      endings[status] = (endings[status] ?? 0) + 1
    }
    const options = { onClientGone: policyOf(client), signal: shutdown.signal, onFinish }
    const run = createRun(
      (signal) => fetch(providerUrl, { signal, headers: { 'x-client': String(client) } }),
      options,
    )
    runs.push(new WeakRef(run))
    const before = listenersOf(response)
    if (ways[client % ways.length] === 'toResponse') return sendWeb(toResponse(run, aiSdk), response)
    await pipeToResponse(run, response, aiSdk)
    listenersOfResponses += listenersOf(response) - before
  }
}

function listenersOf(response: ServerResponse): number {
  return response.eventNames().reduce((sum, name) => sum + response.listenerCount(name), 0)
}

/** Not by `fetch`, which keeps connections of its own that carry no request. */
function leaveAfterFirstToken(url: string, client: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(url, { agent: false, headers: { 'x-client': String(client) } }, (response) => {
      let read = ''
      response.setEncoding('utf8').on('data', (text) => {
        read += text
        if (!read.includes('text-delta') || asking.destroyed) return
        leftAt[client] = performance.now()
        asking.destroy()
        resolve()
      })
    })
    asking.on('error', reject).end()
  })
}

/** All clients, some at a time, until their runs are over. */
async function visit(url: string): Promise<void> {
  let next = 0
  const one = async (): Promise<void> => {
    while (next < count) await leaveAfterFirstToken(url, next++)
  }
  await Promise.all(Array.from({ length: inParallel }, one))
  await until(() => upstreamOpen === 0 && saves.every((times) => times > 0))
}

/** Gives up in silence: the report says what was found. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!(await isTrue()) && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 2))
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((_, open) => resolve(open)))
}

/** Sockets, servers, timers and immediates; not the pipes of this process itself. */
function resources(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => /^TCP|Timeout|Immediate/.test(kind))
}

/** Runs that are still held by something. */
async function runsKept(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve)) // a WeakRef holds until the end of its turn
  }
  return runs.filter((run) => run.deref() !== undefined).length
}

const warnings: string[] = []
process.on('warning', ({ message }) => warnings.push(message))
const report: Record<string, unknown> = {}
{
  await using provider = await listen(provide)
  await using app = await listen((request, response) => void answer(provider.url)(request, response))
  await visit(app.url)
  await until(async () => (await connectionsOf(app.server)) === 0)
  report.connections = await connectionsOf(app.server)
}
await until(() => resources().length === 0)
report.runsKept = await runsKept()

const delays = upstreamLeftAt
  .map((at, client) => (policyOf(client) === 'abort' ? at - (leftAt[client] ?? Number.NaN) : Number.NaN))
  .filter((delay) => !Number.isNaN(delay))
  .sort()
console.log(
  JSON.stringify({
    ...report,
    savedOnce: saves.filter((times) => times === 1).length,
    endings,
    upstreamOpen,
    delays: { count: delays.length, p50: delays[delays.length >> 1], max: delays.at(-1) },
    resources: resources(),
    listeners: listenersOfResponses + getEventListeners(shutdown.signal, 'abort').length,
    warnings,
  }),
)

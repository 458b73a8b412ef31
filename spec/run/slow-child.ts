// One run and clients that read nothing of it, over real sockets: prints what the process holds, as JSON. In a process
// of its own, so that nothing else is counted. Needs --expose-gc.
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { createRun, pipeToResponse, toResponse } from '../../lib/run.ts'
import { aiSdk } from '../../lib/ui.ts'
import { listen, provider, sendWeb } from './servers.ts'

const [clientsText = '0', wordsText = '300'] = process.argv.slice(2)
const clients = Number(clientsText)
const words = Number(wordsText)
const size = 40_000

/** All memory that grows with what is held: strings, buffers, and what native streams keep. */
function held(): number {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const responses: ServerResponse[] = []
await using upstream = await provider({ words, everyMs: 0, size })
let begin: () => void = () => {}
const isBegun = new Promise<void>((resolve) => {
  begin = resolve
})
const run = createRun(async (signal) => {
  await isBegun // when all clients are there
  return fetch(upstream.url, { signal })
})
await using app = await listen((_, response) => {
  responses.push(response)
  if (responses.length % 2 === 0) void pipeToResponse(run, response, aiSdk)
  else void sendWeb(toResponse(run, aiSdk), response)
})
const sockets = Array.from({ length: clients }, () => connect(Number(new URL(app.url).port), '127.0.0.1'))
for (const socket of sockets) socket.pause().write('GET / HTTP/1.1\r\nhost: test\r\n\r\n')
while (responses.length < clients) await new Promise((resolve) => setTimeout(resolve, 2))

const before = held()
begin()
await run.finished
// Whatever would be sent to them now is on its way by then.
await new Promise((resolve) => setTimeout(resolve, 50))
console.log(
  JSON.stringify({
    length: run.snapshot().choices[0]?.message.content?.length,
    held: held() - before,
    waiting: Math.max(0, ...responses.map(({ writableLength }) => writableLength)),
  }),
)
for (const socket of sockets) socket.destroy()

// Runs thousands of streams that end in every way and prints what is left of them, as JSON. Needs --expose-gc.
import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Assembler, assemble } from '../../lib/core.ts'

const encoder = new TextEncoder()
const frame = (data: string): Uint8Array => encoder.encode(`data: ${data}\n\n`)
const delta = (content: string): Uint8Array =>
  frame(JSON.stringify({ choices: [{ index: 0, delta: { content } }] }))
const finish = frame('{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}')
const done = frame('[DONE]')

/** A body that stays open after its pieces unless they end it. */
function body(pieces: readonly Uint8Array[], end: 'close' | 'hang'): ReadableStream<Uint8Array> {
  let next = 0
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[next++]
      if (piece !== undefined) controller.enqueue(piece)
      else if (end === 'close') controller.close()
      else return new Promise(() => {})
    },
  })
}

/** Shared by all streams, as a server's is: what is left on it would pile up. */
const shared = new AbortController()
const options = { signal: shared.signal, totalTimeoutMs: 60_000, progressTimeoutMs: 60_000 }
const words = ['one ', 'two ', 'three '].map(delta)

const endings: Readonly<Record<string, () => Promise<string>>> = {
  async completion() {
    return (await assemble(body([...words, finish, done], 'hang'), options).result).status
  },
  async 'bad input'() {
    return (await assemble(body([...words, frame('{bad')], 'hang'), options).result).status
  },
  async break() {
    const assembly = assemble(body(words, 'hang'), options)
    for await (const event of assembly) if (event.type === 'content.delta') break
    return (await assembly.result).status
  },
  async abort() {
    const assembly = assemble(body(words, 'hang'), options)
    const { result } = assembly
    setImmediate(() => assembly.abort('enough'))
    return (await result).status
  },
  async 'throwing listener'() {
    const assembler = new Assembler({
      onEvent: () => {
        throw new Error('listener')
      },
    })
    for (const piece of words) assembler.write(piece)
    return assembler.end().status
  },
}

function heapAfterCollection(): number {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** Bytes kept a stream, by the slope of the last three of four quarters: the first still warms caches. */
async function slopeOf(end: () => Promise<string>, count: number): Promise<number> {
  for (let i = 0; i < 300; i++) await end()
  const heaps: number[] = []
  for (let quarter = 0; quarter < 4; quarter++) {
    for (let i = 0; i < count / 4; i++) await end()
    heaps.push(heapAfterCollection())
  }
  return ((heaps[3] ?? 0) - (heaps[0] ?? 0)) / ((count * 3) / 4)
}

/**
 * Real sockets: streams left in the middle must close theirs. Counted by response, because undici keeps a
 * connection or two of its own that carry no request.
 */
async function socketsLeft(count: number): Promise<number> {
  let open = 0
  const server = createServer((_, response) => {
    open++
    response.on('close', () => open--)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(words[0])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (let i = 0; i < count; i++) {
    for await (const event of assemble(fetch(url), options)) if (event.type === 'content.delta') break
  }
  await new Promise((resolve) => setTimeout(resolve, 100))
  const left = open
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return left
}

const count = Number(process.argv[2] ?? 2000)
const statuses: Record<string, string> = {}
const slopes: Record<string, number> = {}
for (const [name, end] of Object.entries(endings)) {
  statuses[name] = await end()
  slopes[name] = await slopeOf(end, count)
}
const sockets = await socketsLeft(100)
const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
const listeners = getEventListeners(shared.signal, 'abort').length
console.log(JSON.stringify({ statuses, slopes, sockets, timers, listeners }))

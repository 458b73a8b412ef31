import { deepStrictEqual } from 'node:assert'
import type { Suite } from '../harness/suite.ts'
import { lossesOf } from '../peers/losses.ts'
import { deliveries } from '../traffic/delivery.ts'
import type { Said, Stream } from '../traffic/stream.ts'
import { text } from '../traffic/text.ts'
import { ARGUMENTS_PIECE, bigArguments } from '../traffic/tool-calls.ts'
import { backends } from './backends.ts'
import { page } from './page.ts'
import { Provider } from './provider.ts'
import { streams } from './streams.ts'

/** What is said, and what of it is one delta. */
const traffics = {
  text: {
    stream: text,
    unit: 'deltas',
    deltas: (size: number) => size,
    sizes: [500, 2000],
  },
  arguments: {
    stream: bigArguments,
    unit: 'characters',
    deltas: (size: number) => size / ARGUMENTS_PIECE,
    sizes: [8 * 1024, 64 * 1024],
  },
} as const

type Traffic = (typeof traffics)[keyof typeof traffics]

/** What grows with the square is not given more. */
const bounded = (name: string, traffic: Traffic) =>
  traffic === traffics.arguments && name.endsWith('onEnd') ? { maxSize: 8 * 1024 } : {}

/** What a stream for a page says, read without its client. */
function saidIn(stream: string): Said {
  const chunks = [...stream.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json))
  const said = chunks.flatMap(({ type, delta }) => (type === 'text-delta' ? [delta] : [])).join('')
  const calls = chunks.flatMap(({ type, toolName, input }) =>
    type === 'tool-input-available' ? [[toolName, JSON.stringify(input)] as const] : [],
  )
  return { ...(said && { text: said }), ...(calls.length > 0 && { calls }) }
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let stream = ''
  for await (const bytes of response.body ?? []) stream += decoder.decode(bytes, { stream: true })
  return stream
}

/** What a server spends on a delta above reading and sending it. */
function serverSuite(name: string, traffic: Traffic): Suite<Stream> {
  return {
    name: `ui/server/${name}`,
    unit: traffic.unit,
    per: { name: 'delta', count: traffic.deltas },
    sizes: traffic.sizes,
    compares: 'above',
    input: traffic.stream,
    check: (answer, { frames, said }, caseName) => {
      const stream = String(answer)
      if (caseName !== 'bytes passed on') return lossesOf(saidIn(stream), said)
      deepStrictEqual(stream, frames.join(''))
      return []
    },
    cases: Object.entries(backends).map(([backend, load]) => ({
      name: backend,
      ...bounded(backend, traffic),
      prepare: async () => {
        const provider = new Provider()
        const answer = await load(provider.fetch)
        const encoded = once(({ frames }: Stream) => deliveries.frame(frames))
        return {
          async run(input) {
            provider.frames = encoded(input)
            return textOf(await answer())
          },
        }
      },
    })),
  }
}

/** What a page spends on the whole answer: the client of the AI SDK as it is, given the bytes of each server. */
function pageSuite(name: string, traffic: Traffic): Suite<Stream> {
  return {
    name: `ui/page/${name}`,
    unit: traffic.unit,
    sizes: traffic.sizes,
    rounds: (asked) => Math.min(3, asked), // 16 s each of the slowest
    input: traffic.stream,
    check: (answer, { said }) => lossesOf(answer as Said, said),
    cases: Object.entries(streams).map(([server, streamOf]) => ({
      name: server,
      prepare: async () => {
        const read = await page()
        const streamFor = once(({ frames }: Stream) => streamOf(frames))
        return { run: async (input) => read(await streamFor(input)) }
      },
    })),
  }
}

/** What goes over the wire, uncompressed. */
function wireSuite(name: string, traffic: Traffic): Suite<Stream> {
  const bytesOf = (text: string): number => new TextEncoder().encode(text).length
  const all = { 'the provider': async (frames: readonly string[]) => frames.join(''), ...streams }
  return {
    name: `ui/wire/${name}`,
    kind: 'own',
    metric: 'bytes',
    unit: traffic.unit,
    per: { name: 'delta', count: traffic.deltas },
    sizes: traffic.sizes,
    rounds: () => 1, // it is the same each time
    input: traffic.stream,
    check: () => [],
    cases: Object.entries(all).map(([server, streamOf]) => ({
      name: server,
      prepare: () => ({ run: async ({ frames }) => ({ bytes: bytesOf(await streamOf(frames)) }) }),
    })),
  }
}

/** Keeps what was made of an input: its warm-up pays for it, and no sample. */
function once<Input extends object, Made>(make: (input: Input) => Made): (input: Input) => Made {
  const all = new WeakMap<Input, Made>()
  return (input) => {
    const made = all.get(input) ?? make(input)
    all.set(input, made)
    return made
  }
}

export const uiSuites = (): Suite<Stream>[] =>
  Object.entries(traffics).flatMap(([name, traffic]) => [
    serverSuite(name, traffic),
    pageSuite(name, traffic),
    wireSuite(name, traffic),
  ])

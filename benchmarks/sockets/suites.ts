import { strictEqual } from 'node:assert'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Suite } from '../harness/suite.ts'
import { text } from '../traffic/text.ts'
import { clients, TRANSPORT } from './clients.ts'

const STREAMS = 200

/** Frames of a stream, by the frames of a read. */
const FRAMES: Readonly<Record<number, number>> = { 1: 96, 8: 128, 64: 128 }

interface Input {
  readonly path: string
  readonly characters: number
}

/** The server runs in a process of its own, which ends with this one. */
async function startServer(): Promise<string> {
  const server = fork(process.argv[1] ?? '', ['--server'])
  const [port] = await once(server, 'message')
  server.unref()
  server.channel?.unref()
  return `http://127.0.0.1:${port}`
}

/** Many streams at once over real sockets, by Node's own `fetch`; processor time of the client process alone. */
export const socketSuites = (): Suite<Input>[] => [
  {
    name: 'sockets',
    unit: 'frames a read',
    per: { name: 'frame', count: (size) => (FRAMES[size] ?? 0) * STREAMS },
    sizes: Object.keys(FRAMES).map(Number),
    rounds: (asked) => Math.ceil(asked / 2),
    compares: 'above',
    input: (framesARead) => {
      const deltas = (FRAMES[framesARead] ?? 0) - 2
      return { path: `/${deltas}/${framesARead}`, characters: text(deltas).said.text?.length ?? 0 }
    },
    check: (answer, { characters }, caseName) => {
      for (const length of answer as number[])
        strictEqual(length > 0 ? length : caseName === TRANSPORT && characters, characters)
      return []
    },
    cases: Object.entries(clients).map(([name, make]) => ({
      name,
      prepare: async () => {
        const origin = await startServer()
        let path = ''
        const client = await make((_, init) => fetch(`${origin}${path}`, init))
        return {
          run: (input) => {
            path = input.path
            return Promise.all(Array.from({ length: STREAMS }, client))
          },
        }
      },
    })),
  },
]

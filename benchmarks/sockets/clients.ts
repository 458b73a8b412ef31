import { Assembler } from '../../lib/assembler.ts'
import { type Path, takePath } from '../fold/paths.ts'
import { ai } from '../peers/ai.ts'
import { openai6, openai7 } from '../peers/openai.ts'
import type { Fetch, Peer } from '../peers/peer.ts'

/** Reads one stream; how many characters its text had. */
export type Client = () => Promise<number>

/** Reads the bytes and does nothing with them: what is above it is the library's. */
const transport = async (fetch: Fetch): Promise<Client> => {
  return async () => {
    let bytes = 0
    for (const reader = readerOf(await fetch('')); ; ) {
      const { done, value } = await reader.read()
      if (done) return -bytes
      bytes += value.length
    }
  }
}

const ours =
  (path: Path) =>
  async (fetch: Fetch): Promise<Client> => {
    takePath(path)
    return async () => {
      const assembler = new Assembler()
      for (const reader = readerOf(await fetch('')); ; ) {
        const { done, value } = await reader.read()
        if (done) break
        assembler.write(value)
      }
      return assembler.end().completion.choices[0]?.message.content?.length ?? 0
    }
  }

const peer =
  ({ load }: Peer) =>
  async (fetch: Fetch): Promise<Client> => {
    const read = await load(fetch)
    return async () => (await read())().text?.length ?? 0
  }

function readerOf(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (response.body === null) throw new Error('There is no body')
  return response.body.getReader()
}

/** Each makes a client of a `fetch` that asks the server, whatever the address. */
export const TRANSPORT = 'transport alone'

export const clients: Readonly<Record<string, (fetch: Fetch) => Promise<Client>>> = {
  [TRANSPORT]: transport,
  plain: ours('plain'),
  templates: ours('templates'),
  [openai6.name]: peer(openai6),
  [openai7.name]: peer(openai7),
  [ai.name]: peer(ai),
}

import { Assembler } from '../../lib/assembler.ts'
import { assemble } from '../../lib/to/assembly.ts'
import { type Path, takePath } from '../fold/paths.ts'
import type { Peer, Read } from '../peers/peer.ts'
import type { HeldBodies } from './held.ts'

/** Begins to read one held body. What it returns is kept alive; its text so far, where it tells it. */
export type Reader = (bodies: HeldBodies) => Promise<Kept>

export interface Kept {
  readonly owner: object
  text?(): unknown
}

const transport: Reader = async (bodies) => {
  const reader = bodies.open().getReader()
  const reading = (async () => {
    while (!(await reader.read()).done);
  })()
  return { owner: reading }
}

const ours =
  (path: Path): Reader =>
  async (bodies) => {
    takePath(path)
    const reader = bodies.open().getReader()
    const assembler = new Assembler()
    const reading = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read()) assembler.write(next.value)
    })()
    return { owner: reading, text: () => assembler.completion.choices[0]?.message.content }
  }

const face: Reader = async (bodies) => {
  takePath('templates')
  const assembly = assemble(bodies.open())
  void assembly.result // read as fast as it comes
  return { owner: assembly }
}

/** A client is made once in a process, as a server has it, and asks for whatever bodies are in hand. */
const peer = ({ load }: Peer): Reader => {
  let inHand: HeldBodies | undefined
  let read: Promise<Read> | undefined
  return async (bodies) => {
    inHand = bodies
    read ??= load(async () => inHand?.response() ?? Response.error())
    return { owner: (await read)() }
  }
}

/** The text alone, as one would write it by hand: a string that grows. */
const byHand: Reader = async (bodies) => {
  const reader = bodies.open().getReader()
  let text = ''
  const decoder = new TextDecoder()
  const reading = (async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      for (const line of decoder.decode(next.value).split('\n'))
        if (line.startsWith('data: {')) text += JSON.parse(line.slice(6)).choices[0].delta.content ?? ''
  })()
  return { owner: reading, text: () => text }
}

export const readers = { transport, plain: ours('plain'), templates: ours('templates'), face, byHand, peer }

import type { Case } from '../harness/suite.ts'
import { peers } from '../peers/index.ts'
import { Served } from '../peers/served.ts'
import { floor } from './floor.ts'
import type { Input } from './input.ts'
import { fold, type Path, takePath } from './paths.ts'

export const FLOOR = 'eventsource-parser + JSON.parse'

export const floorCase: Case<Input> = {
  name: FLOOR,
  prepare: () => ({ run: ({ pieces }) => floor(pieces) }),
}

/** Our fold on one of its paths. */
export function ownCase(path: Path): Case<Input> {
  return {
    name: path,
    prepare: () => ({
      run: ({ pieces }) => {
        takePath(path)
        return fold(pieces)
      },
    }),
  }
}

export const ownCases: readonly Case<Input>[] = [ownCase('plain'), ownCase('templates'), ownCase('portable')]

/** `maxSizes`: for peers, by the beginning of their name, that grow with the square of the size. */
export function peerCases(maxSizes: Readonly<Record<string, number>> = {}): Case<Input>[] {
  return peers.map((peer) => {
    const [, maxSize] = Object.entries(maxSizes).find(([start]) => peer.name.startsWith(start)) ?? []
    return {
      name: peer.name,
      ...(maxSize !== undefined && { maxSize }),
      prepare: async () => {
        const served = new Served()
        const read = await peer.load(served.fetch)
        return {
          run: ({ pieces }) => {
            served.pieces = pieces
            return read()
          },
        }
      },
    }
  })
}

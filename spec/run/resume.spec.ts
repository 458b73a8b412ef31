import { expect } from 'chai'
import { createRun, type Run, toResponse } from '../../lib/run.ts'
import { aiSdk, tanstack } from '../../lib/ui.ts'
import { type AiPackage, chatOf, seenByChat } from '../ui/clients/ai-sdk.ts'
import type { Fetch } from '../ui/clients/client.ts'
import { readTanstack } from '../ui/clients/tanstack.ts'
import { scenarios } from '../ui/scenarios.ts'
import { settled, Upstream } from './upstream.ts'

const { frames, expect: expected } = scenarios.find(({ name }) => name === 'single bytes') ?? {
  frames: [],
  expect: undefined,
}

/** The first bytes of a response, and then a socket that breaks. */
function broken(response: Response, bytes: number): Response {
  let left = bytes
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      controller.enqueue(piece.subarray(0, left))
      left -= piece.length
      if (left <= 0) controller.error(new TypeError('terminated'))
    },
  })
  return new Response(response.body?.pipeThrough(cut) ?? null, response)
}

describe('a client that has lost its connection', () => {
  it('goes on by itself with TanStack, wherever the socket broke', async () => {
    // One that has not had a single event has nowhere to go on from.
    for (let bytes = 150; bytes < 2400; bytes += 130) {
      const upstream = new Upstream()
      const run = createRun(upstream)
      const asked: (string | null)[] = []
      const server: Fetch = async (_, init) => {
        const after = new Headers(init?.headers).get('last-event-id')
        asked.push(after)
        const response = toResponse(run, (identity) => tanstack({ ...identity, after }))
        if (asked.length > 1) {
          upstream.push(...frames.slice(9)).end()
          return response
        }
        upstream.push(...frames.slice(0, 9))
        return broken(response, bytes)
      }
      setTimeout(() => {
        // A socket that has not broken yet breaks while the answer is being written.
        if (asked.length === 1) upstream.push(...frames.slice(9)).end()
      }, 60)
      const seen = await readTanstack(server)
      expect({ ...seen, isSettled: true }, `broken after ${bytes} bytes`).to.deep.equal({
        ...expected,
        isSettled: true,
      })
      expect(asked.length).to.be.within(1, 2)
      if (asked.length === 2) expect(asked[1]).to.match(/^\d+$/)
    }
  })

  for (const [version, load] of [
    ['ai', () => import('ai')],
    ['ai7', () => import('ai7')],
  ] as const) {
    it(`gets the whole answer again with useChat of ${version}, once, after a reload`, async () => {
      const ai = (await load()) as unknown as AiPackage
      const upstream = new Upstream().push(...frames.slice(0, 6))
      const run: Run = createRun(upstream, { id: 'run-1' })
      await settled()
      const chat = chatOf(ai, async () => toResponse(run, aiSdk))
      const resumed = chat.resumeStream()
      await settled()
      upstream.push(...frames.slice(6)).end()
      await resumed
      const { isSettled, ...seen } = seenByChat(chat)
      expect(seen).to.deep.equal(expected)
      expect(isSettled).to.equal(true)
      expect(chat.messages.map(({ id }) => id)).to.deep.equal(['run-1'])
    })
  }
})

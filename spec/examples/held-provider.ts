import type { ServerResponse } from 'node:http'
import { frame } from '../fixtures/fixture.ts'
import { listen } from '../run/servers.ts'
import { delta, finish } from '../run/upstream.ts'

/** A provider that says one word to everyone who asks, and the rest when it is told to. */
export async function heldProvider() {
  const open = new Set<ServerResponse>()
  let left = 0
  const listening = await listen((request, response) => {
    request.resume()
    open.add(response)
    response.on('close', () => {
      open.delete(response)
      if (!response.writableFinished) left++
    })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(frame(delta({ content: 'first' })))
  })
  return {
    ...listening,
    open,
    /** How many of its answers were left before their end. */
    left: () => left,
    /** Says a few more words, slowly enough for whoever reads to notice that its own client has gone, and ends. */
    async finish(words = 12) {
      for (let i = 1; i <= words; i++) {
        for (const response of open) response.write(frame(delta({ content: ` ${i}` })))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      for (const response of open) response.end(frame(finish('stop')) + frame('data: [DONE]\n\n'))
    },
  }
}

// Fastify 5 sends a web Response as it is. What plugins have set on the reply (CORS, cookies) goes out with it, which
// `reply.hijack()` and `pipeToResponse(run, reply.raw, aiSdk)` would lose.
import { createRun, toResponse } from 'deltafold/run'
import { aiSdk } from 'deltafold/ui'
import { fastify } from 'fastify'
import { visit } from './around/client.ts'
import { ask } from './around/provider.ts'
import { save } from './around/store.ts'

const app = fastify()

app.post('/chat', (request) => {
  const run = createRun((signal) => ask(request.body, signal), { onFinish: save })
  return toResponse(run, aiSdk)
})

const address = await app.listen({ port: 0, host: '127.0.0.1' })
await visit(`${address}/chat`, () => app.close())

// Hono on Node. The same handler runs on Bun and Deno.
import { serve } from '@hono/node-server'
import { createRun, toResponse } from 'deltafold/run'
import { aiSdk } from 'deltafold/ui'
import { Hono } from 'hono'
import { visit } from './around/client.ts'
import { ask } from './around/provider.ts'
import { save } from './around/store.ts'

const app = new Hono()

app.post('/chat', async (context) => {
  const question = await context.req.json()
  const run = createRun((signal) => ask(question, signal), { onFinish: save })
  return toResponse(run, aiSdk)
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  void visit(`http://127.0.0.1:${port}/chat`, () => server.close())
})

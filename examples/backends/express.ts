// Express 5 behind `compression`. Tokens arrive as they come: the stream forbids transformation, so the middleware lets
// it pass, and `pipeToResponse` flushes after each write, for middleware that compresses all the same.
import type { AddressInfo } from 'node:net'
import compression from 'compression'
import { createRun, pipeToResponse } from 'deltafold/run'
import { aiSdk } from 'deltafold/ui'
import express from 'express'
import { visit } from './around/client.ts'
import { ask } from './around/provider.ts'
import { save } from './around/store.ts'

const app = express()
app.use(compression(), express.json())

app.post('/chat', async (request, response) => {
  const run = createRun((signal) => ask(request.body, signal), { onFinish: save })
  await pipeToResponse(run, response, aiSdk)
})

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  void visit(`http://127.0.0.1:${port}/chat`, () => server.close())
})

// node:http. The answer is paid for, so it is read to its end and saved, also when the client leaves.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { createRun, pipeToResponse } from 'deltafold/run'
import { aiSdk } from 'deltafold/ui'
import { visit } from './around/client.ts'
import { ask } from './around/provider.ts'
import { save } from './around/store.ts'

const server = createServer((request, response) => {
  // The body is read within the run: one that is no JSON is an error that the client is told, not a rejection that
  // ends the process.
  const run = createRun(async (signal) => ask(await json(request), signal), { onFinish: save })
  // Never rejects. It writes at the pace of the client, and hears of its leaving from the response, not the request.
  void pipeToResponse(run, response, aiSdk)
})

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  void visit(`http://127.0.0.1:${port}`, () => server.close())
})

// A route handler of Next.js 16. A POST is never cached and Node is the default runtime, so there is nothing to set
// but the time: a serverless host ends the function after it, and the run with it.
import { createRun, toResponse } from 'deltafold/run'
import { aiSdk } from 'deltafold/ui'
import { after } from 'next/server'
import { ask } from '../../../../around/provider.ts'
import { save } from '../../../../around/store.ts'

export const maxDuration = 300

export async function POST(request: Request): Promise<Response> {
  const question = await request.json()
  const run = createRun((signal) => ask(question, signal), { onFinish: save })
  // Keeps a serverless function alive until the message is saved, also when the client has left before.
  after(run.finished)
  return toResponse(run, aiSdk)
}

// A worker: what Cloudflare, Deno Deploy and other hosts of fetch handlers run.
import { createRun, toResponse } from 'deltafold/run'
import { aiSdk } from 'deltafold/ui'
import { ask } from '../around/provider.ts'
import { save } from '../around/store.ts'

interface Environment {
  readonly UPSTREAM_URL: string
}

interface Context {
  waitUntil(promise: Promise<unknown>): void
}

export default {
  async fetch(request: Request, environment: Environment, context: Context): Promise<Response> {
    const question = await request.json()
    const run = createRun((signal) => ask(question, signal, environment.UPSTREAM_URL), { onFinish: save })
    // Without it the worker ends when its client leaves, and the message is lost. Cloudflare waits 30 s.
    context.waitUntil(run.finished)
    return toResponse(run, aiSdk)
  },
}

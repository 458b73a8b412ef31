import type { Protocol } from '../ui/encoder.ts'
import type { ConnectionOptions } from './connection.ts'
import type { Run } from './run.ts'

/**
 * The stream of a client as a web Response: for fetch-style servers, such as Next, Hono, Bun, Deno and workers. It is
 * read at the pace of the browser, and its cancellation is the client's leaving.
 *
 * ```ts
 * export const POST = async (request: Request) => toResponse(createRun(ask(request), { onFinish: save }), aiSdk)
 * ```
 */
export function toResponse(run: Run, protocol: Protocol, options: ConnectionOptions = {}): Response {
  const connection = run.connect(protocol, options)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const text = await connection.next()
        if (text === undefined) controller.close()
        else controller.enqueue(encoder.encode(text))
      },
      cancel: () => connection.leave(),
    },
    // Nothing is read ahead: what the browser has not taken stays in the run, where it costs nothing.
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: connection.headers })
}

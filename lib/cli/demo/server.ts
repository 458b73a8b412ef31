import { createServer, type ServerResponse } from 'node:http'
import { play } from '../recording/replay.ts'
import type { DemoRecording } from './recording.ts'

export interface DemoServer {
  /** Where it listens: http://127.0.0.1:port, without a path. */
  readonly address: string
  close(): void
}

/** Serves recordings at their paths, `speed` times as fast as they came, on a free port of this machine alone. */
export async function serveRecordings(
  recordings: readonly DemoRecording[],
  speed: number,
): Promise<DemoServer> {
  const server = createServer((request, response) => {
    request.resume() // whatever was asked, the answer is the same
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const recording = recordings.find(({ path }) => path === pathname)
    if (recording === undefined) return refuse(response, recordings)
    void stream(response, recording, speed)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    address: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function stream(response: ServerResponse, { entries }: DemoRecording, speed: number): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
  response.flushHeaders()
  try {
    for await (const bytes of play(entries, speed, gone.signal)) await write(response, bytes)
    response.end()
  } catch {
    // The recording broke off here, or the client has gone: either way the connection goes too.
    response.destroy()
  }
}

/** Waits until the bytes are out: what a dying server had sent arrives. */
async function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => response.write(bytes, () => resolve()))
}

function refuse(response: ServerResponse, recordings: readonly DemoRecording[]): void {
  const message = `There is nothing here. Try ${recordings.map(({ path }) => path).join(', ')}.`
  response.writeHead(404, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', code: 'not_found' } }))
}

import { createServer } from 'node:http'
import { DONE } from '../traffic/openai.ts'
import { text } from '../traffic/text.ts'

/** A stream at 33 writes a second: a token a write is what a fast model gives. */
const WRITE_EVERY_MS = 30

/** Frames are ready before a client asks: what the server costs is not part of any sample, but takes from the machine. */
const streams = new Map<string, Buffer[]>()

function writesOf(frames: number, framesAWrite: number): Buffer[] {
  const key = `${frames}/${framesAWrite}`
  const known = streams.get(key)
  if (known !== undefined) return known
  const all = text(frames).frames.filter((frame) => frame !== DONE)
  const writes: Buffer[] = []
  for (let at = 0; at < all.length; at += framesAWrite)
    writes.push(Buffer.from(all.slice(at, at + framesAWrite).join('')))
  writes.push(Buffer.from(DONE))
  streams.set(key, writes)
  return writes
}

/** `/FRAMES/FRAMES_A_WRITE/…`: a stream whose writes come at a steady pace, one to a read of the client. */
export function startServer(onListening: (port: number) => void): void {
  const server = createServer((request, response) => {
    request.resume()
    const [, frames, framesAWrite] = (request.url ?? '').split('/').map(Number)
    const writes = writesOf(frames ?? 0, framesAWrite ?? 1)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    let at = 0
    const timer = setInterval(() => {
      const write = writes[at++]
      if (write !== undefined) response.write(write)
      if (at < writes.length) return
      clearInterval(timer)
      response.end()
    }, WRITE_EVERY_MS)
    response.on('close', () => clearInterval(timer))
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address !== null) onListening(address.port)
  })
}

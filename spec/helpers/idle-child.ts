// Holds thousands of streams in mid-answer and prints what each keeps, in bytes, as JSON. Needs --expose-gc.
import { Assembler } from '../../lib/core.ts'
import { counts, matching } from '../../lib/from/template/matching.ts'

const encoder = new TextEncoder()

/** A frame as OpenAI sends it; the id is the stream's own. */
function frame(stream: number, delta: object): Uint8Array {
  const chunk = {
    id: `chatcmpl-${String(stream).padStart(29, '0')}`,
    object: 'chat.completion.chunk',
    created: 1780000000,
    model: 'gpt-4.1-mini-2025-04-14',
    service_tier: 'default',
    system_fingerprint: 'fp_6f2eabb9a5',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null }],
    usage: null,
  }
  return encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`)
}

const FRAMES = 50

/** Streams that have got so many frames by turns: none of them has the process to itself. */
function open(count: number): Assembler[] {
  const streams = Array.from({ length: count }, () => new Assembler())
  streams.forEach((stream, i) => {
    stream.write(frame(i, { role: 'assistant', content: '' }))
  })
  for (let at = 1; at < FRAMES; at++) {
    streams.forEach((stream, i) => {
      stream.write(frame(i, { content: at % 2 === 0 ? ' and' : ' so' }))
    })
  }
  return streams
}

function heapAfterCollection(): number {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

function bytesOf(path: 'plain' | 'templates', count: number): number {
  matching.isOn = path === 'templates'
  open(100) // what is made once in a process is not a cost of a stream
  const before = heapAfterCollection()
  const streams = open(count)
  const bytes = (heapAfterCollection() - before) / count
  return streams.every(({ at }) => at.frame === FRAMES) ? bytes : Number.NaN
}

const count = Number(process.argv[2] ?? 1000)
const plain = bytesOf('plain', count)
const templates = bytesOf('templates', count)
console.log(JSON.stringify({ plain, templates, hits: counts.hits / count }))

import { Assembler } from 'deltafold/core'
import { createRun, toResponse } from 'deltafold/run'
import { aiSdk } from 'deltafold/ui'
import { AssemblerTransformStream } from 'deltafold/web'
import { bytesOf, type Fixture, fixtures } from '../fixtures/index.ts'

/** What one runtime made of every fixture: the same everywhere, or something of ours depends on where it runs. */
export interface RuntimeReport {
  readonly fixtures: number
  /** Of the texts of all results, by the entry that made them. */
  readonly digests: Readonly<Record<keyof typeof folds, string>>
}

/** No fixture is longer in one read than a socket's, and none is a whole frame. */
const READ_BYTES = 37

function reads(fixture: Fixture): Uint8Array[] {
  const bytes = bytesOf(fixture)
  return Array.from({ length: Math.ceil(bytes.length / READ_BYTES) }, (_, at) =>
    bytes.slice(at * READ_BYTES, (at + 1) * READ_BYTES),
  )
}

function streamOf(fixture: Fixture): ReadableStream<Uint8Array> {
  const pieces = reads(fixture)
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(piece)
    },
  })
}

function core(fixture: Fixture): string {
  const events: string[] = []
  const assembler = new Assembler({ ...fixture.options, onEvent: ({ type }) => events.push(type) })
  for (const read of reads(fixture)) assembler.write(read)
  const { status, completion, toolCalls } = assembler.end()
  return JSON.stringify([status, completion, toolCalls, events])
}

async function web(fixture: Fixture): Promise<string> {
  const stream = new AssemblerTransformStream({ ...fixture.options, onFailure: 'event' })
  const events: string[] = []
  const reader = streamOf(fixture).pipeThrough(stream).getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) events.push(read.value.type)
  const { status, completion, toolCalls } = await stream.result
  return JSON.stringify([status, completion, toolCalls, events])
}

/** The whole way of a chat backend: a provider's response in, the response to a browser out. */
async function run(fixture: Fixture): Promise<string> {
  const upstream = new Response(streamOf(fixture), { headers: { 'content-type': 'text/event-stream' } })
  const answer = createRun(upstream, { ...fixture.options, id: 'run' })
  // What the coalescer joins depends on the clock; without it the text does not.
  const response = toResponse(answer, aiSdk, { coalesce: false, heartbeatMs: 0 })
  return `${await response.text()}${(await answer.result).status}`
}

const folds = { core, web, run }

async function digest(texts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(texts.join('\n'))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export async function runtimeReport(): Promise<RuntimeReport> {
  const digestOf = async (fold: (fixture: Fixture) => string | Promise<string>): Promise<string> => {
    const texts: string[] = []
    for (const fixture of fixtures) texts.push(await fold(fixture))
    return digest(texts)
  }
  return {
    fixtures: fixtures.length,
    digests: { core: await digestOf(core), web: await digestOf(web), run: await digestOf(run) },
  }
}

// A worker: the upstream goes through one Transform into a log of events; the message is kept at the end.

import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { createAssemblerStream } from 'deltafold/node'
import { startUpstream, toolCall, words } from './upstream.ts'

const upstream = await startUpstream(
  [...words('Let me look. '), ...toolCall(0, 'weather', { city: 'Oslo' })],
  'tool_calls',
)
const file = join(await mkdtemp(join(tmpdir(), 'deltafold-')), 'events.jsonl')

const response = await fetch(upstream.url, { method: 'POST' })
if (response.body === null) throw new Error('The upstream sent no body')
const stream = createAssemblerStream({
  onFailure: 'event', // a stream that dies ends the log with its `end` event, not with an exception
  encode: (event) => `${JSON.stringify(event)}\n`,
})
// A Node stream, not the web one: a pipeline that is torn down closes a silent upstream at once only through it.
const source = Readable.fromWeb(response.body as ReadableStream<Uint8Array>) // the DOM's type and Node's are two
await pipeline(source, stream, createWriteStream(file))

const { status, completion, toolCalls } = await stream.result
console.log(
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).type)
    .join(' '),
)
console.log(
  `${status}: ${JSON.stringify(completion.choices[0]?.message.content)}, then ${toolCalls[0]?.name}(${toolCalls[0]?.arguments})`,
)
upstream.close()

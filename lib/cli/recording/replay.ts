import { setTimeout as sleep } from 'node:timers/promises'
import { CommandError } from '../command-error.ts'
import { type Input, openFile } from '../inputs.ts'
import { bytesOf, type Cassette, type CassetteEntry, parseEntry, parseHeader } from './cassette.ts'
import { linesOf } from './lines.ts'
import { responseOf } from './response.ts'

/** A recording as an input: the same bytes in the same pieces, `speed` times as fast as they came. */
export function replayInput(file: string, speed: number): Input {
  return {
    name: file,
    isRemote: false,
    async open(signal) {
      const { header, entries } = await readCassette(file)
      const pieces = play(entries, speed, signal)
      const { status, contentType } = header
      const isResponse = status !== undefined && status >= 200 && status <= 599
      return { bytes: isResponse ? Promise.resolve(responseOf(pieces, status, contentType)) : pieces }
    },
  }
}

async function readCassette(file: string): Promise<Cassette> {
  const lines = linesOf((await openFile(file)).createReadStream(), file)
  const first = await lines.next()
  const header = first.done ? undefined : parseHeader(first.value)
  if (header === undefined) {
    await lines.return(undefined)
    throw new CommandError('badInput', `${file}: not a recording: make one with --record`)
  }
  return { header, entries: entriesOf(lines, file) }
}

async function* entriesOf(lines: AsyncIterable<string>, file: string): AsyncGenerator<CassetteEntry> {
  let number = 1
  for await (const line of lines) {
    number++
    if (line.trim() === '') continue
    const entry = parseEntry(line)
    if (entry === undefined)
      throw new CommandError('badInput', `${file}: line ${number} holds neither bytes nor an end`)
    yield entry
  }
}

/** The bytes of a recording, each read at its time. Throws as the input did, if it broke. */
export async function* play(
  entries: Cassette['entries'],
  speed: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const start = performance.now()
  for await (const entry of entries) {
    const wait = entry.ms / speed - (performance.now() - start)
    // Timers are whole milliseconds: a shorter wait would last longer than it should.
    if (wait >= 1) await sleep(Math.min(wait, 2 ** 31 - 1), undefined, { signal })
    if ('error' in entry) throw Object.assign(new Error(entry.error), entry.code && { code: entry.code })
    const bytes = bytesOf(entry)
    if (bytes !== undefined && bytes.length > 0) yield bytes
  }
}

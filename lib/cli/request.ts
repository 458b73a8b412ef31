import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { CommandError, systemReason } from './command-error.ts'

/** What --header and --data said, as it was written. */
export interface RequestArguments {
  readonly headers: readonly string[]
  readonly data: string | undefined
}

/** The request for a URL. With data it is a POST, as with curl. */
export async function requestFrom({ headers, data }: RequestArguments): Promise<RequestInit> {
  const all = new Headers({ accept: 'text/event-stream, application/json;q=0.9' })
  // Unlike curl's form: nobody takes a chat completion request in any other form than JSON.
  if (data !== undefined) all.set('content-type', 'application/json')
  for (const header of headers) {
    const colon = header.indexOf(':')
    const name = header.slice(0, colon).trim()
    if (colon < 1) throw badHeader()
    try {
      all.set(name, header.slice(colon + 1).trim())
    } catch {
      throw badHeader()
    }
  }
  return data === undefined ? { headers: all } : { method: 'POST', headers: all, body: await bodyFrom(data) }
}

// What was written is not repeated: a header that went wrong is often a key.
function badHeader(): CommandError {
  return new CommandError('usage', "a --header must read 'Name: value', in characters a header may hold")
}

async function bodyFrom(data: string): Promise<string> {
  if (!data.startsWith('@')) return data
  const file = data.slice(1)
  if (file === '-') return text(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new CommandError('usage', `${file}: ${systemReason(error)} (named by --data)`)
  }
}

import { upstreamFrom } from '../dialect/errors.ts'
import { Fault } from '../errors.ts'
import { parseStrictly } from './chunks.ts'
import { type AssemblyInput, type AssemblySource, openSource, type Source } from './source.ts'

/** So much of the body of a refused request is read for the provider's message, and waited for so long. */
const MAX_ERROR_BODY = 64 * 1024
const MAX_ERROR_BODY_MS = 5000

/** By its shape, not its class: Node has more than one Response (undici, node-fetch, a polyfill). */
export function isResponse(source: unknown): source is Response {
  return (
    typeof source === 'object' &&
    source !== null &&
    'headers' in source &&
    'status' in source &&
    'body' in source
  )
}

/** Can it be read, as far as its shape tells? */
export function isSource(value: unknown): value is AssemblyInput {
  if (typeof value === 'string' || typeof value === 'function' || isResponse(value)) return true
  if (typeof value !== 'object' || value === null) return false
  return 'getReader' in value || Symbol.asyncIterator in value || Symbol.iterator in value || 'then' in value
}

/** Opens a source; that of a response which refuses gives nothing but the fault `http_status`. */
export function openInput(source: AssemblySource): Source {
  if (!isResponse(source)) return openSource(source)
  return source.ok ? openSource(source.body ?? []) : openRefusal(source)
}

/** What a response says its body is; nothing where it refuses, for then the status is what counts. */
export function contentTypeOf(source: AssemblySource): string | undefined {
  return isResponse(source) && source.ok ? (source.headers.get('content-type') ?? undefined) : undefined
}

function openRefusal({ status, body }: Response): Source {
  const source = openSource(body === null || body.locked ? [] : body)
  return {
    async read() {
      const document = parseStrictly(await readStart(source))
      const upstream = (document === undefined ? undefined : upstreamFrom(document)) ?? { message: '' }
      throw new Fault('http_status', { upstream: { ...upstream, status } })
    },
    cancel: (reason) => source.cancel(reason),
  }
}

async function readStart(source: Source): Promise<string> {
  const decoder = new TextDecoder()
  const timer = setTimeout(() => source.cancel(), MAX_ERROR_BODY_MS)
  let text = ''
  try {
    for (;;) {
      const piece = await source.read()
      if (piece === undefined) break
      if (typeof piece === 'string') text += piece
      else if (piece instanceof Uint8Array) text += decoder.decode(piece, { stream: true })
      if (text.length < MAX_ERROR_BODY) continue
      source.cancel()
      break
    }
  } catch {
    // The status is what counts; a body that breaks has no message for us.
  }
  clearTimeout(timer)
  return text
}

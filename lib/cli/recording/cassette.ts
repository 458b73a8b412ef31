import { isUtf8 } from 'node:buffer'

/**
 * A recording is a file of JSON lines: a header, then one line for each read of the network, with its time since
 * the request, then how it ended. Bytes that are text by themselves are kept as text, so that a recording can be
 * read, searched and cut by hand; a read that ends within a character is kept as base64.
 *
 *     {"deltafold":"recording","version":1,"started":"2026-05-01T12:00:00.000Z","status":200,"contentType":"text/event-stream"}
 *     {"ms":412.3,"text":"data: {…}\n\n"}
 *     {"ms":431.9,"b64":"ZGF0YTog4g=="}
 *     {"ms":433.0,"end":true}
 *
 * Neither the address nor any header but the content type is kept: they hold keys.
 */
export interface CassetteHeader {
  readonly deltafold: 'recording'
  readonly version: 1
  readonly started: string
  /** Only of a response. */
  readonly status?: number
  readonly contentType?: string
}

/** How the first line is written, so that a recording can be told from a stream by its first bytes. */
export const RECORDING_START = '{"deltafold":"recording"'

/** One read of the input, or its end. A recording without an end was stopped by the reader. */
export type CassetteEntry =
  | { readonly ms: number; readonly text: string }
  | { readonly ms: number; readonly b64: string }
  | { readonly ms: number; readonly end: true }
  | { readonly ms: number; readonly error: string; readonly code?: string }

export interface Cassette {
  readonly header: CassetteHeader
  readonly entries: AsyncIterable<CassetteEntry> | Iterable<CassetteEntry>
}

export function entryOf(ms: number, bytes: Uint8Array): CassetteEntry {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return isUtf8(buffer) ? { ms, text: buffer.toString('utf8') } : { ms, b64: buffer.toString('base64') }
}

/** The bytes of a read; undefined for an end. */
export function bytesOf(entry: CassetteEntry): Uint8Array | undefined {
  if ('text' in entry) return Buffer.from(entry.text, 'utf8')
  return 'b64' in entry ? Buffer.from(entry.b64, 'base64') : undefined
}

export function parseHeader(line: string): CassetteHeader | undefined {
  const value = parseObject(line)
  if (value?.deltafold !== 'recording' || value.version !== 1) return undefined
  const { started, status, contentType } = value
  return {
    deltafold: 'recording',
    version: 1,
    started: typeof started === 'string' ? started : '',
    ...(typeof status === 'number' && { status }),
    ...(typeof contentType === 'string' && { contentType }),
  }
}

/** undefined where the line is no entry: a recording may have been edited by hand. */
export function parseEntry(line: string): CassetteEntry | undefined {
  const { ms, text, b64, end, error, code } = parseObject(line) ?? {}
  if (typeof ms === 'number' && ms >= 0) {
    if (typeof text === 'string') return { ms, text }
    if (typeof b64 === 'string') return { ms, b64 }
    if (end === true) return { ms, end }
    if (typeof error === 'string') return { ms, error, ...(typeof code === 'string' && { code }) }
  }
  return undefined
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

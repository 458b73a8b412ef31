import { isDone } from '../dialect/done.ts'
import { Fault } from '../errors.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'

const BOM = 0xfeff

/** What the data of a frame came to: chunks, or the mark of the end after them. */
export interface ParsedData {
  readonly chunks: readonly JsonValue[]
  readonly isDone: boolean
  readonly oddity?: 'bom_in_data' | 'glued_frames'
}

/**
 * The slow way to read the data of a frame that JSON.parse does not take whole: a byte order mark before it, or
 * frames glued together by a proxy, of which each line is one. undefined: it is neither.
 */
export function parseOddData(data: string): ParsedData | undefined {
  if (data.charCodeAt(0) === BOM) {
    const chunk = parseStrictly(data.slice(1))
    return chunk === undefined ? undefined : { chunks: [chunk], isDone: false, oddity: 'bom_in_data' }
  }
  if (!data.includes('\n')) return undefined
  const chunks: JsonValue[] = []
  for (const line of data.split('\n')) {
    if (line.trim() === '') continue
    if (isDone(line)) return { chunks, isDone: true, oddity: 'glued_frames' }
    const chunk = parseStrictly(line)
    if (chunk === undefined) return undefined
    chunks.push(chunk)
  }
  return { chunks, isDone: false, oddity: 'glued_frames' }
}

/** Can this data stand although its frame was not ended by a blank line? */
export function isWhole(data: string): boolean {
  if (isDone(data) || parseStrictly(data) !== undefined) return true
  try {
    return parseOddData(data) !== undefined
  } catch {
    return false
  }
}

/** JSON, or undefined. The native error is dropped: it quotes the text it could not read. */
export function parseStrictly(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A chunk is an object. Throws a fault `bad_chunk`. */
export function toChunk(value: JsonValue): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Fault('bad_chunk')
  return value
}

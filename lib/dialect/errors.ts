import type { UpstreamError } from '../errors.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import type { DialectRow } from './row.ts'

interface ErrorShape extends DialectRow {
  /** Where the error stands in the chunk; the empty path: the chunk is the error. */
  readonly path: readonly string[]
  /** Taken only if this field of the chunk has this value. */
  readonly when?: { readonly field: string; readonly is: string }
  /** Taken only in a frame with `event: error`. */
  readonly named?: true
}

/**
 * The shapes in which an error comes in a stream that began with HTTP 200, in the order in which they are tried.
 * The last, finish_reason `error`, is a value of a choice and has the error code finish_error.
 */
export const errorShapes: readonly ErrorShape[] = [
  { path: ['error'], provider: 'openrouter', fixture: 'openrouter-error-chunk-then-usage' },
  { path: ['x_groq', 'error'], provider: 'groq', fixture: 'groq-error-in-x-groq' },
  { path: [], when: { field: 'object', is: 'error' }, provider: 'vllm', fixture: 'vllm-chunk-is-the-error' },
  { path: [], named: true, provider: 'any', fixture: 'any-error-event-is-the-error' },
]

/** Keys that stand beside an error and say more of it: they are no fields of the completion. */
export const errorCompanions: ReadonlySet<string> = new Set(['error', 'code', 'status_code'])

/** A cheap test for every chunk, before the shapes are tried. */
export function mayHoldError(chunk: JsonObject): boolean {
  for (const { path, when } of errorShapes) {
    const key = path[0] ?? when?.field
    const value = key !== undefined && chunk[key]
    if (value && (when === undefined || value === when.is)) return true
  }
  return false
}

/** An error, and whether the chunk is nothing else. */
export interface FoundError {
  readonly upstream: UpstreamError
  readonly isWholeChunk: boolean
}

/** The error in a chunk, in one form; undefined: there is none. `error: null` is none (Foundry Local). */
export function errorIn(chunk: JsonObject, isNamedError: boolean): FoundError | undefined {
  for (const shape of errorShapes) {
    if (shape.named && !isNamedError) continue
    if (shape.when !== undefined && !holds(chunk, shape.when)) continue
    const found = shape.path.reduce<JsonValue | undefined>(
      (at, key) => (isObject(at) ? at[key] : undefined),
      chunk,
    )
    if (found) return { upstream: normalForm(found, chunk), isWholeChunk: shape.path.length === 0 }
  }
  return undefined
}

/** The error in the body of a refused request: as in a chunk, or the whole body (`{message, code}`). */
export function upstreamFrom(body: JsonValue): UpstreamError | undefined {
  if (Array.isArray(body)) return upstreamFrom(body[0] ?? null) // Google sends a list of one
  return isObject(body) ? errorIn(body, true)?.upstream : undefined
}

function holds(chunk: JsonObject, when: NonNullable<ErrorShape['when']>): boolean {
  return chunk[when.field] === when.is
}

/** `{message, type, code}`, or a text alone with its code beside it (xAI), or a text alone (Baseten). */
function normalForm(found: JsonValue, chunk: JsonObject): UpstreamError {
  const error = isObject(found) ? found : {}
  const message = typeof found === 'string' ? found : firstText(error.message, error.detail, error.error)
  const type = firstText(error.type)
  const code = firstCode(error.code, isObject(found) ? undefined : chunk.code)
  const status = firstStatus(error.status, error.status_code, chunk.status_code, code)
  return { message, ...(type && { type }), ...(code !== undefined && { code }), ...(status && { status }) }
}

function firstText(...values: (JsonValue | undefined)[]): string {
  for (const value of values) if (typeof value === 'string' && value !== '') return value
  return ''
}

function firstCode(...values: (JsonValue | undefined)[]): string | number | undefined {
  for (const value of values)
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return value
  return undefined
}

function firstStatus(...values: (JsonValue | undefined)[]): number | undefined {
  for (const value of values) if (typeof value === 'number' && value >= 400 && value < 600) return value
  return undefined
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { Observable, type OperatorFunction } from 'rxjs'
import { isDone } from '../../dialect/done.ts'
import { errorIn } from '../../dialect/errors.ts'
import { Fault } from '../../errors.ts'
import { type ParsedData, parseOddData, parseStrictly, toChunk } from '../../from/chunks.ts'
import type { AssemblerOptions } from '../../options.ts'
import type { ChatCompletionChunk, JsonObject, ServerSentEvent } from '../../wire/index.ts'
import { inlet } from './inlet.ts'
import { stageError } from './stage-error.ts'

/**
 * Server-sent events to chunks. Completes at `[DONE]` and leaves the source at once. An event named `error` becomes
 * a chunk with the error under `error`, so that none is lost. Errors with an AssemblyError: `bad_json`,
 * `bad_chunk`; `onBadChunk: 'skip'` goes on without such events.
 *
 * Chunks do not say that `[DONE]` came: to `assemble()` behind this, an answer without finish_reason is truncated.
 *
 * ```ts
 * fromResponse(request).pipe(parseSse(), parseChunks()).subscribe((chunk) => log(chunk.model))
 * ```
 */
export function parseChunks(
  options: Pick<AssemblerOptions, 'onBadChunk'> = {},
): OperatorFunction<ServerSentEvent, ChatCompletionChunk> {
  return (source) =>
    new Observable((subscriber) => {
      let frame = 0
      inlet(source, subscriber, (event) => {
        frame++
        try {
          const { chunks, isDone } = dataOf(event)
          for (const chunk of chunks) subscriber.next(toChunk(chunk))
          if (isDone) subscriber.complete()
        } catch (thrown) {
          if (options.onBadChunk === 'skip' && thrown instanceof Fault) return
          subscriber.error(stageError(thrown, { frame, byte: 0 })) // an event does not say where it began
        }
      })
    })
}

/** Throws a fault on data that is no chunk. */
function dataOf({ event, data }: ServerSentEvent): ParsedData {
  if (isDone(data)) return { chunks: [], isDone: true }
  const value = parseStrictly(data)
  if (event === 'error') {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return {
      chunks: [isObject ? withError(value) : { error: typeof value === 'string' ? value : data }],
      isDone: false,
    }
  }
  if (value !== undefined) return { chunks: [toChunk(value)], isDone: false }
  if (data.trim() === '') return { chunks: [], isDone: false }
  const odd = parseOddData(data)
  if (odd === undefined) throw new Fault('bad_json')
  return odd
}

/** The error where a chunk of OpenRouter has it; a chunk that says of itself that it is one stays as it is. */
function withError(chunk: JsonObject): JsonObject {
  return errorIn(chunk, false) === undefined ? { error: chunk } : chunk
}

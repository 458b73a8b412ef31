import { errorOfChunk, errorOfEvent, type ReferenceFailure } from './error.ts'
import { faultOf } from './faults.ts'
import { DONE, decode, framesOf, gluedLines, type ReferenceFrame, withoutBom } from './frames.ts'
import { isObject, type JsonObject, list, own, parses, without } from './values.ts'

export interface ChunkOptions {
  onBadChunk?: 'error' | 'skip'
  choices?: 1
}

export interface ReadChunks {
  chunks: JsonObject[]
  /** The first error of the stream: later ones never replace it. */
  error: ReferenceFailure | undefined
  done: boolean
}

/** Each glued line stands for the frame it was. */
function unglue(frame: ReferenceFrame): ReferenceFrame[] {
  const data = withoutBom(frame.data)
  const lines = parses(data) || frame.event === 'error' ? undefined : gluedLines(data)
  return lines ? lines.map((line) => ({ event: '', data: line })) : [{ event: frame.event, data }]
}

interface Reading {
  chunk?: JsonObject
  error?: ReferenceFailure | undefined
  done?: true
  /** Reading stops here. */
  fatal?: true
  /** `onBadChunk: 'skip'` passes over it. */
  skippable?: true
}

function unusable(code: string): Reading {
  return { error: { code, message: null }, fatal: true, skippable: true }
}

function readFrame(frame: ReferenceFrame, oneChoice: boolean): Reading {
  const { event, data } = frame
  if (data.trim() === '') return {}
  if (data.trim() === DONE) return { done: true }
  if (event === 'error') return { error: errorOfEvent(data) }
  if (!parses(data)) return unusable('bad_json')
  const chunk: unknown = JSON.parse(data)
  if (!isObject(chunk)) return unusable('bad_chunk')
  const fault = faultOf(chunk, oneChoice)
  // A chunk's own error was there before what makes the chunk unusable.
  const error = errorOfChunk(chunk)
  return fault ? { error: error ?? { code: fault, message: null }, fatal: true } : { chunk, error }
}

/** A whole message is the only delta of its choice. */
function messageAsDelta(choice: unknown): unknown {
  return isObject(choice) ? { ...without(choice, ['message']), delta: own(choice, 'message') } : choice
}

/** R20: a body that starts with a brace is no event stream but the whole completion, or an error. */
function readBody(body: string): ReadChunks {
  const chunk: unknown = parses(body) ? JSON.parse(body) : undefined
  if (!isObject(chunk)) return { chunks: [], error: { code: 'bad_json', message: null }, done: false }
  const choices = list(own(chunk, 'choices')).map(messageAsDelta)
  return { chunks: [{ ...chunk, choices }], error: errorOfChunk(chunk), done: true }
}

/** Frame by frame up to `[DONE]` or the first frame that cannot be used; an error of the provider does not stop it. */
export function readChunks(bytes: Uint8Array, options: ChunkOptions): ReadChunks {
  const body = decode(bytes)
  if (/^\s*[{[]/.test(body)) return readBody(body)
  const chunks: JsonObject[] = []
  let error: ReferenceFailure | undefined
  for (const frame of framesOf(bytes).flatMap(unglue)) {
    const reading = readFrame(frame, options.choices === 1)
    if (reading.done) return { chunks, error, done: true }
    if (reading.skippable && options.onBadChunk === 'skip') continue
    error ??= reading.error
    if (reading.chunk) chunks.push(reading.chunk)
    if (reading.fatal) break
  }
  return { chunks, error, done: false }
}

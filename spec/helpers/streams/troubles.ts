import fc from 'fast-check'
import { isAbsent, isObject, type JsonObject, list, own } from '../reference/values.ts'

/** One frame before it is written: a chunk, or data that is none. */
export interface Frame {
  chunk?: JsonObject
  event?: string
  data?: string
}

export type Trouble = 'none' | 'error' | 'badFrame' | 'badType'

/** The six shapes of an error at HTTP 200 (dialects.md 5). A provider's words are plain: how they are cut is no matter here. */
const ERRORS: Frame[] = [
  { event: 'error', data: '{"error":{"message":"overloaded","type":"server_error","code":"busy"}}' },
  { event: 'error', data: '{"message":"overloaded"}' },
  { event: 'error', data: 'the upstream is gone' },
  { chunk: { error: { message: 'upstream died', code: 502 } } },
  {
    chunk: {
      error: { message: 'disconnected', code: 'server_error' },
      choices: [],
      usage: { total_tokens: 3 },
    },
  },
  { chunk: { error: 'overloaded' } },
  { chunk: { code: 'rate_limit', error: 'too many requests' } },
  { chunk: { error: { message: 'bad model' }, status_code: 404 } },
  { chunk: { x_groq: { id: 'req_1', error: { message: 'no capacity' } }, choices: [] } },
  { chunk: { choices: [{ index: 0, delta: {}, finish_reason: 'error' }] } },
  {
    chunk: {
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      error: { message: 'lost', code: 1 },
    },
  },
]

const BAD_FRAMES: Frame[] = [
  ...['{"id":"c1", oops', '{"choices":[],}', 'not json', '{"choices":[]}{"choices":[]}', '{"id":"c1","cho'],
  ...['5', '"hi"', 'null', '[]', '[{"choices":[]}]', 'true'],
].map((data) => ({ data }))

/** R4 to R8 and R10. Nothing else stands in the chunk: what of it a reader takes before the fault is open. */
const BAD_TYPES: Frame[] = [
  ...[{ content: 5 }, { content: true }, { content: { a: 1 } }, { content: ['a'] }, { role: 5 }].map(
    badDelta,
  ),
  ...[{ tool_calls: [null] }, { tool_calls: [{ index: 0, id: 'c', function: { name: 5 } }] }].map(badDelta),
  ...[{ tool_calls: [{ index: 1.5, id: 'c', function: { name: 'f' } }] }].map(badDelta),
  ...[{ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: 1 } }] }].map(badDelta),
  ...['text', 5, ['a']].map((delta) => ({ chunk: { choices: [{ index: 0, delta }] } })),
  ...['abc', 5, { index: 0 }, [null], ['a']].map((choices) => ({ chunk: { choices } })),
  { chunk: { choices: [{ index: 0, delta: {}, finish_reason: 1 }] } },
  { chunk: { choices: [{ index: -1, delta: { content: 'x' } }] } },
  { chunk: { choices: [{ index: 1_000_000_000, delta: { content: 'x' } }] } },
]

function badDelta(delta: JsonObject): Frame {
  return { chunk: { choices: [{ index: 0, delta }] } }
}

/** The first place after choice 0 has begun: before it, whether a faulty entry begins it is open. */
function firstPlace(chunks: readonly JsonObject[]): number {
  const opens = (entry: unknown): boolean => isObject(entry) && (own(entry, 'index') ?? 0) === 0
  return chunks.findIndex((chunk) => list(own(chunk, 'choices')).some(opens)) + 1
}

export interface GeneratedTrouble {
  trouble: Trouble
  frame: Frame | undefined
  /** Where, as a share of what comes after the first place. */
  place: number
}

export function trouble(): fc.Arbitrary<GeneratedTrouble> {
  const of = (kind: Trouble, frames: Frame[]): fc.Arbitrary<GeneratedTrouble> =>
    fc.record({ trouble: fc.constant(kind), frame: fc.constantFrom(...frames), place: fc.nat(99) })
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant<GeneratedTrouble>({ trouble: 'none', frame: undefined, place: 0 }) },
    { weight: 2, arbitrary: of('error', ERRORS) },
    { weight: 1, arbitrary: of('badFrame', BAD_FRAMES) },
    { weight: 1, arbitrary: of('badType', BAD_TYPES) },
  )
}

export function framesWith(chunks: readonly JsonObject[], { frame, place }: GeneratedTrouble): Frame[] {
  const frames: Frame[] = chunks.map((chunk) => ({ chunk }))
  if (!frame) return frames
  const first = firstPlace(chunks)
  return frames.toSpliced(first + (place % (frames.length - first + 1)), 0, frame)
}

/** True where declaring one choice hides a fault of the index. */
export function isIndexFault(frame: Frame | undefined): boolean {
  return list(own(frame?.chunk, 'choices')).some(
    (entry) => !isAbsent(own(entry, 'index')) && Number(own(entry, 'index')) !== 0,
  )
}

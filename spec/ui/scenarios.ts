import { DONE, type Frame, frame } from '../fixtures/fixture.ts'
import type { Seen } from './clients/client.ts'

/** An answer of a provider, and what a page must make of it. */
export interface Scenario {
  readonly name: string
  readonly frames: readonly Frame[]
  /** After the last frame the body ends, or nothing comes any more until the run is aborted. */
  readonly afterwards: 'ends' | 'stalls'
  /** The response is handed to the client in pieces of this size. */
  readonly pieceSize?: number
  readonly expect: Omit<Seen, 'isSettled' | 'outcome'> & { readonly outcome: Seen['outcome'] | 'aborted' }
}

const envelope = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' }

function delta(fields: object): Frame {
  return { ...envelope, choices: [{ index: 0, delta: fields, finish_reason: null }] }
}

function finish(finish_reason: string): Frame {
  return { ...envelope, choices: [{ index: 0, delta: {}, finish_reason }] }
}

function call(index: number, fields: { id?: string; name?: string; arguments?: string }): Frame {
  const { id, name, arguments: text } = fields
  return delta({ tool_calls: [{ index, id, type: id && 'function', function: { name, arguments: text } }] })
}

const usage: Frame = {
  ...envelope,
  choices: [],
  usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
}

const words = ['The ', 'wren ', 'sings: ', '“tsee”', ' 🐦', '\n', 'loudly.'].map((content) =>
  delta({ content }),
)
const said = 'The wren sings: “tsee” 🐦\nloudly.'
const opening = delta({ role: 'assistant', content: '' })
const thoughts = [delta({ reasoning_content: 'A bird, ' }), delta({ reasoning_content: 'a small one.' })]
const thought = 'A bird, a small one.'

const twoCalls: readonly Frame[] = [
  opening,
  call(0, { id: 'call_a', name: 'weather', arguments: '' }),
  call(1, { id: 'call_b', name: 'time', arguments: '' }),
  call(0, { arguments: '{"city":' }),
  call(1, { arguments: '{"zone":"' }),
  call(0, { arguments: '"Łódź"}' }),
  call(1, { arguments: 'CET"}' }),
]

const bothCalls = [
  { id: 'call_a', name: 'weather', arguments: { city: 'Łódź' }, isRunnable: true },
  { id: 'call_b', name: 'time', arguments: { zone: 'CET' }, isRunnable: true },
]

const nothing = { text: '', reasoning: '', calls: [], error: undefined }

export const scenarios: readonly Scenario[] = [
  {
    name: 'text',
    frames: [opening, ...words, finish('stop'), usage, DONE],
    afterwards: 'ends',
    expect: { ...nothing, text: said, outcome: 'complete' },
  },
  {
    name: 'reasoning, then text',
    frames: [...thoughts, ...words, finish('stop'), usage, DONE],
    afterwards: 'ends',
    expect: { ...nothing, text: said, reasoning: thought, outcome: 'complete' },
  },
  {
    name: 'text, reasoning, text',
    frames: [
      delta({ role: 'assistant', content: 'First this.' }),
      ...thoughts,
      delta({ content: '\n' }),
      delta({ content: 'Then that.' }),
      delta({ reasoning_content: ' And more.' }),
      delta({ content: ' Done.' }),
      finish('stop'),
      DONE,
    ],
    afterwards: 'ends',
    expect: {
      ...nothing,
      text: 'First this.\nThen that. Done.',
      reasoning: `${thought} And more.`,
      outcome: 'complete',
    },
  },
  {
    name: 'two interleaved tools',
    frames: [...twoCalls, finish('tool_calls'), usage, DONE],
    afterwards: 'ends',
    expect: { ...nothing, calls: bothCalls, outcome: 'complete' },
  },
  {
    name: 'no arguments',
    frames: [opening, call(0, { id: 'call_a', name: 'now', arguments: '' }), finish('tool_calls'), DONE],
    afterwards: 'ends',
    expect: {
      ...nothing,
      calls: [{ id: 'call_a', name: 'now', arguments: {}, isRunnable: true }],
      outcome: 'complete',
    },
  },
  {
    name: 'bad arguments',
    frames: [
      opening,
      call(0, { id: 'call_a', name: 'weather', arguments: '{"city": Łódź' }),
      finish('tool_calls'),
      DONE,
    ],
    afterwards: 'ends',
    expect: {
      ...nothing,
      calls: [{ id: 'call_a', name: 'weather', arguments: '{"city": Łódź', isRunnable: false }],
      outcome: 'complete',
    },
  },
  {
    name: 'refusal',
    frames: [opening, delta({ refusal: 'I cannot ' }), delta({ refusal: 'do that.' }), finish('stop'), DONE],
    afterwards: 'ends',
    expect: { ...nothing, text: 'I cannot do that.', outcome: 'complete' },
  },
  {
    name: 'error in mid-stream',
    frames: [...words, { error: { message: 'secret-account is over its quota', code: 429 } }],
    afterwards: 'ends',
    expect: {
      ...nothing,
      text: said,
      outcome: 'failed',
      error: 'The provider reported an error in the stream.',
    },
  },
  {
    name: 'truncation',
    frames: [...thoughts, ...words, call(0, { id: 'call_a', name: 'weather', arguments: '{"city":"Łó' })],
    afterwards: 'ends',
    expect: {
      text: said,
      reasoning: thought,
      calls: [{ id: 'call_a', name: 'weather', arguments: '{"city":"Łó', isRunnable: false }],
      outcome: 'failed',
      error: 'The stream ended before the answer did.',
    },
  },
  {
    name: 'abort',
    frames: [...thoughts, ...words],
    afterwards: 'stalls',
    expect: { ...nothing, text: said, reasoning: thought, outcome: 'aborted' },
  },
  {
    name: 'single bytes',
    frames: [...thoughts, ...words, ...twoCalls, finish('tool_calls'), usage, DONE],
    afterwards: 'ends',
    pieceSize: 1,
    expect: { ...nothing, text: said, reasoning: thought, calls: bothCalls, outcome: 'complete' },
  },
]

export function bytesOfScenario({ frames }: Scenario): Uint8Array {
  return new TextEncoder().encode(frames.map(frame).join(''))
}

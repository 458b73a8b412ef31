import { deepStrictEqual } from 'node:assert'
import { parsePartialJson } from 'ai'
import { parse as riverOf } from 'jsonriver'
import OpenAI from 'openai'
import { parse as parsePartial } from 'partial-json'
import { LiveValue } from '../../lib/merge/live-value.ts'
import type { Case, Suite } from '../harness/suite.ts'

interface Arguments {
  readonly text: string
  readonly pieces: readonly string[]
  readonly value: unknown
}

/** What a provider puts into one delta, and how many deltas one network read holds. */
const PIECE = 4
const PIECES_A_READ = 45

/** Rows of a table with texts, numbers, escapes and some CJK: arguments as tools get them. */
function argumentsOf(kilobytes: number): Arguments {
  const rows: unknown[] = []
  let length = 0
  for (let i = 0; length < kilobytes * 1024; i++) {
    const row = {
      id: i,
      name: `row "${i}"\n`,
      price: i * 1.25,
      ok: i % 2 === 0,
      note: i % 7 === 0 ? '茶を飲む' : 'plain text here',
    }
    length += JSON.stringify(row).length + 1
    rows.push(row)
  }
  const text = JSON.stringify({ rows })
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += PIECE) pieces.push(text.slice(at, at + PIECE))
  return { text, pieces, value: JSON.parse(text) }
}

/** Streams the pieces through a live value, looked at every `every` pieces. */
function live({ pieces }: Arguments, every: number): unknown {
  const value = new LiveValue('', 128)
  let end = 0
  let last: unknown
  pieces.forEach((piece, i) => {
    value.push(piece)
    end += piece.length
    if ((i + 1) % every === 0 || i === pieces.length - 1) last = value.read(end)
  })
  return last
}

/** openai's own helper with a strict tool, from a response that is in memory. */
async function openaiStrict({ pieces }: Arguments): Promise<unknown> {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
  const call = (args: string, head = {}) => ({
    tool_calls: [{ index: 0, ...head, function: { arguments: args, ...('id' in head && { name: 'f' }) } }],
  })
  const body = [
    chunk({ role: 'assistant', ...call('', { id: 'a', type: 'function' }) }),
    ...pieces.map((piece) => chunk(call(piece))),
    chunk({}, 'tool_calls'),
    'data: [DONE]\n\n',
  ].join('')
  const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const client = new OpenAI({ apiKey: 'none', fetch })
  const parameters = { type: 'object', properties: { rows: { type: 'array' } } }
  const stream = client.chat.completions.stream({
    model: 'm',
    messages: [],
    tools: [{ type: 'function', function: { name: 'f', strict: true, parameters } }],
  })
  const completion = await stream.finalChatCompletion()
  const [made] = completion.choices[0]?.message.tool_calls ?? []
  return made?.type === 'function' ? made.function.parsed_arguments : undefined
}

async function* strings(pieces: readonly string[]): AsyncGenerator<string> {
  for (let at = 0; at < pieces.length; at += PIECES_A_READ)
    yield pieces.slice(at, at + PIECES_A_READ).join('')
}

/** All of the text again for each delta: with the square of its length. */
async function eachDelta(pieces: readonly string[], parse: (text: string) => unknown): Promise<unknown> {
  let text = ''
  let last: unknown
  for (const piece of pieces) {
    text += piece
    last = await parse(text)
  }
  return last
}

const caseOf = (name: string, run: (input: Arguments) => unknown, maxSize?: number): Case<Arguments> => ({
  name,
  prepare: () => ({ run }),
  ...(maxSize !== undefined && { maxSize }),
})

export const argumentsSuite: Suite<Arguments> = {
  name: 'arguments',
  unit: 'KB',
  per: { name: 'character', count: (size) => size * 1024 },
  sizes: [20, 128, 1024],
  input: argumentsOf,
  check: (answer, { value }) => {
    deepStrictEqual(JSON.parse(JSON.stringify(answer)), value)
    return []
  },
  cases: [
    caseOf('JSON.parse, once at the end', ({ text }) => JSON.parse(text)),
    caseOf('deltafold, a value each network read', (input) => live(input, PIECES_A_READ)),
    caseOf('deltafold, a value each delta', (input) => live(input, 1)),
    caseOf('jsonriver, a value each network read', async ({ pieces }) => {
      let last: unknown
      for await (const value of riverOf(strings(pieces))) last = value
      return last
    }),
    caseOf('partial-json, each delta', ({ pieces }) => eachDelta(pieces, parsePartial), 20),
    caseOf(
      'ai parsePartialJson, each delta',
      ({ pieces }) => eachDelta(pieces, async (text) => (await parsePartialJson(text)).value),
      20,
    ),
    caseOf('openai .stream() with a strict tool', openaiStrict, 20),
  ],
}

import fc from 'fast-check'
import type { AssemblerOptions } from '../../../lib/core.ts'

/** Long runs of frames that differ in little, as providers send them, and what breaks a belief in that. */
export interface RepetitiveStream {
  readonly bytes: Uint8Array
  readonly options: AssemblerOptions
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Fields = { [key: string]: Json }

const ATOMS = [
  ...[
    'a',
    ' the',
    'ing',
    ' Hello',
    'Grüße',
    '你好',
    '日本語',
    '😀',
    '👩‍👩‍👧',
    '"',
    '\\',
    '/',
    '\n',
    '\r\n',
    '\t',
    '',
  ],
  ...[
    '\u0000',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\ud83d',
    '\ude00',
    '\\u0041',
    '\\',
    '{"a":1}',
  ],
  ...[
    '=',
    'data: ',
    '\n\n',
    'x'.repeat(61),
    'long text, '.repeat(9),
    '"quoted" '.repeat(12),
    '长'.repeat(40),
    'AAAA'.repeat(40),
  ],
]

function piece(): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.constantFrom('a', ' the', 'ing', ' to', ' World', '.', '', '\n', 'é', '你好'),
    },
    { weight: 2, arbitrary: fc.constantFrom(...ATOMS) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom(...ATOMS), { maxLength: 4 }).map((atoms) => atoms.join('')),
    },
  )
}

/** How one member of the envelope behaves from frame to frame. */
type Member = (at: number) => Json | undefined

const sometimes =
  (usual: Json, odd: Json, every: number): Member =>
  (at) =>
    at % every === every - 1 ? odd : usual

/** The usual ways of a member, and the odd ones, of which a stream has few. */
const member = (usual: readonly Member[], odd: readonly Member[] = []): fc.Arbitrary<Member> => {
  const often = { weight: 14, arbitrary: fc.constantFrom(...usual) }
  return odd.length === 0
    ? often.arbitrary
    : fc.oneof(often, { weight: 1, arbitrary: fc.constantFrom(...odd) })
}

const always =
  (value: Json | undefined): Member =>
  () =>
    value
const absent = always(undefined)

const members: Readonly<Record<string, fc.Arbitrary<Member>>> = {
  id: member(
    [
      ...[always('chatcmpl-Aq7'), always('c'), (at: number) => (at < 3 ? '' : 'late'), absent],
      ...[
        (at: number) => `c${at}`,
        (at: number) => `chatcmpl-${at}`,
        (at: number) => `${at >> 1}-${'id'.repeat(9)}`,
      ],
      (at) => `chatcmpl-Aq7Zk29xQ-${at % 3}`,
    ],
    [
      ...[always(''), always(42), always('größe-"1"'), sometimes('chatcmpl-1', 'chatcmpl-2', 6)],
      (at) => (at % 11 === 10 ? '\n"quoted" and long\\' : `an id as long - ${at % 10}`),
      (at) => `${at % 4}-${'long'.repeat(at % 4 === 3 ? 16 : 15)}`,
      (at) => (at % 4 === 3 ? 12_345_678 : `1234567${at % 3 === 0 ? 8 : at % 10}`),
    ],
  ),
  created: member(
    [always(1_700_000_000), absent, always(0), (at) => 1_700_000_000 + at, (at) => 9 + (at >> 2)],
    [always(1.5), always('1700000000'), always(-1), always(1e21), sometimes(7, 8, 5)],
  ),
  model: member(
    [always('m'), always('gpt-4.1-mini-2025'), absent, (at) => (at < 2 ? '' : 'm')],
    [always(''), sometimes('m', 'n', 9)],
  ),
  object: member([always('chat.completion.chunk'), absent], [always(''), sometimes('a', 'error', 40)]),
  system_fingerprint: member(
    [absent, always(null), always('fp_1')],
    [sometimes('fp_1', 'fp_2', 7), sometimes('fp_1', null, 3), sometimes('fp', '', 4)],
  ),
  service_tier: member([absent, always('default')], [sometimes(null, 'flex', 8)]),
  obfuscation: member([absent, (at) => 'x7Qz'.repeat(at % 4)], [sometimes('ab', 'é\n', 6)]),
  p: member([absent, absent, (at) => 'abcdefgh'.slice(0, at % 8)]),
  usage: member(
    [
      ...[absent, absent, always(null), always({ prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 })],
      (at) => ({ prompt_tokens: 5, completion_tokens: at, total_tokens: 5 + at, cost: 0.25 }),
      (at) => ({
        total_tokens: at >> 1,
        prompt_tokens_details: { cached_tokens: at >> 2, list: [1] },
        note: 'n',
      }),
    ],
    [(at) => ({ total_tokens: at % 3, nothing: null }), (at) => ({ cost: at / 10 }), always('odd')],
  ),
  error: member([absent, absent, always(null)], [always(''), sometimes(null, { message: 'no' }, 30)]),
  extra: member(
    [absent, absent, always('same'), always({ a: 1, b: null }), always([])],
    [
      ...[always([1]), always([{ index: 0 }]), (at: number) => at, (at: number) => ({ a: at >> 2 })],
      ...[sometimes('one', { two: 2 }, 5), always('__proto__')],
    ],
  ),
  citations: member([absent, absent, always(['https://x.example'])], [(at) => [at >> 3]]),
  x_groq: member([absent, always(null)], [always({ id: 'req' })]),
}

const ofChoice: Readonly<Record<string, fc.Arbitrary<Member>>> = {
  index: member([always(0), always(0), (at) => at % 2], [always(1), absent, always('0'), (at) => at % 3]),
  finish_reason: member([always(null), absent, always('')], [sometimes(null, 'stop', 25)]),
  logprobs: member(
    [absent, always(null), always({ content: null, refusal: null }), always({ content: [] })],
    [(at) => ({ content: [{ token: 'a', logprob: at }] }), sometimes(null, { content: [{ token: 'b' }] }, 6)],
  ),
  content_filter_results: member(
    [absent, always({}), always({ hate: { filtered: false, severity: 'safe' } })],
    [(at) => ({ hate: { filtered: at % 5 === 4 } })],
  ),
  native_finish_reason: member([absent, always(null), always('x')]),
  usage: member([absent, always(null)], [(at) => ({ total_tokens: at })]),
  message: member([absent, always(null)], [always({ content: 'w' })]),
}

const ofDelta: Readonly<Record<string, fc.Arbitrary<Member>>> = {
  role: member([absent, always('assistant'), always(''), always(null)], [sometimes('assistant', 'user', 9)]),
  channel: member([absent, absent, always('analysis')], [sometimes('a', 'b', 7)]),
  annotations: member([absent, always([])], [always([{ type: 'x' }])]),
  tool_calls: member([absent, always(null), always([])]),
  unknown: member([absent, always('k')], [(at) => at]),
  refusal: member([absent, always(null), always('')]),
}

/** What a run of frames says: a delta from a piece. */
type Saying = (text: string, at: number) => Fields

const call = (index: Json | undefined, text: string, more: Fields = {}, inner: Fields = {}): Fields => ({
  tool_calls: [{ ...(index !== undefined && { index }), ...more, function: { ...inner, arguments: text } }],
})

const detail = (text: string, more: Fields = {}): Fields => ({
  reasoning_details: [{ type: 'reasoning.text', text, format: 'f-v1', index: 0, ...more }],
})

const thought = (text: string, more: Fields = {}, inner: Fields = {}): Fields => ({
  content: [{ type: 'thinking', thinking: [{ type: 'text', ...inner, text }], ...more }],
})

const sayings: readonly Saying[] = [
  (content) => ({ content }),
  (content) => ({ content }),
  (content) => ({ content, reasoning_content: null }),
  (reasoning_content) => ({ content: null, reasoning_content }),
  (reasoning) => ({ content: '', reasoning }),
  (text) => ({ content: '', reasoning: text, ...detail(text) }),
  (text, at) => ({ reasoning: text, ...detail(at % 7 === 6 ? `${text}.` : text) }),
  (text) => detail(text),
  (text, at) => detail(text, { index: at % 2 }),
  (text, at) => detail(text, at % 9 === 8 ? { signature: 's' } : { id: null }),
  (summary) => ({ reasoning_details: [{ type: 'reasoning.summary', summary, id: 'rs_1', format: null }] }),
  (text) => ({ reasoning: text, reasoning_content: text }),
  (text) => ({ reasoning_text: text, reasoning: `${text}!` }),
  (reasoning) => ({ reasoning: { text: reasoning } }),
  (refusal) => ({ refusal }),
  (text) => call(0, text),
  (text, at) => call(at % 3, text),
  (text, at) => call(at % 4, text, { type: 'function' }),
  (text) => call(0, text, { id: '', type: null }, { name: '' }),
  (text) => call(0, text, { id: 'call_0', type: 'function' }, { name: 'f' }),
  (text, at) => call(at % 5 === 4 ? 0 : 1, text, { id: null, extra: null }, { name: null }),
  (text) => call(undefined, text),
  (text) => call(0, text, { thought_signature: 't' }),
  (input) => ({ tool_calls: [{ index: 2, custom: { input } }] }),
  (text, at) => ({
    tool_calls: [
      { index: at % 2, function: { arguments: text } },
      { index: 0, function: { arguments: text } },
    ],
  }),
  (transcript) => ({ audio: { id: 'a', transcript } }),
  (data, at) => ({ audio: at % 2 ? { data: 'AAAA' } : { id: 'a', data: 'BBBB', note: data.length } }),
  (data) => ({ audio: { data: `${data.length}=` } }),
  (text) => ({ content: [{ type: 'text', text }] }),
  (text) => thought(text),
  (text) => thought(text),
  (text, at) => thought(text, { closed: false, signature: at % 8 === 7 ? 's' : null }),
  (text, at) => (at % 3 === 2 ? { content: text } : thought(text, {}, { index: 0, more: { a: [1] } })),
  (text, at) => thought(text, at % 4 === 3 ? { summary: [{ type: 'summary_text', text }] } : {}),
  (text) => ({ content: [{ type: 'reasoning', summary: [{ type: 'summary_text', text }] }] }),
  (content, at) => ({ content: at % 6 === 5 ? [{ type: 'x', at }] : content }),
  (text) => ({ function_call: { arguments: text } }),
  () => ({}),
  (text) => ({ content: text, obfuscation: text }),
  (text) => ({ thinking_blocks: [{ type: 'thinking', thinking: text }] }),
]

/** What comes before the runs: with it the fields that they go on with have come. */
const opening: Fields = {
  role: 'assistant',
  content: '',
  refusal: '',
  ...{ reasoning: 'R', reasoning_content: 'R', reasoning_text: 'R' },
  reasoning_details: [
    { type: 'reasoning.text', text: 'R', format: 'f-v1', index: 0, id: null },
    { type: 'reasoning.summary', summary: 's', id: 'rs_1', format: null },
  ],
  audio: { id: 'a', data: 'AAAA', transcript: '' },
  annotations: [],
  tool_calls: [
    { index: 0, id: 'call_0', type: 'function', function: { name: 'f', arguments: '' } },
    { index: 1, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } },
    { index: 2, id: 'call_2', type: 'custom', custom: { name: 'g', input: '' } },
    { index: 3, id: 'call_3', function: { name: 'h', arguments: '{' } },
  ],
}
const openings: readonly Said[] = [
  { delta: opening, choice: undefined },
  { delta: opening, choice: { index: 1 } },
]

interface Said {
  readonly delta: Fields
  readonly choice: Fields | undefined
}

interface Run {
  readonly saying: number
  readonly pieces: readonly string[]
  readonly choice: Fields | undefined
}

interface Writing {
  readonly lineEnd: string
  readonly space: string
  readonly isAscii: boolean
  readonly isSpaced: boolean
  readonly isReversed: boolean
  readonly before: string
}

/** What is done to one frame's text: by its place from the end of the run, so that it shrinks. */
interface Wound {
  readonly frame: number
  readonly place: number
  readonly kind: (typeof wounds)[number]
  readonly with: string
}

const wounds = [
  'replace',
  'insert',
  'delete',
  'double',
  'cut',
  'duplicateKey',
  'escapedKey',
  'rawByte',
  'comment',
  'blank',
] as const

function record(table: Readonly<Record<string, fc.Arbitrary<Member>>>): fc.Arbitrary<Record<string, Member>> {
  return fc.record(table)
}

function fieldsAt(table: Readonly<Record<string, Member>>, at: number): Fields {
  const fields: Fields = {}
  for (const [key, member] of Object.entries(table)) {
    const value = member(at)
    if (value !== undefined) fields[key] = value
  }
  return fields
}

function jsonOf(chunk: Fields, { isAscii, isSpaced, isReversed }: Writing): string {
  const ordered = isReversed ? Object.fromEntries(Object.entries(chunk).reverse()) : chunk
  const json = JSON.stringify(ordered)
  const spaced = isSpaced ? json.replaceAll('":', '": ').replaceAll(',"', ', "') : json
  return isAscii
    ? spaced.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : spaced
}

function wounded(frame: string, { place, kind, with: other }: Wound): string {
  const at = place % (frame.length + 1)
  const [head, tail] = [frame.slice(0, at), frame.slice(at)]
  if (kind === 'replace') return head + other + tail.slice(other.length)
  if (kind === 'insert') return head + other + tail
  if (kind === 'delete') return head + tail.slice(1)
  if (kind === 'double') return frame + frame
  if (kind === 'cut') return head
  if (kind === 'duplicateKey')
    return frame.replace('"delta":{', `"delta":{"content":${JSON.stringify(other)},`)
  if (kind === 'escapedKey') return frame.replace('"content":', '"cont\\u0065nt":')
  if (kind === 'comment') return `: ${other.replace(/[\r\n]/g, '')}\n\n${frame}`
  if (kind === 'blank') return `\n\n\n${frame}`
  return `${head}\u0001RAW\u0001${tail}` // becomes a byte that is no UTF-8
}

const encoder = new TextEncoder()

/** Takes the marks out and puts a byte that no UTF-8 has in their place. */
function bytesOf(text: string): Uint8Array {
  const parts = text.split('\u0001RAW\u0001').map((part) => encoder.encode(part))
  const bytes: number[] = []
  parts.forEach((part, at) => {
    if (at > 0) bytes.push(0xff)
    for (const byte of part) bytes.push(byte)
  })
  return Uint8Array.from(bytes)
}

function writing(): fc.Arbitrary<Writing> {
  return fc.record({
    lineEnd: fc.constantFrom(...Array<string>(12).fill('\n'), '\r\n', '\r\n', '\r\n', '\r'),
    space: fc.constantFrom(' ', ' ', ' ', '', '  '),
    isAscii: fc.constantFrom(false, false, true),
    isSpaced: fc.constantFrom(false, false, true),
    isReversed: fc.constantFrom(false, false, true),
    before: fc.constantFrom(
      ...Array<string>(20).fill(''),
      '',
      '',
      '',
      '',
      'event: message\n',
      'event: error\n',
      'event:\n',
      ': c\n',
      'id: 1\n',
      'data: \n',
    ),
  })
}

function options(): fc.Arbitrary<AssemblerOptions> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<AssemblerOptions>({}) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<AssemblerOptions[]>(
        ...[
          { onBadChunk: 'skip' as const },
          { choices: 1 as const },
          { cumulative: true },
          { cumulative: ['content'] },
        ],
        ...[
          { maxMessageBytes: 300 },
          { maxMessageBytes: 900 },
          { maxMessageBytes: 1_900 },
          { maxEventBytes: 40_000 },
          { maxStreamBytes: 5000 },
          { maxDiagnostics: 1 },
        ],
        ...[{ maxJsonDepth: 1 }, { maxToolCalls: 2 }, { maxChoices: 1 }, { requireFinishReason: true }],
        ...[{ rules: { extra: 'list' } as const }, { rules: { content: 'last', id: 'last' } as const }],
        ...[
          { rules: { obfuscation: 'append', p: 'append' } as const },
          { rules: { reasoning_details: 'list', audio: 'object' } as const },
        ],
      ),
    },
  )
}

const DONE = 'data: [DONE]\n\n'

/** Runs of frames with holes, in one writing, some of them wounded, in a stream that ends in some way. */
export function arbitraryRepetitiveStream(longestRun = 30): fc.Arbitrary<RepetitiveStream> {
  const run: fc.Arbitrary<Run> = fc.record({
    saying: fc.nat(sayings.length - 1),
    pieces: fc.array(piece(), { minLength: 1, maxLength: longestRun, size: 'max' }),
    choice: fc.constantFrom<(Fields | undefined)[]>(
      ...Array<undefined>(12).fill(undefined),
      { index: 1 },
      { finish_reason: 'stop' },
    ),
  })
  const wound: fc.Arbitrary<Wound> = fc.record({
    frame: fc.nat(60),
    place: fc.nat(500),
    kind: fc.constantFrom(...wounds),
    with: fc.oneof(
      fc.constantFrom('"', '\\', '{', '}', '\n', '\r', '\u0007', '0', 'é', '\\u00', '\\ud83d', ',"x":1', ' '),
      piece(),
    ),
  })
  return fc
    .record({
      envelope: record(members),
      choice: record(ofChoice),
      delta: record(ofDelta),
      runs: fc.array(run, { minLength: 1, maxLength: 4, size: 'max' }),
      isInterleaved: fc.boolean(),
      writing: writing(),
      wounds: fc.array(wound, { maxLength: 3 }),
      ending: fc.constantFrom('done', 'done', 'finish', 'none', 'unended', 'doneAndMore'),
      options: options(),
    })
    .map((plan) => {
      const said = sayingsOf(plan.runs, plan.isInterleaved)
      const chunks = [...openings, ...said].map(({ delta, choice }, at) => ({
        ...fieldsAt(plan.envelope, at),
        choices: [
          {
            ...fieldsAt(plan.choice, at),
            delta: { ...(at >= openings.length && fieldsAt(plan.delta, at)), ...delta },
            ...choice,
          },
        ],
      }))
      const { lineEnd, space, before } = plan.writing
      const frames = chunks.map((chunk) => `${before}data:${space}${jsonOf(chunk, plan.writing)}\n\n`)
      for (const hurt of plan.wounds) {
        const at = frames.length - 1 - (hurt.frame % frames.length)
        frames[at] = wounded(frames[at] ?? '', hurt)
      }
      const finish = `data:${space}${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`
      const more = frames.at(-1) ?? ''
      const ending = {
        done: finish + DONE,
        finish,
        none: '',
        unended: 'data: {"choices"',
        doneAndMore: DONE + more,
      }[plan.ending]
      const text = [...frames, ending].join('').replaceAll('\n', lineEnd)
      return { bytes: bytesOf(text), options: plan.options }
    })
}

function sayingsOf(runs: readonly Run[], isInterleaved: boolean): Said[] {
  const lists = runs.map(({ saying, pieces, choice }) =>
    pieces.map((text, at) => ({ delta: sayings[saying]?.(text, at) ?? {}, choice })),
  )
  if (!isInterleaved) return lists.flat()
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat()
}

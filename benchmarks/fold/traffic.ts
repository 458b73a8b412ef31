/** Streams as providers write them, made by a rule: the same size gives the same bytes in every process. */
export interface Traffic {
  readonly name: string
  /** The frames of a whole answer with about so many deltas, `[DONE]` last. */
  frames(deltas: number): string[]
}

/** mulberry32: numbers that follow from the seed alone. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const envelope = {
  id: 'chatcmpl-BnCwTqk3xGpZr9Yv2LhJ7sDfA81Ke',
  object: 'chat.completion.chunk',
  created: 1_767_225_600,
  model: 'gpt-4.1-mini-2025-04-14',
  service_tier: 'default',
  system_fingerprint: 'fp_6f2eabb9a5',
}

const frame = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`
const DONE = 'data: [DONE]\n\n'

const syllables = 'the of and ing ion a to in er re on at en ti es or te ar al an le st ve it'.split(' ')

/** About four characters, as tokens are; some not ASCII, some that JSON must escape. */
export function tokens(count: number, seed = 7): string[] {
  const next = randomNumbers(seed)
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? ''
  return Array.from({ length: count }, () => {
    const kind = next()
    if (kind < 0.04) return pick(['é', 'ü', ' –', '’s', ' Größe', '…', '“'])
    if (kind < 0.08) return pick(['\n', '\n\n', '"', ' "', '\\', '\t'])
    return `${next() < 0.6 ? ' ' : ''}${pick(syllables)}${next() < 0.4 ? pick(syllables) : ''}`
  })
}

const words = '我们在这里可以看到一个非常有趣的例子模型生成文本时每次只会输出几个汉字因此流很长'

function ideographs(count: number): string[] {
  const next = randomNumbers(11)
  return Array.from({ length: count }, () => {
    const at = Math.floor(next() * (words.length - 3))
    return words.slice(at, at + 1 + Math.floor(next() * 3))
  })
}

const choice = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
})

function answer(
  deltas: readonly object[],
  finish: string,
  more: (at: number) => object = () => ({}),
): string[] {
  const opening = { role: 'assistant', content: '', refusal: null }
  return [
    frame({ ...envelope, ...choice(opening), usage: null, ...more(0) }),
    ...deltas.map((delta, at) => frame({ ...envelope, ...choice(delta), usage: null, ...more(at + 1) })),
    frame({ ...envelope, ...choice({}, finish), usage: null, ...more(deltas.length + 1) }),
    DONE,
  ]
}

const text = (pieces: readonly string[]): object[] => pieces.map((content) => ({ content }))

function obfuscated(count: number): string[] {
  const next = randomNumbers(3)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const padding = (): string =>
    Array.from({ length: Math.floor(next() * 17) }, () => alphabet[Math.floor(next() * 62)]).join('')
  return answer(text(tokens(count)), 'stop', () => ({ obfuscation: padding() }))
}

/** Every frame has an id of its own, and time goes on. */
function ownIds(count: number): string[] {
  const next = randomNumbers(5)
  return answer(text(tokens(count)), 'stop', (at) => ({
    id: `chatcmpl-${Array.from({ length: 29 }, () => Math.floor(next() * 36).toString(36)).join('')}`,
    created: envelope.created + Math.floor(at / 2),
  }))
}

/** OpenRouter: a comment first, the thought under two keys, then the answer. */
function reasoning(count: number): string[] {
  const head = {
    id: 'gen-1767225600-9Yv2LhJ7sDfA81KeBnCw',
    provider: 'Anthropic',
    model: 'anthropic/claude-sonnet-4.5',
  }
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    frame({
      ...head,
      object: envelope.object,
      created: envelope.created,
      choices: [
        {
          index: 0,
          delta: { role: 'assistant', content: '', ...delta },
          finish_reason,
          native_finish_reason: finish_reason,
          logprobs: null,
        },
      ],
    })
  const thought = (piece: string): object => ({
    reasoning: piece,
    reasoning_details: [{ type: 'reasoning.text', text: piece, format: 'anthropic-claude-v1', index: 0 }],
  })
  const pieces = tokens(count)
  const half = Math.floor(count / 2)
  return [
    ': OPENROUTER PROCESSING\n\n',
    ...pieces.slice(0, half).map((piece) => chunk(thought(piece))),
    ...pieces.slice(half).map((content) => chunk({ content })),
    chunk({}, 'stop'),
    DONE,
  ]
}

/** Four calls whose arguments come by turns. */
function parallelTools(count: number): string[] {
  const indexes = [0, 1, 2, 3]
  const documents = indexes.map((index) => {
    const rows = tokens(Math.ceil(count / 22), 20 + index).map((name, id) => ({ id, name }))
    return JSON.stringify({ rows })
  })
  const begin = indexes.map((index) => ({
    tool_calls: [
      {
        index,
        id: `call_${index}Xq3LmT9`,
        type: 'function',
        function: { name: 'insert_rows', arguments: '' },
      },
    ],
  }))
  const each = Math.floor(count / 4)
  const deltas = Array.from({ length: each * 4 }, (_, at) => {
    const index = at % 4
    const document = documents[index] ?? ''
    const part = Math.floor(at / 4)
    const piece = part === each - 1 ? document.slice(part * 4) : document.slice(part * 4, part * 4 + 4)
    return { tool_calls: [{ index, function: { arguments: piece } }] }
  })
  return answer([...begin, ...deltas], 'tool_calls')
}

/** No frame is like the one before: an unknown key each time, at another place, and other white space. */
function irregular(count: number): string[] {
  const next = randomNumbers(13)
  const spaced = (chunk: object): string => {
    const json = JSON.stringify(chunk)
    return `data: ${next() < 0.5 ? json : json.replace(/":/g, '": ')}\n\n`
  }
  return [
    ...tokens(count).map((content, at) => {
      const odd = { [`k${at % 97}`]: Math.floor(next() * 1e6) }
      const rest = choice(next() < 0.5 ? { content } : { role: 'assistant', content })
      return spaced(next() < 0.5 ? { ...odd, ...envelope, ...rest } : { ...envelope, ...odd, ...rest })
    }),
    frame({ ...envelope, ...choice({}, 'stop') }),
    DONE,
  ]
}

function logprobs(count: number): string[] {
  const next = randomNumbers(17)
  const probability = (token: string) => ({
    token,
    logprob: -Math.round(next() * 1e7) / 1e6,
    bytes: [...new TextEncoder().encode(token)],
  })
  const all = tokens(count)
  return [
    ...all.map((content, at) => {
      const top_logprobs = [0, 1, 2, 3, 4].map((back) => probability(all[(at + back) % count] ?? ''))
      return frame({
        ...envelope,
        choices: [
          {
            index: 0,
            delta: { content },
            logprobs: { content: [{ ...probability(content), top_logprobs }], refusal: null },
            finish_reason: null,
          },
        ],
      })
    }),
    frame({ ...envelope, ...choice({}, 'stop') }),
    DONE,
  ]
}

/** Frames of base64 and frames of transcript by turns. */
function audio(count: number): string[] {
  const next = randomNumbers(23)
  const block = (): string =>
    Buffer.from(Array.from({ length: 3072 }, () => Math.floor(next() * 256))).toString('base64')
  const deltas = tokens(count).map((transcript, at) =>
    at % 2 === 0
      ? { audio: { id: 'audio_6f2ea', transcript } }
      : { audio: { id: 'audio_6f2ea', data: block() } },
  )
  return answer(deltas, 'stop')
}

/** Counters that grow with every frame (vLLM's continuous usage). */
function usage(count: number): string[] {
  return answer(text(tokens(count)), 'stop', (at) => ({
    usage: { prompt_tokens: 512, completion_tokens: at, total_tokens: 512 + at },
  }))
}

export const traffics: readonly Traffic[] = [
  { name: 'text', frames: (deltas) => answer(text(tokens(deltas)), 'stop') },
  { name: 'obfuscated', frames: obfuscated },
  { name: 'cjk', frames: (deltas) => answer(text(ideographs(deltas)), 'stop') },
  { name: 'own-ids', frames: ownIds },
  { name: 'reasoning', frames: reasoning },
  { name: 'parallel-tools', frames: parallelTools },
  { name: 'usage', frames: usage },
  { name: 'irregular', frames: irregular },
  { name: 'logprobs', frames: logprobs },
  { name: 'audio', frames: audio },
]

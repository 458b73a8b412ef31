import { randomNumbers } from '../../spec/helpers/random.ts'
import { choice, DONE, envelope, frame } from './openai.ts'
import type { Stream } from './stream.ts'
import { tokens } from './tokens.ts'

/** Five alternatives for each token: numbers that never repeat. */
export function logprobs(count: number): Stream {
  const next = randomNumbers(17)
  const probability = (token: string) => ({
    token,
    logprob: -Math.round(next() * 1e7) / 1e6,
    bytes: [...new TextEncoder().encode(token)],
  })
  const pieces = tokens(count)
  const frames = [
    frame({ ...envelope, ...choice({ role: 'assistant', content: '' }) }),
    ...pieces.map((content, at) => {
      const top_logprobs = [0, 1, 2, 3, 4].map((back) => probability(pieces[(at + back) % count] ?? ''))
      const logprobs = { content: [{ ...probability(content), top_logprobs }], refusal: null }
      const choices = [{ index: 0, delta: { content }, logprobs, finish_reason: null }]
      return frame({ ...envelope, choices })
    }),
    frame({ ...envelope, ...choice({}, 'stop') }),
    DONE,
  ]
  return { frames, said: { text: pieces.join(''), logprobs: count } }
}

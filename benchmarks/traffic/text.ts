import { randomName, randomNumbers } from '../../spec/helpers/random.ts'
import { answer, envelope } from './openai.ts'
import type { Stream } from './stream.ts'
import { ideographs, tokens } from './tokens.ts'

function textOf(pieces: readonly string[], more?: (at: number) => object): Stream {
  const deltas = pieces.map((content) => ({ content }))
  return { frames: answer(deltas, 'stop', more), said: { text: pieces.join('') } }
}

export const text = (count: number): Stream => textOf(tokens(count))

/** Without a character above U+00FF, an engine has a byte for each; one that is above makes it two for the whole text. */
export const ascii = (count: number): Stream =>
  textOf(tokens(count).map((token) => token.replace(/[^ -~\n\t]/g, '-')))

export const cjk = (count: number): Stream => textOf(ideographs(count))

/** OpenAI pads its frames against an observer of their lengths. */
export function obfuscated(count: number): Stream {
  const next = randomNumbers(3)
  return textOf(tokens(count), () => ({ obfuscation: randomName(next, Math.floor(next() * 17)) }))
}

/** Every frame has an id of its own, and time goes on. */
export function ownIds(count: number): Stream {
  const next = randomNumbers(5)
  return textOf(tokens(count), (at) => ({
    id: `chatcmpl-${randomName(next, 29)}`,
    created: envelope.created + Math.floor(at / 2),
  }))
}

/** Counters that grow with every frame (vLLM's continuous usage). */
export const usage = (count: number): Stream =>
  textOf(tokens(count), (at) => ({
    usage: { prompt_tokens: 512, completion_tokens: at, total_tokens: 512 + at },
  }))

import { randomNumbers } from '../../spec/helpers/random.ts'
import { choice, DONE, envelope, frame } from './openai.ts'
import type { Stream } from './stream.ts'
import { tokens } from './tokens.ts'

/** No frame is like the one before: an unknown key each time, at another place, and other white space. */
export function irregular(count: number): Stream {
  const next = randomNumbers(13)
  const spaced = (chunk: object): string => {
    const json = JSON.stringify(chunk)
    return `data: ${next() < 0.5 ? json : json.replace(/":/g, '": ')}\n\n`
  }
  const pieces = tokens(count)
  const frames = [
    frame({ ...envelope, ...choice({ role: 'assistant', content: '' }) }),
    ...pieces.map((content, at) => {
      const odd = { [`k${at % 97}`]: Math.floor(next() * 1e6) }
      const rest = choice(next() < 0.5 ? { content } : { role: 'assistant', content })
      return spaced(next() < 0.5 ? { ...odd, ...envelope, ...rest } : { ...envelope, ...odd, ...rest })
    }),
    frame({ ...envelope, ...choice({}, 'stop') }),
    DONE,
  ]
  return { frames, said: { text: pieces.join('') } }
}

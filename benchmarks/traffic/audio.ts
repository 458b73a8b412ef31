import { randomNumbers } from '../../spec/helpers/random.ts'
import { answer } from './openai.ts'
import type { Stream } from './stream.ts'
import { tokens } from './tokens.ts'

const BLOCK_BYTES = 3072

/** Frames of base64 and frames of transcript by turns. */
export function audio(count: number): Stream {
  const next = randomNumbers(23)
  const block = (): string =>
    Buffer.from(Array.from({ length: BLOCK_BYTES }, () => Math.floor(next() * 256))).toString('base64')
  const transcript: string[] = []
  const data: string[] = []
  const deltas = tokens(count).map((token, at) => {
    if (at % 2 === 0)
      return { audio: { id: 'audio_6f2ea', transcript: transcript[transcript.push(token) - 1] } }
    return { audio: { id: 'audio_6f2ea', data: data[data.push(block()) - 1] } }
  })
  return {
    frames: answer(deltas, 'stop'),
    said: { transcript: transcript.join(''), audio: data.join('') },
  }
}

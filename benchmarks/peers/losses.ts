import { deepStrictEqual } from 'node:assert'
import type { Said } from '../traffic/stream.ts'

/** What may be missing in the answer of a peer; its text and its calls may not. */
const losable = ['reasoning', 'transcript', 'audio', 'logprobs'] as const

/** What of a stream an answer does not have, or has otherwise. Throws if that is the text, or a call. */
export function lossesOf(answer: Said, said: Said): string[] {
  deepStrictEqual(answer.text, said.text, 'The text is another one')
  deepStrictEqual(answer.calls, said.calls, 'The calls are others')
  return losable
    .filter((key) => said[key] !== undefined && answer[key] !== said[key])
    .map((key) => `${answer[key] ? 'breaks' : 'loses'} ${key}`)
}

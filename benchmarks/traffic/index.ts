import { audio } from './audio.ts'
import { irregular } from './irregular.ts'
import { logprobs } from './logprobs.ts'
import { reasoning } from './reasoning.ts'
import type { Traffic } from './stream.ts'
import { cjk, obfuscated, ownIds, text, usage } from './text.ts'
import { bigArguments, parallelTools } from './tool-calls.ts'

/** The size is a number of deltas; of `big-arguments`, the characters of the arguments. */
export const traffics = {
  text: { name: 'text', stream: text },
  obfuscated: { name: 'obfuscated', stream: obfuscated },
  cjk: { name: 'cjk', stream: cjk },
  'own-ids': { name: 'own-ids', stream: ownIds },
  reasoning: { name: 'reasoning', stream: reasoning },
  'parallel-tools': { name: 'parallel-tools', stream: parallelTools },
  'big-arguments': { name: 'big-arguments', stream: bigArguments },
  usage: { name: 'usage', stream: usage },
  irregular: { name: 'irregular', stream: irregular },
  logprobs: { name: 'logprobs', stream: logprobs },
  audio: { name: 'audio', stream: audio },
} satisfies Readonly<Record<string, Traffic>>

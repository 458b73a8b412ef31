import { deepStrictEqual, strictEqual } from 'node:assert'
import type { AssemblyResult } from '../../lib/result.ts'
import { lossesOf } from '../peers/losses.ts'
import { type Delivery, deliveries } from '../traffic/delivery.ts'
import type { Said, Stream } from '../traffic/stream.ts'
import { floor } from './floor.ts'
import { fold, takePath } from './paths.ts'

export interface Input {
  readonly pieces: readonly Uint8Array[]
  readonly said: Said
  /** Made when an answer is checked: to fold first would warm up what is measured cold. */
  readonly reference: () => { readonly chunks: number; readonly result: AssemblyResult }
}

export function inputOf({ frames, said }: Stream, delivery: Delivery): Input {
  const pieces = deliveries[delivery](frames)
  const reference = () => {
    takePath('plain')
    const result = fold([new TextEncoder().encode(frames.join(''))])
    return { chunks: floor(pieces), result }
  }
  return { pieces, said, reference }
}

/** Our own answer, as one says it who has not seen the wire. */
function saidBy({ completion, toolCalls }: AssemblyResult): Said {
  const [choice] = completion.choices
  const { content, reasoning, audio } = choice?.message ?? {}
  return {
    ...(typeof content === 'string' && content !== '' && { text: content }),
    ...(typeof reasoning === 'string' && { reasoning }),
    ...(toolCalls.length > 0 && { calls: toolCalls.map(({ name, arguments: json }) => [name, json]) }),
    ...(audio && { transcript: audio.transcript, audio: audio.data }),
    ...(choice?.logprobs?.content && { logprobs: choice.logprobs.content.length }),
  }
}

/**
 * The floor has seen every chunk; ours is what the plain path makes of the bytes in one piece, and what the stream
 * says; a peer's says what the stream says, but for its losses. A recording does not tell what it says.
 */
export function checkAnswer(answer: unknown, { said, reference }: Input, isRecorded = false): string[] {
  if (typeof answer === 'function') return lossesOf(answer(), said)
  const { chunks, result } = reference()
  if (typeof answer === 'number') strictEqual(answer, chunks)
  else {
    const ours = answer as AssemblyResult
    deepStrictEqual(comparable(ours), comparable(result))
    if (!isRecorded) deepStrictEqual([ours.status, lossesOf(saidBy(ours), said)], ['complete', []])
  }
  return []
}

/** Its time is its own; everything else must be the same. */
function comparable({ timing: _, ...result }: AssemblyResult): unknown {
  return JSON.parse(JSON.stringify(result))
}

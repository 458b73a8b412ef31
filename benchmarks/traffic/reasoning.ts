import { DONE, envelope, frame } from './openai.ts'
import type { Stream } from './stream.ts'
import { tokens } from './tokens.ts'

const head = {
  id: 'gen-1767225600-9Yv2LhJ7sDfA81KeBnCw',
  provider: 'Anthropic',
  model: 'anthropic/claude-sonnet-4.5',
  object: envelope.object,
  created: envelope.created,
}

const chunk = (delta: object, finish_reason: string | null = null): string =>
  frame({
    ...head,
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

/** OpenRouter: a comment first, the thought under two keys, then the answer. */
export function reasoning(count: number): Stream {
  const pieces = tokens(count)
  const [thoughts, answers] = [pieces.slice(0, count / 2), pieces.slice(count / 2)]
  const frames = [
    ': OPENROUTER PROCESSING\n\n',
    ...thoughts.map((piece) => chunk(thought(piece))),
    ...answers.map((content) => chunk({ content })),
    chunk({}, 'stop'),
    DONE,
  ]
  return { frames, said: { text: answers.join(''), reasoning: thoughts.join('') } }
}

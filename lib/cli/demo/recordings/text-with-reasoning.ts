import { type DemoRecording, recordingOf, said } from '../recording.ts'

const envelope = {
  id: 'chatcmpl-demo-1',
  object: 'chat.completion.chunk',
  created: 1_760_000_000,
  model: 'demo-thinker',
}

const reasoning =
  'They ask why a mirror swaps left and right but not up and down. It swaps neither: it swaps front and back. ' +
  'The left-right swap comes from how we imagine walking round to the other side. Two sentences and a test to try will do.'

const answer =
  'A mirror does not swap left and right. It swaps front and back: your nose points at the glass, and the nose you ' +
  'see points at you. We read it as left-right because we picture turning round to stand there.\n\n' +
  'Try it: point at the mirror, then to your right. Only the first finger points the other way. 🪞'

/** Reasoning first, then the answer, then usage in a chunk without choices. */
export const textWithReasoning: DemoRecording = {
  path: '/text-with-reasoning',
  title: 'Text with reasoning',
  about: 'First the model thinks, then it answers; usage comes last.',
  entries: recordingOf(
    envelope,
    [
      [450, ': waiting for a free worker\n\n'],
      [350, { choices: [{ index: 0, delta: { role: 'assistant', content: null }, finish_reason: null }] }],
      ...said(reasoning, 26, (reasoning_content) => ({ reasoning_content })),
      ...said(answer, 34, (content) => ({ content })),
      [40, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }],
      [
        15,
        {
          choices: [],
          usage: {
            prompt_tokens: 23,
            completion_tokens: 139,
            total_tokens: 162,
            completion_tokens_details: { reasoning_tokens: 59 },
          },
        },
      ],
      [5, 'data: [DONE]\n\n'],
    ],
    'end',
  ),
}

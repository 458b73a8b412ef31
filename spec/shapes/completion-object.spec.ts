import { expect } from 'chai'
import { toReasoningContentCompletion } from '../../lib/shapes.ts'
import type { OpeAIChatCompletion } from '../../lib/wire/index.ts'
import { completionOf, ownRecordings } from './recordings.ts'

describe('the completion object with reasoning_content', () => {
  it('is what docs.ope.ai documents, for every choice', () => {
    const { completion } = toReasoningContentCompletion(completionOf('openai-two-choices-interleaved'))
    expect(Object.keys(completion)).to.deep.equal([
      'id',
      'object',
      'created',
      'model',
      'system_fingerprint',
      'choices',
      'usage',
    ])
    expect(completion.choices.map(({ index }) => index)).to.deep.equal([0, 1])
    for (const choice of completion.choices) {
      expect(Object.keys(choice)).to.deep.equal(['index', 'finish_reason', 'message'])
    }
    const usage: OpeAIChatCompletion['usage'] = completion.usage
    expect(Object.keys(usage)).to.deep.equal(['prompt_tokens', 'completion_tokens', 'total_tokens'])
  })

  it('has the reasoning of any provider under its own name', () => {
    const { completion } = toReasoningContentCompletion(completionOf('openrouter-signature-after-content'))
    expect(completion.choices[0]?.message.reasoning_content).to.be.a('string').that.is.not.equal('')
  })

  it('names what it has no place for, by path', () => {
    const { diagnostics } = toReasoningContentCompletion(completionOf('openai-refusal-with-logprobs'))
    expect(diagnostics.map(({ field }) => field)).to.include('choices[0].logprobs')
  })

  it('never makes up a finish reason for an answer that was cut', () => {
    for (const { name, completion } of ownRecordings()) {
      const written = toReasoningContentCompletion(completion).completion
      expect(
        written.choices.map(({ finish_reason }) => finish_reason),
        name,
      ).to.deep.equal(completion.choices.map(({ finish_reason }) => finish_reason))
    }
  })
})

import { expect } from 'chai'
import { messagesOfRequest, toDatasetItem } from '../../lib/shapes.ts'
import { completionOf } from './recordings.ts'

describe('an item of an orq.ai dataset', () => {
  it('has the messages of the request, the answer, and its text as the expected output', () => {
    const { item, diagnostics } = toDatasetItem(
      { role: 'assistant', content: 'Hi', refusal: null },
      { messages: [{ role: 'user', content: 'Hello' }], inputs: { name: 'Ada' } },
    )
    expect(item).to.deep.equal({
      inputs: { name: 'Ada' },
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi' },
      ],
      expected_output: 'Hi',
    })
    expect(diagnostics).to.deep.equal([])
  })

  it('has the reasoning in the form of today’s releases, which drop the flat fields of 2025', () => {
    const { item } = toDatasetItem(completionOf('orq-reasoning-signature'))
    expect(item.messages).to.deep.equal([
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', reasoning: 'Bees see ultraviolet.', signature: 'EqQBbee+/8' },
          { type: 'text', text: 'Yes, they do.' },
        ],
      },
    ])
    expect(item.expected_output).to.equal('Yes, they do.')
    const plain = toDatasetItem({ role: 'assistant', content: 'Hi', refusal: null, reasoning: 'Why.' })
    expect(plain.item.messages).to.deep.equal([
      { role: 'assistant', content: 'Hi', reasoning_content: 'Why.' },
    ])
  })

  it('has a thought once, not as a part and flat as well', () => {
    const { item } = toDatasetItem({
      role: 'assistant',
      content: 'Hi',
      refusal: null,
      reasoning: 'Why.',
      reasoning_details: [
        { type: 'reasoning.text', text: 'Why.', signature: 's', format: 'anthropic-claude-v1', index: 0 },
      ],
    })
    expect(item.messages).to.deep.equal([
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', reasoning: 'Why.', signature: 's' },
          { type: 'text', text: 'Hi' },
        ],
      },
    ])
  })

  it('refers to a spoken answer by its id, and names what stays behind', () => {
    const { item, diagnostics } = toDatasetItem({
      role: 'assistant',
      content: null,
      refusal: null,
      audio: { id: 'audio_1', data: 'AAAA', transcript: 'Hi', expires_at: 1 },
    })
    expect(item.messages).to.deep.equal([{ role: 'assistant', audio: { id: 'audio_1' } }])
    expect(diagnostics.map(({ field }) => field)).to.have.members([
      'audio.data',
      'audio.transcript',
      'audio.expires_at',
    ])
  })

  it('takes its messages from a recorded request body', () => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'Hello' }, { content: 'no role' }, 7] }
    expect(messagesOfRequest(body)).to.deep.equal([{ role: 'user', content: 'Hello' }])
    expect(messagesOfRequest(undefined)).to.deep.equal([])
  })
})

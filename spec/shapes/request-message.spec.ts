import { expect } from 'chai'
import {
  fromMessage,
  type ProviderName,
  providerNames,
  providerRules,
  shapes,
  toMessage,
  toolMessages,
  toRequestMessage,
  toShape,
} from '../../lib/shapes.ts'
import type { ChatCompletionResponseMessage } from '../../lib/wire/index.ts'
import { describeShared } from '../helpers/shared.ts'
import { completionOf, ownRecordings, type Recording, sharedRecordings } from './recordings.ts'

type Message = ChatCompletionResponseMessage

const call = { id: 'call_1', type: 'function' as const, function: { name: 'f', arguments: '{}' } }
const said = (fields: Partial<Message>): Message => ({
  role: 'assistant',
  content: 'Hi',
  refusal: null,
  ...fields,
})
const called = (fields: Partial<Message>): Message => said({ content: null, tool_calls: [call], ...fields })
const sent = <Provider extends ProviderName>(message: Message, provider: Provider) =>
  toRequestMessage(message, provider).message

describe('the assistant message of the next request', () => {
  it('to OpenAI has no reasoning, under no name', () => {
    const message = said({ reasoning: 'Why.', reasoning_content: 'Why.', reasoning_details: [] })
    expect(sent(message, 'openai')).to.deep.equal({ role: 'assistant', content: 'Hi' })
  })

  it('to OpenRouter has the reasoning details unmodified and in order', () => {
    const fixtures = [
      'openrouter-signature-after-content',
      'openrouter-text-and-encrypted-same-index',
      'openrouter-summary-and-encrypted-same-index',
      'openrouter-two-encrypted-same-index',
      'openrouter-empty-details',
    ]
    for (const fixture of fixtures) {
      const message = completionOf(fixture).choices[0]?.message
      if (message === undefined) throw new Error('the fixture has a message')
      const { message: written, diagnostics } = toRequestMessage(message, 'openrouter')
      expect(written.reasoning_details, fixture).to.deep.equal(message.reasoning_details)
      expect(diagnostics, fixture).to.deep.equal([])
    }
  })

  it('to OpenRouter has no thought of Claude that lost its signature: the whole request would be refused', () => {
    const signed = {
      type: 'reasoning.text',
      text: 'A',
      signature: 's',
      format: 'anthropic-claude-v1',
      index: 0,
    }
    const cut = { type: 'reasoning.text', text: 'B', format: 'anthropic-claude-v1', index: 1 }
    const both = toRequestMessage(said({ reasoning: 'AB', reasoning_details: [signed, cut] }), 'openrouter')
    expect(both.message.reasoning_details).to.deep.equal([signed])
    expect(both.diagnostics.map(({ code, field }) => `${code} ${field}`)).to.include(
      'unsigned_reasoning reasoning_details[1]',
    )
    expect(sent(said({ reasoning: 'B', reasoning_details: [cut] }), 'openrouter')).to.not.have.any.keys(
      'reasoning_details',
    )
  })

  it('to DeepSeek V4 has reasoning_content, even an empty one beside tool calls', () => {
    expect(sent(called({ reasoning_content: 'Why.' }), 'deepseek')).to.deep.equal({
      role: 'assistant',
      content: null,
      reasoning_content: 'Why.',
      tool_calls: [call],
    })
    const { message, diagnostics } = toRequestMessage(called({}), 'deepseek')
    expect(message).to.include({ reasoning_content: '' })
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['filled_in'])
    expect(sent(said({}), 'deepseek')).to.not.have.any.keys('reasoning_content')
  })

  it('to DeepSeek has it whoever the thought came from', () => {
    const blocks = called({ thinking_blocks: [{ type: 'thinking', thinking: 'Why.', signature: 's' }] })
    expect(sent(blocks, 'deepseek')).to.include({ reasoning_content: 'Why.' })
    expect(sent(called({ reasoning: 'Why.' }), 'deepseek')).to.include({ reasoning_content: 'Why.' })
  })

  it('to DeepSeek R1 has none, because it answers 400', () => {
    expect(sent(said({ reasoning_content: 'Why.' }), 'deepseek-r1')).to.deep.equal({
      role: 'assistant',
      content: 'Hi',
    })
  })

  it('to Kimi has one that is not empty beside tool calls, and is never empty itself', () => {
    expect(sent(called({}), 'kimi')).to.include({ reasoning_content: ' ' })
    expect(sent(called({ reasoning_content: '' }), 'kimi')).to.include({ reasoning_content: ' ' })
    const { diagnostics } = toRequestMessage(said({ content: '' }), 'kimi')
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['empty_message'])
  })

  it('to Groq and Cerebras has reasoning, and never reasoning_content', () => {
    for (const provider of ['groq', 'cerebras', 'vllm', 'cloudflare'] as const) {
      const message = sent(said({ reasoning_content: 'Why.' }), provider)
      expect(message, provider).to.deep.equal({ role: 'assistant', content: 'Hi', reasoning: 'Why.' })
    }
  })

  it('to Gemini has each signature on its own call', () => {
    const signature = { google: { thought_signature: 'sig' } }
    expect(
      sent(
        called({
          tool_calls: [
            { ...call, extra_content: signature },
            { ...call, id: 'b' },
          ],
        }),
        'gemini',
      ),
    ).to.deep.equal({
      role: 'assistant',
      content: null,
      tool_calls: [
        { ...call, extra_content: signature },
        { ...call, id: 'b' },
      ],
    })
    const fromOrq = called({ tool_calls: [{ ...call, thought_signature: 'sig' }] })
    expect(sent(fromOrq, 'gemini').tool_calls).to.deep.equal([{ ...call, extra_content: signature }])
  })

  it('to Mistral has its thoughts as parts, and no field it does not know', () => {
    const message = called({
      reasoning_content: 'Why.',
      tool_calls: [{ ...call, index: 0, extra_content: {} }],
      annotations: [],
    })
    expect(sent(message, 'mistral')).to.deep.equal({
      role: 'assistant',
      content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Why.' }], closed: true }],
      tool_calls: [call],
    })
  })

  it('to orq.ai has signed and redacted reasoning as parts, other reasoning as reasoning_content', () => {
    const signed = said({ reasoning: 'Why.', reasoning_signature: 's', redacted_reasoning: 'r' })
    expect(sent(signed, 'orq')).to.deep.equal({
      role: 'assistant',
      content: [
        { type: 'reasoning', reasoning: 'Why.', signature: 's' },
        { type: 'redacted_reasoning', data: 'r' },
        { type: 'text', text: 'Hi' },
      ],
    })
    expect(sent(said({ reasoning: 'Why.' }), 'orq')).to.deep.equal({
      role: 'assistant',
      content: 'Hi',
      reasoning_content: 'Why.',
    })
  })

  it('to LiteLLM has the thinking blocks unmodified', () => {
    const message = completionOf('litellm-thinking-blocks').choices[0]?.message
    if (message === undefined) throw new Error('the fixture has a message')
    expect(sent(message, 'litellm').thinking_blocks).to.deep.equal(message.thinking_blocks)
  })

  it('to Copilot has the text and the opaque state it came with', () => {
    const message = said({ reasoning_text: 'Why.', reasoning_opaque: 'b3BhcXVl' })
    expect(sent(message, 'copilot')).to.deep.equal({
      role: 'assistant',
      content: 'Hi',
      reasoning_text: 'Why.',
      reasoning_opaque: 'b3BhcXVl',
    })
  })

  it('has null content beside tool calls, "" where null is refused, and never null without reason', () => {
    expect(sent(called({}), 'openai').content).to.equal(null)
    expect(sent(called({ content: '' }), 'openai').content).to.equal(null)
    expect(sent(called({}), 'ollama').content).to.equal('')
    expect(sent(called({}), 'mistral').content).to.equal('')
    expect(sent(said({ content: null }), 'openai').content).to.equal('')
    expect(sent(said({ content: null, refusal: 'No.' }), 'openai')).to.deep.equal({
      role: 'assistant',
      content: null,
      refusal: 'No.',
    })
  })

  it('refers to a spoken answer by its id', () => {
    const message = said({
      content: null,
      audio: { id: 'audio_1', data: 'AAAA', transcript: 'Hi', expires_at: 1 },
    })
    expect(sent(message, 'openai')).to.deep.equal({
      role: 'assistant',
      content: null,
      audio: { id: 'audio_1' },
    })
  })

  it('has no reasoning at all for a model that does not reason, if the caller says so', () => {
    const { message } = toRequestMessage(called({ reasoning_content: 'Why.' }), 'kimi', { reasoning: false })
    expect(message).to.deep.equal({ role: 'assistant', content: null, tool_calls: [call] })
  })

  it('throws on a provider without a rule, and names those that have one', () => {
    const name: string = 'acme'
    // @ts-expect-error the compiler refuses it too
    expect(() => toRequestMessage(said({}), name)).to.throw(RangeError, 'openai for any other')
  })

  it('comes from a stored UIMessage as from the message itself', () => {
    const completion = completionOf('openrouter-text-and-encrypted-same-index')
    const stored = toMessage(completion, 'ai-ui').message
    const { message } = fromMessage(stored, 'ai-ui')
    expect(sent(message, 'openrouter')).to.deep.equal(toRequestMessage(completion, 'openrouter').message)
  })
})

/** Fields that a strict server answers with 400 or 422; none of them may ever be sent to it. */
const refused: { readonly [Provider in ProviderName]?: readonly string[] } = {
  openai: ['reasoning', 'reasoning_content', 'reasoning_details', 'annotations', 'channel'],
  groq: ['reasoning_content', 'reasoning_details', 'channel', 'executed_tools', 'annotations'],
  cerebras: ['reasoning_content', 'reasoning_details'],
  mistral: ['reasoning_content', 'reasoning', 'refusal', 'audio', 'annotations', 'index'],
  'deepseek-r1': ['reasoning_content'],
}

/** The schemas of these know no calls of custom tools. */
const functionsOnly: ReadonlySet<ProviderName> = new Set(['mistral', 'openrouter', 'orq'])

function isSafe(recordings: () => Recording[]): void {
  it('never has a field the provider is known to refuse, and always an id and a name for each call', () => {
    for (const { name, completion } of recordings()) {
      for (const { index } of completion.choices) {
        for (const provider of providerNames) {
          const { message } = toRequestMessage(completion, provider, { choice: index })
          const fields = Object.keys(message).filter((field) => refused[provider]?.includes(field))
          expect(fields, `${provider} ${name}`).to.deep.equal([])
          const calls = completion.choices.find((choice) => choice.index === index)?.message.tool_calls ?? []
          const functions = calls.filter(({ type }) => type !== 'custom' || !functionsOnly.has(provider))
          expect(message.tool_calls?.map(({ id }) => id) ?? [], `${provider} ${name}`).to.deep.equal(
            functions.map(({ id }) => id),
          )
        }
      }
    }
  })

  it('gives signed and encrypted reasoning back exactly where it came from', () => {
    for (const { name, completion } of recordings()) {
      for (const { index, message } of completion.choices) {
        const written = toRequestMessage(completion, 'openrouter', { choice: index }).message
        const last = message.reasoning_details?.at(-1)
        const isCut =
          last?.format === 'anthropic-claude-v1' && last.type === 'reasoning.text' && !last.signature
        if (message.reasoning_details !== undefined && !isCut) {
          expect(written.reasoning_details, name).to.deep.equal(message.reasoning_details)
        }
      }
    }
  })
}

describe('requests made of our streams', () => {
  const recordings = ownRecordings()
  isSafe(() => recordings)
})

describeShared('requests made of 913 recordings', function () {
  this.timeout(20_000)
  const recordings = sharedRecordings()
  isSafe(() => recordings)
})

describe('the rules of the providers', () => {
  it('say who says so', () => {
    for (const [provider, { evidence, rule }] of Object.entries(providerRules)) {
      expect(rule, provider).to.not.equal('')
      for (const source of evidence) expect(source, provider).to.match(/^(https:\/\/|npm )/)
    }
  })

  it('are formats of the command', () => {
    for (const provider of providerNames) {
      expect(shapes.has(`request:${provider}`)).to.equal(true)
      const { message } = toShape(said({}), `request:${provider}`)
      expect(message).to.deep.equal(sent(said({}), provider))
    }
    expect(() => toShape(said({}), 'request:acme')).to.throw(RangeError)
  })
})

describe('the messages of tools', () => {
  const message = called({ tool_calls: [call, { ...call, id: 'call_2' }, { ...call, id: 'call_3' }] })

  it('are in the order of the calls, whatever the order of the answers', () => {
    const answers = [
      { call: 'call_3', output: 'c' },
      { call: 'call_1', output: { a: 1 } },
      { call: { id: 'call_2', index: 1, name: 'f' }, output: undefined },
    ]
    expect(toolMessages(answers, { message })).to.deep.equal({
      messages: [
        { role: 'tool', tool_call_id: 'call_1', content: '{"a":1}' },
        { role: 'tool', tool_call_id: 'call_2', content: '' },
        { role: 'tool', tool_call_id: 'call_3', content: 'c' },
      ],
      diagnostics: [],
    })
  })

  it('follow the index of the calls where there is no message', () => {
    const answers = [
      { call: { id: 'b', index: 1 }, output: 'B' },
      { call: { id: 'a', index: 0 }, output: 'A' },
    ]
    expect(toolMessages(answers).messages.map(({ content }) => content)).to.deep.equal(['A', 'B'])
  })

  it('carry the tool’s name where the provider wants it', () => {
    const { messages } = toolMessages([{ call: 'call_1', output: 'a' }], {
      message: called({}),
      provider: 'mistral',
    })
    expect(messages).to.deep.equal([{ role: 'tool', tool_call_id: 'call_1', content: 'a', name: 'f' }])
  })

  it('name the calls that have no answer and the answers that have no call', () => {
    const { diagnostics } = toolMessages(
      [
        { call: 'call_9', output: 'x' },
        { call: 'call_1', output: 'a' },
      ],
      { message },
    )
    expect(diagnostics.map(({ code, field }) => `${code} ${field}`)).to.deep.equal([
      'unknown_call call_9',
      'missing_answer tool_calls[1]',
      'missing_answer tool_calls[2]',
    ])
  })
})

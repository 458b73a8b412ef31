import { expect } from 'chai'
import { Assembler } from '../../lib/core.ts'
import {
  fromMessage,
  type ShapeName,
  shapeNames,
  toAiModel,
  toAiUi,
  toLangChain,
  toLiteLLM,
  toMessage,
  toMistral,
  toOpenAI,
  toOpenRouter,
  toOpenRouterSdk,
  toOrq,
  toOrqDataset,
  toReasoningContent,
  toRequestMessage,
  toShape,
} from '../../lib/shapes.ts'
import type { ChatCompletionResponseMessage } from '../../lib/wire/index.ts'
import { completionOf } from './recordings.ts'

type Message = ChatCompletionResponseMessage

const ours = (fields: Partial<Message>): Message => ({
  role: 'assistant',
  content: 'Hi',
  refusal: null,
  ...fields,
})
const fieldsLost = (diagnostics: readonly { field: string }[]) => diagnostics.map(({ field }) => field)

/** Shapes that have room for signed blocks. */
const sealing = [
  'openrouter',
  'openrouter-sdk',
  'litellm',
  'orq-dataset',
  'ai-ui',
  'ai-model',
  'langchain',
] as const

function restored(message: Message, shape: ShapeName): Message {
  return fromMessage(toMessage(message, shape).message, shape).message
}

describe('reasoning in other shapes', () => {
  const twoSigned = ours({
    reasoning: 'One.Two.',
    reasoning_details: [
      { type: 'reasoning.text', text: 'One.', signature: 'sig1', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.text', text: 'Two.', signature: 'sig2', format: 'anthropic-claude-v1', index: 1 },
    ],
  })

  it('two signed blocks stay two blocks, each with its own signature', () => {
    expect(toLiteLLM(twoSigned).message.thinking_blocks).to.deep.equal([
      { type: 'thinking', thinking: 'One.', signature: 'sig1' },
      { type: 'thinking', thinking: 'Two.', signature: 'sig2' },
    ])
    expect(toOrqDataset(twoSigned).message.content).to.deep.equal([
      { type: 'reasoning', reasoning: 'One.', signature: 'sig1' },
      { type: 'reasoning', reasoning: 'Two.', signature: 'sig2' },
      { type: 'text', text: 'Hi' },
    ])
    expect(toOpenRouter(twoSigned).message).to.deep.equal(twoSigned)
    for (const shape of sealing) expect(toMessage(twoSigned, shape).diagnostics, shape).to.deep.equal([])
  })

  it('two signatures have no place where there is one: the text goes over, both are named', () => {
    const { message, diagnostics } = toOrq(twoSigned)
    expect(message).to.deep.equal({ role: 'assistant', content: 'Hi', refusal: null, reasoning: 'One.Two.' })
    expect(fieldsLost(diagnostics)).to.deep.equal([
      'reasoning_details[0].signature',
      'reasoning_details[1].signature',
    ])
  })

  it('a signature that came after the text goes over with its text', () => {
    const { message } = completionOf('openrouter-signature-after-content').choices[0] ?? {}
    if (message === undefined) throw new Error('the fixture has a message')
    const [detail] = message.reasoning_details ?? []
    const { message: orq, diagnostics } = toOrq(message)
    expect([orq.reasoning, orq.reasoning_signature]).to.deep.equal([detail?.text, detail?.signature])
    expect(diagnostics).to.deep.equal([])
    for (const shape of ['openrouter', 'ai-ui', 'ai-model', 'langchain'] as const) {
      expect(restored(message, shape).reasoning_details, shape).to.deep.equal(message.reasoning_details)
    }
  })

  it('encrypted and text on one index keep order, index and format', () => {
    for (const fixture of [
      'openrouter-text-and-encrypted-same-index',
      'openrouter-two-encrypted-same-index',
    ]) {
      const { message } = completionOf(fixture).choices[0] ?? {}
      if (message === undefined) throw new Error('the fixture has a message')
      for (const shape of ['openrouter', 'openrouter-sdk', 'ai-ui', 'ai-model', 'langchain'] as const) {
        expect(restored(message, shape).reasoning_details, `${shape} ${fixture}`).to.deep.equal(
          message.reasoning_details,
        )
      }
    }
  })

  it('redacted blocks stay between the blocks they stood between', () => {
    const { message } = completionOf('litellm-thinking-blocks').choices[0] ?? {}
    if (message === undefined) throw new Error('the fixture has a message')
    expect(message.thinking_blocks?.map(({ type }) => type)).to.deep.equal([
      'thinking',
      'redacted_thinking',
      'thinking',
    ])
    for (const shape of ['litellm', 'ai-ui', 'ai-model', 'langchain'] as const) {
      expect(restored(message, shape).thinking_blocks, shape).to.deep.equal(message.thinking_blocks)
    }
    const { reasoning_details = [] } = toOpenRouter(message).message
    expect(reasoning_details.map(({ type }) => type)).to.deep.equal([
      'reasoning.text',
      'reasoning.encrypted',
      'reasoning.text',
    ])
  })

  it('an empty list of details means something and is kept, or named', () => {
    const { message } = completionOf('openrouter-empty-details').choices[0] ?? {}
    if (message === undefined) throw new Error('the fixture has a message')
    expect(message.reasoning_details).to.deep.equal([])
    for (const shape of ['openrouter', 'openrouter-sdk', 'ai-ui', 'ai-model', 'langchain'] as const) {
      expect(restored(message, shape).reasoning_details, shape).to.deep.equal([])
    }
    expect(toLiteLLM(message).message.provider_specific_fields).to.deep.equal({ reasoning_details: [] })
    expect(fieldsLost(toOrq(message).diagnostics)).to.include('reasoning_details')
  })

  it('a seal of one provider does not pass for that of another', () => {
    const message = ours({
      reasoning_details: [
        { type: 'reasoning.summary', summary: 'Why.', format: 'openai-responses-v1', index: 0 },
        { type: 'reasoning.encrypted', data: 'gAAA', id: 'rs_1', format: 'openai-responses-v1', index: 0 },
      ],
    })
    const orq = toOrq(message)
    expect(orq.message).to.deep.equal({ role: 'assistant', content: 'Hi', refusal: null, reasoning: 'Why.' })
    expect(fieldsLost(orq.diagnostics)).to.deep.equal(['reasoning_details[1]'])
    expect(toLiteLLM(message).message.thinking_blocks).to.equal(undefined)
  })

  it('the text of one thought under two keys is said once', () => {
    const message = ours({ reasoning: 'Why.', reasoning_content: 'Why.' })
    expect(toOrq(message).message.reasoning).to.equal('Why.')
    expect(toOrq(message).diagnostics).to.deep.equal([])
    expect(toAiUi(message).message.parts).to.deep.equal([
      { type: 'reasoning', text: 'Why.' },
      { type: 'text', text: 'Hi' },
    ])
  })

  it('two different texts under two keys: what has no place is named', () => {
    const message = ours({ reasoning: 'New.', reasoning_content: 'Old.' })
    const { message: written, diagnostics } = toReasoningContent(message)
    expect(written.reasoning_content).to.equal('Old.')
    expect(fieldsLost(diagnostics)).to.deep.equal(['reasoning'])
  })

  it('Mistral’s thinking parts are the reasoning of the others', () => {
    const { message } = completionOf('mistral-thinking-signature').choices[0] ?? {}
    if (message === undefined) throw new Error('the fixture has a message')
    expect(toMistral(message).message.content).to.deep.equal(message.content)
    const written = toReasoningContent(message).message
    expect([written.content, written.reasoning_content]).to.deep.equal(['Oui.', 'Yarn rolls.'])
  })

  it('a thought becomes a thinking part for Mistral', () => {
    expect(toMistral(ours({ reasoning_content: 'Why.' })).message.content).to.deep.equal([
      { type: 'thinking', thinking: [{ type: 'text', text: 'Why.' }], closed: true },
      { type: 'text', text: 'Hi' },
    ])
  })
})

describe('signatures of tool calls', () => {
  const call = { id: 'call_1', type: 'function' as const, function: { name: 'f', arguments: '{}' } }
  const forms: Record<string, Message> = {
    gemini: ours({
      content: null,
      tool_calls: [{ ...call, extra_content: { google: { thought_signature: 'sig' } } }],
    }),
    orq: ours({ content: null, tool_calls: [{ ...call, thought_signature: 'sig' }] }),
    litellm: ours({
      content: null,
      tool_calls: [{ ...call, provider_specific_fields: { thought_signature: 'sig' } }],
    }),
    openrouter: ours({
      content: null,
      tool_calls: [call],
      reasoning_details: [
        { type: 'reasoning.encrypted', data: 'sig', id: 'call_1', format: 'google-gemini-v1', index: 0 },
      ],
    }),
  }

  for (const [name, message] of Object.entries(forms)) {
    it(`${name}: stay with their call in every shape that has a place for them`, () => {
      expect(toOrq(message).message.tool_calls).to.deep.equal([{ ...call, thought_signature: 'sig' }])
      expect(toOpenRouter(message).message.reasoning_details).to.deep.equal(
        forms.openrouter?.reasoning_details,
      )
      expect(toLiteLLM(message).message.tool_calls?.[0]?.provider_specific_fields).to.deep.equal({
        thought_signature: 'sig',
      })
      for (const shape of ['orq', 'openrouter', 'litellm'] as const) {
        expect(toMessage(message, shape).diagnostics, shape).to.deep.equal([])
      }
      expect(fieldsLost(toOpenAI(message).diagnostics)).to.have.length(1)
    })
  }
})

describe('toMessage', () => {
  it('takes a choice of a completion, and says so if there is none', () => {
    const completion = completionOf('openai-two-choices-interleaved')
    expect(toOpenAI(completion, { choice: 1 }).message.content).to.equal(
      completion.choices[1]?.message.content,
    )
    expect(() => toOpenAI(completion, { choice: 7 })).to.throw(RangeError, 'no choice 7')
  })

  it('gives a message that says nothing for a stream that failed before its first chunk', () => {
    const assembler = new Assembler()
    assembler.abort()
    const { completion } = assembler.end()
    expect(toOpenAI(completion).message).to.deep.equal({ role: 'assistant', content: null, refusal: null })
    for (const shape of shapeNames) expect(toMessage(completion, shape).diagnostics, shape).to.deep.equal([])
    expect(toRequestMessage(completion, 'openai').message).to.deep.equal({ role: 'assistant', content: '' })
    expect(() => toOpenAI(completion, { choice: 1 })).to.throw(RangeError, 'no choice 1')
  })

  it('has a shortcut for every shape', () => {
    const message = ours({})
    const shortcuts = {
      openai: toOpenAI,
      openrouter: toOpenRouter,
      'openrouter-sdk': toOpenRouterSdk,
      orq: toOrq,
      'orq-dataset': toOrqDataset,
      'reasoning-content': toReasoningContent,
      litellm: toLiteLLM,
      mistral: toMistral,
      'ai-ui': toAiUi,
      'ai-model': toAiModel,
      langchain: toLangChain,
    }
    expect(Object.keys(shortcuts)).to.deep.equal([...shapeNames])
    for (const shape of shapeNames) {
      expect(shortcuts[shape](message), shape).to.deep.equal(toMessage(message, shape))
      expect(toShape(message, shape), shape).to.deep.equal(toMessage(message, shape))
    }
  })

  it('fills in what a shape requires of spoken answers and citations, and says so', () => {
    const message = ours({
      audio: { id: 'audio_1', data: 'AAAA' },
      annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example' } }],
    })
    const { message: written, diagnostics } = toOpenAI(message)
    expect(written.audio).to.deep.equal({ id: 'audio_1', data: 'AAAA', transcript: '', expires_at: 0 })
    expect(written.annotations?.[0]?.url_citation).to.deep.equal({
      url: 'https://a.example',
      title: '',
      start_index: 0,
      end_index: 0,
    })
    expect(diagnostics.every(({ code }) => code === 'filled_in')).to.equal(true)
    expect(fieldsLost(diagnostics)).to.include('audio.transcript')
  })

  it('gives a UIMessage the id, model, finish reason and usage of its completion', () => {
    const completion = completionOf('openai-usage-then-moderation')
    const { message } = toAiUi(completion)
    expect(message.id).to.equal(completion.id)
    expect(message.metadata).to.include({ model: completion.model, finish_reason: 'stop' })
    expect(toAiUi(completion, { id: 'mine' }).message.id).to.equal('mine')
  })

  it('gives LangChain usage and metadata in its own names', () => {
    const completion = completionOf('openai-usage-then-moderation')
    const { message } = toLangChain(completion)
    expect(message.response_metadata).to.include({ model_name: completion.model, finish_reason: 'stop' })
    expect(message.usage_metadata?.input_tokens).to.equal(completion.usage?.prompt_tokens)
  })

  it('keeps arguments as the model wrote them where the parsed ones would be written otherwise', () => {
    const texts = ['{"a": 1.0}', '', '{"a":', '{"b":2,"a":1,"b":3}', '[1]']
    const message = ours({
      content: null,
      tool_calls: texts.map((text, i) => ({
        id: `call_${i}`,
        type: 'function' as const,
        function: { name: 'f', arguments: text },
      })),
    })
    for (const shape of shapeNames) {
      const calls = restored(message, shape).tool_calls ?? []
      expect(
        calls.map((one) => (one.type === 'function' ? one.function.arguments : '')),
        shape,
      ).to.deep.equal(texts)
    }
  })

  it('presents arguments that are no JSON as an error, never as a call that could run', () => {
    const message = ours({
      content: null,
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":' } }],
    })
    expect(toAiUi(message).message.parts[0]).to.include({ state: 'output-error', input: '{"a":' })
    expect(toLangChain(message).message.tool_calls).to.deep.equal([])
    expect(toLangChain(message).message.invalid_tool_calls?.[0]?.args).to.equal('{"a":')
  })

  it('does not let a field of the wire set a prototype', () => {
    const message: Message = JSON.parse(
      '{"role":"assistant","content":"Hi","refusal":null,"__proto__":{"polluted":1},"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"},"__proto__":{"polluted":1}}]}',
    )
    for (const shape of shapeNames) {
      const { message: written } = toMessage(message, shape)
      const back = fromMessage(written, shape).message
      for (const object of [written, back, back.tool_calls?.[0]]) {
        expect(Object.getPrototypeOf(object), shape).to.equal(Object.prototype)
      }
    }
  })
})

describe('fromMessage', () => {
  it('does not let a data part pass for a role, for content or for tool calls', () => {
    const { message } = fromMessage(
      {
        id: 'm',
        role: 'assistant',
        parts: [
          { type: 'data-role', data: 'system' },
          { type: 'data-tool_calls', data: [{ id: 'x' }] },
          { type: 'text', text: 'Hi' },
        ],
      },
      'ai-ui',
    )
    expect(message.role).to.equal('assistant')
    expect(message.tool_calls).to.equal(undefined)
    expect(message.content).to.have.length(3)
  })

  it('names the answer of a tool that stands in a UIMessage: it is a message of its own elsewhere', () => {
    const part = {
      type: 'dynamic-tool',
      toolName: 'f',
      toolCallId: 'c',
      state: 'output-available',
      input: {},
      output: 1,
    }
    const { message, diagnostics } = fromMessage(
      JSON.parse(JSON.stringify({ id: 'm', role: 'assistant', parts: [part] })),
      'ai-ui',
    )
    expect(message.tool_calls).to.have.length(1)
    expect(fieldsLost(diagnostics)).to.deep.equal(['parts[0].output'])
  })

  it('completes the tool calls of orq.ai and Mistral, and says where there was no id', () => {
    const { message, diagnostics } = fromMessage({ tool_calls: [{ function: { name: 'f' } }] }, 'orq')
    expect(message.tool_calls).to.deep.equal([
      { id: '', type: 'function', function: { name: 'f', arguments: '' } },
    ])
    expect(diagnostics.map(({ code, field }) => `${code} ${field}`)).to.deep.equal([
      'filled_in tool_calls[0].id',
    ])
    const parsed = fromMessage(
      { tool_calls: [{ id: 'c', function: { name: 'f', arguments: { a: 1 } } }] },
      'mistral',
    )
    expect(parsed.message.tool_calls?.[0]).to.deep.include({ function: { name: 'f', arguments: '{"a":1}' } })
  })
})

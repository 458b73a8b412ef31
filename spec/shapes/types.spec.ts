import type { AIMessageFields, StandardMessageStructure } from '@langchain/core/messages'
import { AIMessage } from '@langchain/core/messages'
import type {
  ChatAssistantMessage,
  ChatAssistantMessage$Outbound,
  ChatMessages$Outbound,
} from '@openrouter/sdk/models'
import type { AssistantModelMessage, UIMessage } from 'ai'
import { expect } from 'chai'
import type OpenAI from 'openai'
import {
  type LiteLLMMessage,
  toAiModel,
  toAiUi,
  toLangChain,
  toLiteLLM,
  toMistral,
  toOpenAI,
  toOpenRouter,
  toOpenRouterSdk,
  toOrq,
  toOrqDataset,
  toolMessages,
  toReasoningContent,
  toRequestMessage,
} from '../../lib/shapes.ts'
import type {
  ChatCompletionResponseMessage,
  KnownFields,
  MistralAssistantMessage,
  OpeAIChatCompletionMessage,
} from '../../lib/wire/index.ts'
import { completionOf } from './recordings.ts'
import type { OrqDatasetMessage, OrqMessage } from './sdk-types.ts'

// The compiler is the judge here: each assignment says that the system's own type accepts ours.

const completion = completionOf('orq-reasoning-signature')

describe('what toMessage gives is what the systems’ own types ask for', () => {
  it('openai: ChatCompletionMessage', () => {
    const message: OpenAI.ChatCompletionMessage = toOpenAI(completion).message
    expect(message.role).to.equal('assistant')
  })

  it('openai: as the assistant message of a request, whoever the client talks to', () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      toRequestMessage(completion, 'openai').message,
      toRequestMessage(completion, 'deepseek').message,
      toRequestMessage(completion, 'gemini').message,
      ...toolMessages([{ call: 'call_1', output: { ok: true } }]).messages,
    ]
    expect(messages.map(({ role }) => role)).to.deep.equal(['assistant', 'assistant', 'assistant', 'tool'])
  })

  it('@openrouter/sdk: a message of a request', () => {
    const message: ChatMessages$Outbound = toRequestMessage(
      toOpenRouter(completion).message,
      'openrouter',
    ).message
    expect(message.role).to.equal('assistant')
  })

  it('@openrouter/sdk: ChatAssistantMessage, in its own spelling and on the wire', () => {
    const sdk: ChatAssistantMessage = toOpenRouterSdk(completion).message
    const wire: ChatAssistantMessage$Outbound = toOpenRouter(completion).message
    expect([sdk.role, wire.role]).to.deep.equal(['assistant', 'assistant'])
  })

  it('@orq-ai/node: the message of a completion and of a dataset item, in its spelling', () => {
    const message: OrqMessage = toOrq(completion).message
    const item: OrqDatasetMessage = toOrqDataset(completion).message
    expect([message.role, item.role]).to.deep.equal(['assistant', 'assistant'])
  })

  it('ai: UIMessage and AssistantModelMessage', () => {
    const ui: UIMessage = toAiUi(completion).message
    const model: AssistantModelMessage = toAiModel(completion).message
    expect([ui.role, model.role]).to.deep.equal(['assistant', 'assistant'])
  })

  it('@langchain/core: the fields of an AIMessage', () => {
    const fields: AIMessageFields<StandardMessageStructure> = toLangChain(completion).message
    expect(new AIMessage(fields).getType()).to.equal('ai')
  })

  it('the wire types of the systems without a package', () => {
    const reasoning: OpeAIChatCompletionMessage = toReasoningContent(completion).message
    const mistral: MistralAssistantMessage = toMistral(completion).message
    const litellm: LiteLLMMessage = toLiteLLM(completion).message
    expect([reasoning.role, mistral.role, litellm.role]).to.deep.equal([
      'assistant',
      'assistant',
      'assistant',
    ])
  })
})

describe('the systems’ types refuse', () => {
  it('what is not theirs, so the assignments above mean something', () => {
    // @ts-expect-error a signature is text
    const orq: OrqMessage = { role: 'assistant', reasoning_signature: 1 }
    // @ts-expect-error today's dataset message has its call's id
    const item: OrqDatasetMessage = { role: 'assistant', tool_calls: [{ type: 'function', function: {} }] }
    // @ts-expect-error a tool part has a state
    const part: UIMessage['parts'][number] = {
      type: 'dynamic-tool',
      toolName: 'f',
      toolCallId: 'c',
      input: {},
    }
    expect([orq.role, item.role, part.type]).to.deep.equal(['assistant', 'assistant', 'dynamic-tool'])
  })
})

describe('toMessage takes', () => {
  it('messages and completions of other packages', () => {
    const theirs: OpenAI.ChatCompletionMessage = { role: 'assistant', content: 'Hi', refusal: null }
    const ours: KnownFields<ChatCompletionResponseMessage> = {
      role: 'assistant',
      content: 'Hi',
      refusal: null,
    }
    expect(toOrq(theirs).message).to.deep.equal(toOrq(ours).message)
  })
})

import { expect } from 'chai'
import type {
  ChatCompletionResponseMessage,
  ChatCompletionStreamResponseDeltaLike,
  CreateChatCompletionMessage,
  CreateChatCompletionResponse,
  CreateDatasetItemMessagesAssistantMessage,
  KnownFields,
  MistralAssistantMessage,
  OpeAIChatCompletion,
  OpenAIChatCompletionResponseMessage,
  OpenAIChatCompletionStreamResponseDelta,
  OpenRouterChatCompletionMessage,
  OpenRouterSdkChatCompletionMessage,
} from '../../lib/wire/index.ts'

// The compiler does half of each test, see types.spec.ts.

describe('the strict types of the five systems the wire is modelled on', () => {
  const openRouter: OpenRouterChatCompletionMessage = {
    role: 'assistant',
    content: 'Hi',
    refusal: null,
    reasoning_details: [{ type: 'reasoning.text', text: 'a', format: 'anthropic-claude-v1', index: 0 }],
  }

  it('are carried by the message, the delta or the completion of ours', () => {
    const openAI: OpenAIChatCompletionResponseMessage = { role: 'assistant', content: null, refusal: 'No.' }
    const messages: KnownFields<ChatCompletionResponseMessage>[] = [openAI, openRouter]

    const openAIDelta: OpenAIChatCompletionStreamResponseDelta = { role: 'developer', content: null }
    const orq: CreateChatCompletionMessage = {
      reasoning: 'a',
      reasoning_signature: 's',
      redacted_reasoning: 'r',
    }
    const dataset: CreateDatasetItemMessagesAssistantMessage = {
      role: 'assistant',
      content: [{ type: 'reasoning', reasoning: 'a', signature: 's' }],
      audio: { id: 'audio_1' },
    }
    const mistral: MistralAssistantMessage = { content: [{ type: 'thinking', thinking: [], closed: false }] }
    const deltas: ChatCompletionStreamResponseDeltaLike[] = [openAIDelta, orq, dataset, mistral]

    const opeAI: KnownFields<OpeAIChatCompletion> = {
      id: 'a',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      system_fingerprint: 'f',
      choices: [],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    }
    const completion: Omit<CreateChatCompletionResponse, 'choices'> = opeAI
    expect([messages.length, deltas.length, completion.usage]).to.deep.equal([2, 4, opeAI.usage])
  })

  it('are closed, and spell a field in one way', () => {
    const sdk: OpenRouterSdkChatCompletionMessage = {
      role: 'assistant',
      content: null,
      refusal: null,
      toolCalls: [],
    }
    // @ts-expect-error the SDK spells it reasoningDetails
    const spelled: OpenRouterSdkChatCompletionMessage = { ...sdk, reasoning_details: [] }
    const extra: OpenAIChatCompletionResponseMessage = {
      role: 'assistant',
      content: '',
      refusal: null,
      // @ts-expect-error OpenAI has no reasoning text
      reasoning: '',
    }
    const unnamed: CreateDatasetItemMessagesAssistantMessage['tool_calls'] = [
      // @ts-expect-error orq.ai's dataset tool calls need an id
      { type: 'function', function: {} },
    ]
    expect([Object.keys(spelled), Object.keys(extra), unnamed?.length]).to.deep.equal([
      ['role', 'content', 'refusal', 'toolCalls', 'reasoning_details'],
      ['role', 'content', 'refusal', 'reasoning'],
      1,
    ])
  })
})

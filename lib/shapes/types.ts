import type {
  ChatCompletionAnnotation,
  ChatCompletionAudio,
  ChatCompletionFunctionCall,
  ChatCompletionImage,
  ChatCompletionThinkingBlock,
  CreateChatCompletionMessage,
  CreateDatasetItemMessagesAssistantMessage,
  JsonObject,
  JsonValue,
  MistralAssistantMessage,
  OpeAIChatCompletionMessage,
  OpenAIChatCompletionMessageToolCall,
  OpenAIChatCompletionResponseMessage,
  OpenRouterAnnotationDetail,
  OpenRouterChatCompletionMessage,
  OpenRouterReasoningDetail,
  OpenRouterSdkAnnotationDetail,
  OpenRouterSdkChatCompletionMessage,
} from '../wire/index.ts'

/** OpenAI's message as its specification has it today: with annotations, and with calls of custom tools. */
export interface OpenAIMessage extends Omit<OpenAIChatCompletionResponseMessage, 'tool_calls'> {
  tool_calls?: (
    | OpenAIChatCompletionMessageToolCall
    | { id: string; type: 'custom'; custom: { name: string; input: string } }
  )[]
  annotations?: {
    type: 'url_citation'
    url_citation: { url: string; title: string; start_index: number; end_index: number }
  }[]
}

/** The parts OpenRouter's content may have. */
export type OpenRouterContentPart =
  | { type: 'text'; text: string }
  | { type: 'image_url'; image_url: { url: string } }
  | { type: 'input_audio'; input_audio: { data: string; format: string } }
  | { type: 'file'; file: { file_data?: string; file_id?: string; filename?: string } }

type ServerToolCall<Name extends string, Id extends string> = {
  type: 'reasoning.server_tool_call'
  arguments: string
  result: string
  id?: string | null
  format?: DetailFormat | null
  index?: number
} & { [Key in Name]: string } & { [Key in Id]?: string | null }

/** The formats OpenRouter's SDK names today; on the wire the list is open. */
type DetailFormat =
  | 'unknown'
  | 'openai-responses-v1'
  | 'azure-openai-responses-v1'
  | 'bedrock-openai-responses-v1'
  | 'xai-responses-v1'
  | 'bedrock-xai-responses-v1'
  | 'meta-responses-v1'
  | 'anthropic-claude-v1'
  | 'google-gemini-v1'

type TodaysFormat<Detail> = Detail extends unknown
  ? Omit<Detail, 'format'> & { format?: DetailFormat | null }
  : never

/** OpenRouter's message on the wire: of its first SDK, and what it got since. */
export interface OpenRouterMessage
  extends Omit<OpenRouterChatCompletionMessage, 'content' | 'reasoning_details'> {
  content: string | OpenRouterContentPart[] | null
  reasoning_details?: (
    | TodaysFormat<OpenRouterReasoningDetail>
    | ServerToolCall<'tool_name', 'tool_call_id'>
  )[]
  annotations?: OpenRouterAnnotationDetail[]
  images?: { image_url: { url: string } }[]
  audio?: { id?: string; data?: string; transcript?: string; expires_at?: number }
  name?: string
  model?: string
}

type CamelPart<Part> = Part extends { type: 'image_url'; image_url: infer Url }
  ? { type: 'image_url'; imageUrl: Url }
  : Part extends { type: 'input_audio'; input_audio: infer Audio }
    ? { type: 'input_audio'; inputAudio: Audio }
    : Part extends { type: 'file' }
      ? { type: 'file'; file: { fileData?: string; fileId?: string; filename?: string } }
      : Part

/** The same as OpenRouter's TypeScript SDK hands it out. */
export interface OpenRouterSdkMessage
  extends Omit<OpenRouterSdkChatCompletionMessage, 'content' | 'reasoningDetails'> {
  content: string | CamelPart<OpenRouterContentPart>[] | null
  reasoningDetails?: (TodaysFormat<OpenRouterReasoningDetail> | ServerToolCall<'toolName', 'toolCallId'>)[]
  annotations?: OpenRouterSdkAnnotationDetail[]
  images?: { imageUrl: { url: string } }[]
  audio?: { id?: string; data?: string; transcript?: string; expiresAt?: number }
  name?: string
  model?: string
}

/** LiteLLM's message: what has no name of its own is in `provider_specific_fields`, a refusal too. */
export interface LiteLLMMessage {
  role: 'assistant'
  content: string | null
  tool_calls?: (OpenAIChatCompletionMessageToolCall & { provider_specific_fields?: JsonObject })[]
  function_call?: ChatCompletionFunctionCall | null
  audio?: ChatCompletionAudio | null
  images?: ChatCompletionImage[]
  annotations?: ChatCompletionAnnotation[]
  reasoning_content?: string | null
  thinking_blocks?: ChatCompletionThinkingBlock[]
  provider_specific_fields?: JsonObject | null
}

/** AI SDK's metadata and options: by provider. */
export type AiProviderMetadata = { [provider: string]: JsonObject }

export type AiUiPart =
  | { type: 'text'; text: string; providerMetadata?: AiProviderMetadata }
  | { type: 'reasoning'; text: string; providerMetadata?: AiProviderMetadata }
  | { type: 'file'; mediaType: string; url: string; filename?: string; providerMetadata?: AiProviderMetadata }
  | {
      type: 'source-url'
      sourceId: string
      url: string
      title?: string
      providerMetadata?: AiProviderMetadata
    }
  | ({
      type: 'dynamic-tool'
      toolName: string
      toolCallId: string
      callProviderMetadata?: AiProviderMetadata
    } & (
      | { state: 'input-available'; input: JsonValue }
      | { state: 'output-error'; input: string; errorText: string }
    ))
  | { type: `data-${string}`; data: unknown }
  | { type: 'step-start' }

/** AI SDK's UIMessage (5 to 7), what an answer of a model needs of it. */
export interface AiUiMessage {
  id: string
  role: 'assistant'
  metadata?: unknown
  parts: AiUiPart[]
}

export type AiModelPart =
  | { type: 'text'; text: string; providerOptions?: AiProviderMetadata }
  | { type: 'reasoning'; text: string; providerOptions?: AiProviderMetadata }
  | { type: 'file'; data: string; mediaType: string; filename?: string; providerOptions?: AiProviderMetadata }
  | {
      type: 'tool-call'
      toolCallId: string
      toolName: string
      input: JsonValue
      providerOptions?: AiProviderMetadata
    }

/** AI SDK's assistant ModelMessage. */
export interface AiModelMessage {
  role: 'assistant'
  content: string | AiModelPart[]
  providerOptions?: AiProviderMetadata
}

/** What LangChain's `new AIMessage(fields)` takes. */
export interface LangChainMessageFields {
  content: string | { type: string; [field: string]: unknown }[]
  tool_calls?: { type: 'tool_call'; id: string; name: string; args: JsonObject }[]
  invalid_tool_calls?: { type: 'invalid_tool_call'; id: string; name: string; args: string; error: string }[]
  additional_kwargs: { [field: string]: unknown }
  response_metadata?: { [field: string]: unknown }
  usage_metadata?: {
    input_tokens: number
    output_tokens: number
    total_tokens: number
    input_token_details?: { cache_read?: number; cache_creation?: number; audio?: number }
    output_token_details?: { reasoning?: number; audio?: number }
  }
  id?: string
  name?: string
}

/** Shape → the type of its message. */
export interface ShapeMessages {
  openai: OpenAIMessage
  openrouter: OpenRouterMessage
  'openrouter-sdk': OpenRouterSdkMessage
  orq: CreateChatCompletionMessage
  'orq-dataset': CreateDatasetItemMessagesAssistantMessage
  'reasoning-content': OpeAIChatCompletionMessage
  litellm: LiteLLMMessage
  mistral: MistralAssistantMessage
  'ai-ui': AiUiMessage
  'ai-model': AiModelMessage
  langchain: LangChainMessageFields
}

import type {
  ChatCompletionAnnotation,
  ChatCompletionImage,
  ChatCompletionThinkingBlock,
  CreateDatasetItemContentPart,
  JsonObject,
  MistralContentChunk,
  ReasoningDetail,
} from '../wire/index.ts'
import type { ProviderName } from './providers.ts'
import type { OpenAIMessage, OpenRouterMessage } from './types.ts'

/** The assistant message of a request as OpenAI takes it. */
export interface OpenAIRequestMessage {
  role: 'assistant'
  content?: string | ({ type: 'text'; text: string } | { type: 'refusal'; refusal: string })[] | null
  refusal?: string | null
  name?: string
  /** A spoken answer is known to the server by its id. */
  audio?: { id: string } | null
  tool_calls?: NonNullable<OpenAIMessage['tool_calls']>
  function_call?: { name: string; arguments: string } | null
}

/** What providers take beside OpenAI's fields; each takes some. `openai`'s client sends them as they are. */
export interface RequestMessage extends OpenAIRequestMessage {
  reasoning?: string | null
  reasoning_content?: string | null
  reasoning_text?: string | null
  reasoning_opaque?: string | null
  reasoning_details?: ReasoningDetail[]
  thinking_blocks?: ChatCompletionThinkingBlock[]
  annotations?: ChatCompletionAnnotation[]
  images?: ChatCompletionImage[]
  tool_calls?: (NonNullable<OpenAIMessage['tool_calls']>[number] & {
    extra_content?: JsonObject
    thought_signature?: string
    provider_specific_fields?: JsonObject
  })[]
}

/** A message whose content may have parts that OpenAI's has not. */
type WithParts<Part> = Omit<RequestMessage, 'content'> & { content?: string | Part[] | null }

/** Provider → the type of the message. */
export type RequestMessageTo<Provider extends ProviderName> = Provider extends 'orq'
  ? WithParts<CreateDatasetItemContentPart>
  : Provider extends 'mistral'
    ? WithParts<MistralContentChunk>
    : Provider extends 'openrouter'
      ? OpenRouterMessage
      : RequestMessage

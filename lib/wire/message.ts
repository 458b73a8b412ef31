import type { ChatCompletionAnnotation } from './annotations.ts'
import type { ChatCompletionAudio } from './audio.ts'
import type { ChatCompletionContentPart, ChatCompletionImage, ExecutedTool } from './content-parts.ts'
import type { JsonObject, OpenString } from './json.ts'
import type { ChatCompletionThinkingBlock, ReasoningDetail } from './reasoning.ts'
import type { ChatCompletionRole } from './role.ts'
import type { ChatCompletionFunctionCall, ChatCompletionMessageToolCall } from './tool-call.ts'

/**
 * The finished message of a choice: `choices[i].message`. OpenAI's `ChatCompletionResponseMessage` widened to
 * carry what every provider sends. `role`, `content` and `refusal` are always there; the rest is there when
 * the stream carried it, under the key that carried it, so the message can go back to the same provider.
 *
 * @example
 * const text = typeof message.content === 'string' ? message.content : ''
 */
export interface ChatCompletionResponseMessage {
  /** `assistant`, unless the stream said otherwise. */
  role: OpenString<ChatCompletionRole>
  /** A string if only text came, else the parts in order; null beside tool calls, a refusal or audio only. */
  content: string | ChatCompletionContentPart[] | null
  refusal: string | null
  tool_calls?: ChatCompletionMessageToolCall[]
  /** Deprecated by OpenAI in favour of `tool_calls`. */
  function_call?: ChatCompletionFunctionCall | null
  audio?: ChatCompletionAudio | null
  annotations?: ChatCompletionAnnotation[]
  /** Reasoning text, under the key the provider used; a provider that used two fills two. */
  reasoning?: string | null
  reasoning_content?: string | null
  reasoning_text?: string | null
  /** GitHub Copilot: reasoning only the provider can read. */
  reasoning_opaque?: string | null
  /** orq.ai: the last signature; with several thinking blocks one field cannot carry them all. */
  reasoning_signature?: string | null
  /** orq.ai: reasoning only the provider can read. */
  redacted_reasoning?: string | null
  /** OpenRouter, MiniMax, Snowflake. An empty list was sent and is meaningful. */
  reasoning_details?: ReasoningDetail[]
  /** LiteLLM. */
  thinking_blocks?: ChatCompletionThinkingBlock[]
  /** OpenRouter. */
  images?: ChatCompletionImage[]
  /** Groq compound. */
  executed_tools?: ExecutedTool[]
  /** gpt-oss at Groq and SambaNova. */
  channel?: string | null
  /** Gemini. */
  extra_content?: JsonObject | null
  /** LiteLLM. */
  provider_specific_fields?: JsonObject | null
  /** Vercel's gateway: what each provider behind it said, by provider. */
  provider_metadata?: JsonObject | null
  [field: string]: unknown
}

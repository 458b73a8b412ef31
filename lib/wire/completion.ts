import type { ChatCompletionEnvelope } from './envelope.ts'
import type { FinishReason } from './finish-reason.ts'
import type { JsonObject } from './json.ts'
import type { ChatCompletionLogprobs } from './logprobs.ts'
import type { ChatCompletionResponseMessage } from './message.ts'
import type { ContentFilterResults } from './moderation.ts'
import type { CompletionUsage } from './usage.ts'

/**
 * One answer of a completion. OpenAI's choice, with `finish_reason: null` allowed: a stream that was cut has
 * none, and some providers never send one.
 */
export interface ChatCompletionChoice {
  index: number
  message: ChatCompletionResponseMessage
  finish_reason: FinishReason | null
  logprobs: ChatCompletionLogprobs | null
  /** OpenRouter. */
  native_finish_reason?: string | null
  /** vLLM. */
  stop_reason?: string | number | null
  token_ids?: number[]
  /** SGLang. */
  matched_stop?: string | number | null
  /** Azure OpenAI. */
  content_filter_results?: ContentFilterResults | null
  content_filter_offsets?: JsonObject | null
  /** Together. */
  seed?: number | null
  text?: string | null
  [field: string]: unknown
}

/**
 * The whole answer: the object the endpoint returns without streaming, and what the fold gives. OpenAI's
 * `CreateChatCompletionResponse` with `usage` optional, since many streams carry none, and with every field
 * other providers are known to send beside it.
 *
 * @example
 * const message = result.completion.choices[0]?.message
 */
export interface CreateChatCompletionResponse extends ChatCompletionEnvelope {
  id: string
  object: 'chat.completion'
  /** Unix seconds. */
  created: number
  model: string
  choices: ChatCompletionChoice[]
  usage?: CompletionUsage
  /** OpenAI, for stored completions. */
  metadata?: { [key: string]: string } | null
  [field: string]: unknown
}

/** The completion under its common name. */
export type ChatCompletion = CreateChatCompletionResponse

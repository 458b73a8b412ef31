import type { ChatCompletionStreamResponseDelta } from './delta.ts'
import type { ChatCompletionEnvelope } from './envelope.ts'
import type { FinishReason } from './finish-reason.ts'
import type { JsonObject, KnownFields, OpenString } from './json.ts'
import type { ChatCompletionLogprobsChunk } from './logprobs.ts'
import type { ContentFilterResults } from './moderation.ts'
import type { CompletionUsage } from './usage.ts'

/**
 * One choice of a chunk. OpenAI's, where `delta`, `finish_reason` and `index` are required; none is on the
 * wire: Azure sends choices without `delta`, xAI and z.ai no `finish_reason` until the end.
 */
export interface ChatCompletionStreamResponseChoice {
  index?: number | null
  delta?: ChatCompletionStreamResponseDelta | null
  finish_reason?: FinishReason | null
  /** Together may send a bare number. */
  logprobs?: ChatCompletionLogprobsChunk | number | null
  /** OpenRouter: the model's own word for the finish reason. */
  native_finish_reason?: string | null
  /** vLLM: the stop string or token that ended the text. */
  stop_reason?: string | number | null
  /** SGLang: the same. */
  matched_stop?: string | number | null
  /** Azure OpenAI. */
  content_filter_results?: ContentFilterResults | null
  content_filter_offsets?: JsonObject | null
  /** vLLM: this chunk's tokens. */
  token_ids?: number[] | null
  /** Together. */
  seed?: number | null
  text?: string | null
  /** Perplexity, MiniMax, Writer: the whole text so far, beside or instead of the delta. */
  message?: ChatCompletionStreamResponseDelta | null
  /** Older Moonshot: usage here instead of on the chunk. */
  usage?: CompletionUsage | null
  [field: string]: unknown
}

/**
 * One parsed frame of a streamed chat completion. OpenAI's `CreateChatCompletionStreamResponse` and every
 * field other providers are known to send. OpenAI requires `id`, `choices`, `created`, `model` and `object`;
 * all of them have been seen missing, null or empty, so nothing is required.
 *
 * @example
 * assembler.writeChunk({ choices: [{ index: 0, delta: { content: 'Hi' } }] })
 */
export interface CreateChatCompletionStreamResponse extends ChatCompletionEnvelope {
  /** Empty for a whole stream (Snowflake) or different in each chunk (Groq compound): no message boundary. */
  id?: string | null
  object?: OpenString<'chat.completion.chunk'> | null
  /** Unix seconds; 0 at Azure and Snowflake, drifting at xAI and Groq. */
  created?: number | null
  model?: string | null
  /** Empty in usage and moderation chunks; null at Cerebras and SambaNova. */
  choices?: ChatCompletionStreamResponseChoice[] | null
  usage?: CompletionUsage | null
  /** OpenAI: random padding against traffic analysis, dropped; `p` at Mistral. */
  obfuscation?: string | null
  p?: string | null
  [field: string]: unknown
}

/** The chunk under its common name. Ours to abbreviate; openai's packages use it too. */
export type ChatCompletionChunk = CreateChatCompletionStreamResponse

/**
 * A chunk as callers may have it: ours, or the same in another package's interface, which has no index
 * signature. openai's `ChatCompletionChunk` is one; a `ChatCompletionChunkLike` is a `ChatCompletionChunk`.
 */
export type ChatCompletionChunkLike = ChatCompletionChunk | KnownFields<ChatCompletionChunk>

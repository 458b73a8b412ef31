import type { ChatCompletionAnnotation } from './annotations.ts'
import type { ChatCompletionAudioChunk } from './audio.ts'
import type { ChatCompletionContentPart, ChatCompletionImage, ExecutedTool } from './content-parts.ts'
import type { JsonObject, KnownFields, OpenString } from './json.ts'
import type { ChatCompletionThinkingBlock, ReasoningContentObject, ReasoningDetail } from './reasoning.ts'
import type { ChatCompletionRole } from './role.ts'
import type { ChatCompletionFunctionCallChunk, ChatCompletionMessageToolCallChunk } from './tool-call.ts'

/**
 * What one chunk adds to one choice's message: `choices[i].delta`. OpenAI's
 * `ChatCompletionStreamResponseDelta` and every field other providers are known to send. Nothing is required,
 * null means "nothing", and fields this library does not know stay readable as `unknown`.
 *
 * @example
 * const delta: ChatCompletionStreamResponseDelta = { content: 'Hi' }
 */
export interface ChatCompletionStreamResponseDelta {
  role?: OpenString<ChatCompletionRole> | null
  /** Text; Mistral and Databricks switch between text and parts within one message. */
  content?: string | ChatCompletionContentPart[] | null
  refusal?: string | null
  tool_calls?: ChatCompletionMessageToolCallChunk[] | null
  /** Deprecated by OpenAI in favour of `tool_calls`. */
  function_call?: ChatCompletionFunctionCallChunk | null
  audio?: ChatCompletionAudioChunk | null
  annotations?: ChatCompletionAnnotation[] | null
  /** Reasoning text at OpenRouter, Groq, Ollama, newer vLLM, orq.ai. */
  reasoning?: string | ReasoningContentObject | null
  /** Reasoning text at DeepSeek, Qwen, Kimi, z.ai, SGLang, llama.cpp, LiteLLM, xAI. */
  reasoning_content?: string | ReasoningContentObject | null
  /** Reasoning text at GitHub Copilot. */
  reasoning_text?: string | null
  /** GitHub Copilot: reasoning only the provider can read, in pieces. */
  reasoning_opaque?: string | null
  /** orq.ai: the signature of a thinking block. */
  reasoning_signature?: string | null
  /** orq.ai: reasoning only the provider can read. */
  redacted_reasoning?: string | null
  /** OpenRouter, MiniMax, Snowflake. */
  reasoning_details?: ReasoningDetail[] | null
  /** LiteLLM. */
  thinking_blocks?: ChatCompletionThinkingBlock[] | null
  /** OpenRouter. */
  images?: ChatCompletionImage[] | null
  /** Groq compound. */
  executed_tools?: ExecutedTool[] | null
  /** gpt-oss at Groq and SambaNova: `analysis`, `final`; the same in each delta, never appended. */
  channel?: string | null
  /** Gemini: `{google: {thought_signature}}`. */
  extra_content?: JsonObject | null
  /** LiteLLM. */
  provider_specific_fields?: JsonObject | null
  /** Vercel's gateway: what each provider behind it said, by provider. */
  provider_metadata?: JsonObject | null
  /** Together, Venice: the token of this delta. */
  token_id?: number | null
  /** GLM on Mistral, beside the index of the choice. */
  index?: number | null
  /** MiniMax: the model's display name, and an audio twin of `content`. */
  name?: string | null
  audio_content?: string | null
  /** Venice: whether `reasoning_content` is encrypted. */
  reasoning_encrypted?: boolean | null
  [field: string]: unknown
}

/** A delta as callers may have it: ours, or the same in another package's interface (openai's `Delta`). */
export type ChatCompletionStreamResponseDeltaLike =
  | ChatCompletionStreamResponseDelta
  | KnownFields<ChatCompletionStreamResponseDelta>

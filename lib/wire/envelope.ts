import type { ChatCompletionImage } from './content-parts.ts'
import type { ChatCompletionError } from './error.ts'
import type { JsonObject, JsonValue, OpenString } from './json.ts'
import type { ChatCompletionModeration, PromptFilterResult } from './moderation.ts'
import type { CompletionUsage } from './usage.ts'

/**
 * The capacity that served the request. OpenAI's, open: others have their own. On chunk and completion; OpenAI
 * sends it late (usage chunk), Snowflake as `""`.
 */
export type ServiceTier = OpenString<'auto' | 'default' | 'flex' | 'scale' | 'priority' | 'fast'>

/** Groq's `x_groq`: id and seed in the first chunk, usage in the last, an error when it failed. */
export interface GroqExtension {
  id?: string | null
  seed?: number | null
  usage?: CompletionUsage | null
  /** Groq compound: usage of each model it called. */
  usage_breakdown?: {
    models?: { model?: string; usage?: CompletionUsage }[]
    [field: string]: unknown
  } | null
  error?: ChatCompletionError | null
  [field: string]: unknown
}

/**
 * What chunk and completion have in common beside `choices`: fields that describe the whole answer. OpenAI's
 * optional ones, then those of other providers. Nothing here grows; the last value sent is the value.
 */
export interface ChatCompletionEnvelope {
  system_fingerprint?: string | null
  service_tier?: ServiceTier | null
  moderation?: ChatCompletionModeration | null
  /** OpenRouter and others: an error in a normal-looking chunk. Foundry Local: always null. */
  error?: ChatCompletionError | null
  /** OpenRouter: who really answered. */
  provider?: string | null
  openrouter_metadata?: JsonObject | null
  /** OpenRouter Intern, last chunk. */
  session_id?: string | null
  /** Groq. */
  x_groq?: GroqExtension | null
  /** Perplexity, xAI: the full list each time. */
  citations?: JsonValue[] | null
  search_results?: JsonValue[] | null
  images?: (ChatCompletionImage | JsonObject)[] | null
  /** llama.cpp. */
  timings?: JsonObject | null
  prompt_progress?: JsonObject | null
  /** Cerebras. */
  time_info?: JsonObject | null
  /** Azure OpenAI, first chunk. */
  prompt_filter_results?: PromptFilterResult[] | null
  latency_checkpoint?: JsonObject | null
  /** vLLM. */
  prompt_token_ids?: number[] | null
  metrics?: JsonObject | null
  /** SGLang. */
  sglext?: JsonObject | null
  /** NVIDIA. */
  nvext?: JsonObject | null
  /** Together. */
  warnings?: JsonValue[] | null
  /** Novita behind Hugging Face's router. */
  sla_metrics?: JsonObject | null
  /** GitHub Copilot. */
  copilot_usage?: JsonObject | null
  /** MiniMax. */
  base_resp?: JsonObject | null
  input_sensitive?: boolean | null
  output_sensitive?: boolean | null
  [field: string]: unknown
}

/** How the completion's tokens were spent. OpenAI's, grown by OpenRouter (`image_tokens`) and others. */
export interface CompletionTokensDetails {
  reasoning_tokens?: number | null
  audio_tokens?: number | null
  accepted_prediction_tokens?: number | null
  rejected_prediction_tokens?: number | null
  text_tokens?: number | null
  image_tokens?: number | null
  [field: string]: unknown
}

/** How the prompt's tokens were made up. OpenAI's, grown by OpenRouter (`video_tokens`) and orq.ai. */
export interface PromptTokensDetails {
  cached_tokens?: number | null
  audio_tokens?: number | null
  cache_write_tokens?: number | null
  /** orq.ai's name for what OpenAI and OpenRouter call `cache_write_tokens`. */
  cache_creation_tokens?: number | null
  text_tokens?: number | null
  image_tokens?: number | null
  video_tokens?: number | null
  [field: string]: unknown
}

/** What the call cost at the model's own provider. OpenRouter's; in `usage.cost_details`. */
export interface UsageCostDetails {
  upstream_inference_cost?: number | null
  upstream_inference_prompt_cost?: number | null
  upstream_inference_completions_cost?: number | null
  server_tool_cost?: number | null
  [field: string]: unknown
}

/** How often the server ran tools by itself. OpenRouter's; in `usage.server_tool_use_details`. */
export interface ServerToolUseDetails {
  tool_calls_requested?: number | null
  tool_calls_executed?: number | null
  web_search_requests?: number | null
  [field: string]: unknown
}

/**
 * Tokens (and money) spent. OpenAI's `CompletionUsage` and everything providers add. OpenAI requires the three
 * counts; MiniMax sends only `total_tokens`, orq.ai makes all optional, null was recorded, so all are lenient. It arrives in the last
 * chunk (`choices: []`), on the finish chunk, in every chunk as a running total, in `x_groq.usage` or in
 * `choices[].usage`: take the last that is not null, never add up.
 */
export interface CompletionUsage {
  prompt_tokens?: number | null
  completion_tokens?: number | null
  total_tokens?: number | null
  completion_tokens_details?: CompletionTokensDetails | null
  prompt_tokens_details?: PromptTokensDetails | null
  /** Misspelt twin of `prompt_tokens_details`, at Mistral and Writer. */
  prompt_token_details?: PromptTokensDetails | null
  /** DeepSeek. */
  prompt_cache_hit_tokens?: number | null
  prompt_cache_miss_tokens?: number | null
  /** At the root: Moonshot and Together `cached_tokens`, Mistral `num_cached_tokens`, Azure AI Foundry `reasoning_tokens`. */
  cached_tokens?: number | null
  num_cached_tokens?: number | null
  reasoning_tokens?: number | null
  /** Anthropic's names, passed on by Databricks, Doubleword and Vercel's gateway. */
  cache_creation_input_tokens?: number | null
  cache_read_input_tokens?: number | null
  /** Mistral, for audio prompts. */
  prompt_audio_seconds?: number | null
  /** OpenRouter: credits charged. Perplexity: an object of dollars. */
  cost?: number | UsageCost | null
  cost_details?: UsageCostDetails | null
  is_byok?: boolean
  server_tool_use_details?: ServerToolUseDetails | null
  /** Groq: seconds. */
  queue_time?: number | null
  prompt_time?: number | null
  completion_time?: number | null
  total_time?: number | null
  /** xAI. */
  num_sources_used?: number | null
  cost_in_usd_ticks?: number | null
  /** Perplexity. */
  search_context_size?: string | null
  citation_tokens?: number | null
  num_search_queries?: number | null
  /** MiniMax. */
  total_characters?: number | null
  /** Vercel's gateway, in dollars. */
  market_cost?: number | null
  gateway_cost?: number | null
  /** Mistral, Vercel's gateway. */
  service_tier?: string | null
  /** SambaNova. */
  is_last_response?: boolean | null
  [field: string]: unknown
}

/** What the call cost, by part. Perplexity's form of `usage.cost`. */
export interface UsageCost {
  input_tokens_cost?: number | null
  output_tokens_cost?: number | null
  reasoning_tokens_cost?: number | null
  citation_tokens_cost?: number | null
  request_cost?: number | null
  search_queries_cost?: number | null
  total_cost?: number | null
  [field: string]: unknown
}

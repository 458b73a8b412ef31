/**
 * What a streaming request may ask for. OpenAI's `ChatCompletionStreamOptions`; in `stream_options` of the
 * request. OpenRouter ignores it and always sends usage.
 */
export interface ChatCompletionStreamOptions {
  /** Adds a last chunk with `choices: []` and the usage, and `usage: null` on all others. */
  include_usage?: boolean
  /** OpenAI, newer than seed 004: false leaves out the `obfuscation` padding. */
  include_obfuscation?: boolean
  /** vLLM: a running total in every chunk. */
  continuous_usage_stats?: boolean
  [field: string]: unknown
}

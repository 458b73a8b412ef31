import type { OpenString } from './json.ts'

/** The finish reasons of OpenAI's specification; `function_call` only from the deprecated functions API. */
export type OpenAIFinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call'

/**
 * Finish reasons other providers add: `error` (OpenRouter, Mistral), `model_length` (Mistral), `eos` (Together),
 * `eos_token` and `stop_sequence` (TGI), `abort` (SGLang), `insufficient_system_resource` (DeepSeek, Pangu),
 * `sensitive`, `network_error` and `model_context_window_exceeded` (z.ai), `normal` (Qianfan clones).
 */
export type ProviderFinishReason =
  | 'error'
  | 'model_length'
  | 'eos'
  | 'eos_token'
  | 'stop_sequence'
  | 'abort'
  | 'insufficient_system_resource'
  | 'sensitive'
  | 'network_error'
  | 'model_context_window_exceeded'
  | 'normal'

/**
 * Why a choice ended; on the choice of a chunk (usually its last) and of the completion. Open: every provider
 * is free to add one, so compare with `===` and keep a default branch.
 */
export type FinishReason = OpenString<OpenAIFinishReason | ProviderFinishReason>

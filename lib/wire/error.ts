/** What went wrong, as an object. OpenAI's, with what other providers add. */
export interface ChatCompletionErrorObject {
  message?: string | null
  type?: string | null
  /** OpenAI: a word; OpenRouter, vLLM: an HTTP status. */
  code?: string | number | null
  param?: string | null
  /** OpenAI-compatible servers that repeat the HTTP status in the body. */
  status?: number | string | null
  status_code?: number | null
  /** OpenRouter. */
  metadata?: OpenRouterErrorMetadata | null
  /** Groq: the text that failed to parse as a tool call. */
  failed_generation?: string | null
  /** Fireworks: the constant `error`. */
  object?: string | null
  [field: string]: unknown
}

/** The kinds of error OpenRouter tells apart, in `error.metadata.error_type`. */
export type OpenRouterErrorType =
  | 'context_length_exceeded'
  | 'max_tokens_exceeded'
  | 'token_limit_exceeded'
  | 'string_too_long'
  | 'authentication'
  | 'permission_denied'
  | 'payment_required'
  | 'rate_limit_exceeded'
  | 'provider_overloaded'
  | 'provider_unavailable'
  | 'invalid_request'
  | 'invalid_prompt'
  | 'not_found'
  | 'precondition_failed'
  | 'payload_too_large'
  | 'unprocessable'
  | 'content_policy_violation'
  | 'refusal'
  | 'invalid_image'
  | 'image_too_large'
  | 'image_too_small'
  | 'unsupported_image_format'
  | 'image_not_found'
  | 'image_download_failed'
  | 'server'
  | 'timeout'
  | 'unmapped'

/** Details of an OpenRouter error, in `error.metadata`. */
export interface OpenRouterErrorMetadata {
  error_type?: OpenRouterErrorType | (string & Record<never, never>)
  provider_code?: string | number | null
  [field: string]: unknown
}

/** An error on the wire: an object from most, a plain string from xAI and Baseten. */
export type ChatCompletionError = ChatCompletionErrorObject | string

/**
 * A body that is nothing but an error: the JSON answer to a refused request, or a frame inside a stream that
 * began with HTTP 200. OpenAI `{error: {…}}`, xAI `{code, error: "text"}`, Cerebras and Groq with `status_code`.
 */
export interface ChatCompletionErrorBody {
  error: ChatCompletionError
  code?: string | number | null
  status_code?: number | null
  [field: string]: unknown
}

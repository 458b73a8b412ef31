/** One of the most likely tokens at a position. OpenAI's; inside `ChatCompletionTokenLogprob.top_logprobs`. */
export interface TopLogprob {
  token: string
  /** Natural logarithm; -9999.0 stands for "not among the top 20". */
  logprob: number
  /** UTF-8 bytes of the token: one character may be cut over several tokens. `null`: the token has none. */
  bytes?: number[] | null
  [field: string]: unknown
}

/**
 * A token with its log probability. OpenAI's; in `logprobs.content` and `logprobs.refusal` of a choice when the
 * request asked for `logprobs: true`. OpenAI requires `bytes` and `top_logprobs`; others omit them.
 */
export interface ChatCompletionTokenLogprob {
  token: string
  logprob: number
  bytes?: number[] | null
  top_logprobs?: TopLogprob[] | null
  [field: string]: unknown
}

/**
 * Log probabilities of a choice. OpenAI's, where both keys are required; OpenRouter makes `refusal` optional,
 * Snowflake sends `{content: null, refusal: null}`. In a completion the arrays of all chunks are joined.
 */
export interface ChatCompletionLogprobs {
  content?: ChatCompletionTokenLogprob[] | null
  refusal?: ChatCompletionTokenLogprob[] | null
  [field: string]: unknown
}

/**
 * Log probabilities of one chunk's choice as really sent: SambaNova's `content` is a single object,
 * the lists hold only this chunk's tokens.
 */
export interface ChatCompletionLogprobsChunk {
  content?: ChatCompletionTokenLogprob[] | ChatCompletionTokenLogprob | null
  refusal?: ChatCompletionTokenLogprob[] | ChatCompletionTokenLogprob | null
  [field: string]: unknown
}

/**
 * OpenAI's own types as of specification 2.3.0 (February to March 2025), strict: closed, no index signature,
 * function tools only, no annotations yet. They say what the specification promised, not what the wire does.
 */

/** A finished tool call. In `OpenAIChatCompletionResponseMessage.tool_calls`. */
export interface OpenAIChatCompletionMessageToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** Seed 004: the message of a choice when the request did not stream. */
export interface OpenAIChatCompletionResponseMessage {
  role: 'assistant'
  content: string | null
  refusal: string | null
  tool_calls?: OpenAIChatCompletionMessageToolCall[]
  /** Deprecated in favour of `tool_calls`. */
  function_call?: { name: string; arguments: string }
  audio?: { id: string; data: string; expires_at: number; transcript: string } | null
}

/** Seed 004: a piece of a tool call in a delta. */
export interface OpenAIChatCompletionMessageToolCallChunk {
  index: number
  id?: string
  type?: 'function'
  function?: { name?: string; arguments?: string }
}

/** Seed 004: the delta of a streamed choice. The specification forgot `audio`. */
export interface OpenAIChatCompletionStreamResponseDelta {
  role?: 'developer' | 'system' | 'user' | 'assistant' | 'tool'
  content?: string | null
  refusal?: string | null
  tool_calls?: OpenAIChatCompletionMessageToolCallChunk[]
  /** Deprecated in favour of `tool_calls`. */
  function_call?: { name?: string; arguments?: string }
}

/** Seed 004: `stream_options` of the request. */
export interface OpenAIChatCompletionStreamOptions {
  include_usage?: boolean
}

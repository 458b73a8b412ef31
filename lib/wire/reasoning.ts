import type { OpenString } from './json.ts'

/** Whose opaque format a reasoning detail's `signature` or `data` is in. OpenRouter's list, open. */
export type ReasoningFormat = OpenString<
  | 'unknown'
  | 'openai-responses-v1'
  | 'azure-openai-responses-v1'
  | 'bedrock-openai-responses-v1'
  | 'xai-responses-v1'
  | 'bedrock-xai-responses-v1'
  | 'meta-responses-v1'
  | 'anthropic-claude-v1'
  | 'google-gemini-v1'
>

/** What every reasoning detail may carry. `format` repeats in each delta and must not be appended. */
interface ReasoningDetailFields {
  id?: string | null
  format?: ReasoningFormat | null
  /** Shared by entries of different types (Gemini 3 Pro): the key of an entry is (type, index). */
  index?: number | null
  [field: string]: unknown
}

/** A summary of hidden reasoning, text that grows. OpenRouter's; OpenAI's models. */
export interface ReasoningDetailSummary extends ReasoningDetailFields {
  type: 'reasoning.summary'
  summary: string
}

/** Reasoning only the provider can read, always whole. OpenRouter's; o3, Grok 4, redacted Claude. */
export interface ReasoningDetailEncrypted extends ReasoningDetailFields {
  type: 'reasoning.encrypted'
  data: string
}

/**
 * Reasoning text that grows. OpenRouter's; Claude adds a `signature` in a later delta, possibly after the
 * content, and it must go back unchanged with the next request.
 */
export interface ReasoningDetailText extends ReasoningDetailFields {
  type: 'reasoning.text'
  text?: string | null
  signature?: string | null
}

/** A tool the server itself ran while reasoning. OpenRouter's, new in 2026; always whole. */
export interface ReasoningDetailServerToolCall extends ReasoningDetailFields {
  type: 'reasoning.server_tool_call'
  tool_name: string
  /** JSON text. */
  arguments: string
  /** What the tool returned, as text. */
  result: string
  tool_call_id?: string | null
}

/**
 * A detail of a type this library does not know, or of none (MiniMax sends `{text}` alone). The known fields
 * are repeated here so that they keep their types when the union is narrowed by `type`: `type` is a plain
 * string, since TypeScript cannot narrow past an open one (`OpenString`).
 */
export interface ReasoningDetailOther extends ReasoningDetailFields {
  type?: string | null
  text?: string | null
  summary?: string
  data?: string
  signature?: string | null
  tool_name?: string
  arguments?: string
  result?: string
  tool_call_id?: string | null
}

/**
 * One structured piece of reasoning. OpenRouter's union, also sent by MiniMax and Snowflake; in
 * `delta.reasoning_details` in pieces and in `message.reasoning_details` whole. `[]` is meaningful.
 */
export type ReasoningDetail =
  | ReasoningDetailSummary
  | ReasoningDetailEncrypted
  | ReasoningDetailText
  | ReasoningDetailServerToolCall
  | ReasoningDetailOther

/** An Anthropic thinking block as LiteLLM passes it on; in `thinking_blocks`. A signature closes the block. */
export interface ThinkingBlock {
  type: 'thinking'
  thinking?: string | null
  signature?: string | null
  [field: string]: unknown
}

/** An Anthropic thinking block the provider encrypted; in LiteLLM's `thinking_blocks`, always whole. */
export interface RedactedThinkingBlock {
  type: 'redacted_thinking'
  data: string
  [field: string]: unknown
}

/** An entry of LiteLLM's `thinking_blocks`, of delta and message. Goes back to the provider unchanged. */
export type ChatCompletionThinkingBlock = ThinkingBlock | RedactedThinkingBlock

/** Envoy AI Gateway in front of Bedrock sends `reasoning_content` as this object instead of a string. */
export interface ReasoningContentObject {
  text?: string | null
  signature?: string | null
  [field: string]: unknown
}

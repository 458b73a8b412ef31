/** orq.ai's types as of its Python SDK of June to October 2025 (seeds 000 and 002), strict, wire spelling. */

/**
 * A tool call in the message of an answer. Every field is optional and there was no `index`; the field and
 * `thought_signature` (Gemini 3) came in later releases.
 */
export interface CreateChatCompletionToolCalls {
  id?: string
  type?: 'function'
  function?: { name?: string; arguments?: string }
  index?: number
  thought_signature?: string
}

/** Seed 000: the message of a choice when the request did not stream. */
export interface CreateChatCompletionMessage {
  role?: 'assistant'
  content?: string | null
  refusal?: string | null
  tool_calls?: CreateChatCompletionToolCalls[]
  /** The thinking of the model. Nullable since the later releases, as is the signature. */
  reasoning?: string | null
  /** Anthropic's proof that the thinking is its own; to be sent back unchanged. */
  reasoning_signature?: string | null
  /** Thinking the provider encrypted; to be sent back unchanged. */
  redacted_reasoning?: string
  audio?: { id: string; expires_at: number; data: string; transcript: string } | null
}

/**
 * A part of a dataset message's content. In June 2025 only text and refusal; the two reasoning parts replaced
 * the flat reasoning fields later.
 */
export type CreateDatasetItemContentPart =
  | { type: 'text'; text: string }
  | { type: 'refusal'; refusal?: string }
  | { type: 'reasoning'; reasoning: string; signature: string }
  | { type: 'redacted_reasoning'; data: string }

/** A tool call in a dataset message: unlike that of an answer it has an id and a type. */
export interface CreateDatasetItemMessagesToolCalls {
  id: string
  type: 'function'
  function: { name?: string; arguments?: string }
  thought_signature?: string
}

/** Seed 002: an assistant message on its way into a dataset, so it is a request, not an answer. */
export interface CreateDatasetItemMessagesAssistantMessage {
  role: 'assistant'
  /** Required by orq.ai unless there are tool calls. */
  content?: string | CreateDatasetItemContentPart[] | null
  refusal?: string | null
  name?: string
  /** Only the id: a reference to an earlier spoken answer. */
  audio?: { id: string } | null
  tool_calls?: CreateDatasetItemMessagesToolCalls[]
  reasoning?: string
  reasoning_signature?: string
  redacted_reasoning?: string
  /** Since August 2026, in place of the three flat fields above. */
  reasoning_content?: string
}

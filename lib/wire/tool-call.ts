import type { JsonObject, OpenString } from './json.ts'

/** Provider extras of a finished tool call, the same for both kinds. */
interface ToolCallExtras {
  /** Position the wire gave the call (Mistral, orq.ai send it in finished messages too). */
  index?: number
  /** Gemini: `{google: {thought_signature}}`, to be sent back or the next turn is refused. */
  extra_content?: JsonObject | null
  /** orq.ai, for Gemini 3: the signature as a flat field. */
  thought_signature?: string | null
  /** LiteLLM's place for everything that has no OpenAI name. */
  provider_specific_fields?: JsonObject | null
  [field: string]: unknown
}

/** A finished call of a function tool. OpenAI's; in `message.tool_calls`. */
export interface ChatCompletionMessageFunctionToolCall extends ToolCallExtras {
  id: string
  type: 'function'
  function: {
    name: string
    /** JSON text as the model wrote it: it may be cut or invalid, see `AssembledToolCall.state`. */
    arguments: string
    [field: string]: unknown
  }
}

/** A finished call of a custom tool (free text in place of JSON). OpenAI's; in `message.tool_calls`. */
export interface ChatCompletionMessageCustomToolCall extends ToolCallExtras {
  id: string
  type: 'custom'
  custom: { name: string; input: string; [field: string]: unknown }
}

/** A finished tool call of either kind. OpenAI's; the entries of `message.tool_calls`. */
export type ChatCompletionMessageToolCall =
  | ChatCompletionMessageFunctionToolCall
  | ChatCompletionMessageCustomToolCall

/**
 * A piece of a tool call in `delta.tool_calls`. OpenAI's, where only `index` is required; here everything is
 * optional or null, as seen: no `index` (Gemini, Mistral, old orq.ai), no `type` (Mistral, Azure AI Foundry),
 * `id: ""` in continuations (DashScope), all null (Cloudflare's finaliser).
 */
export interface ChatCompletionMessageToolCallChunk {
  /** Slot of the call. Sometimes missing, null, negative (z.ai) or a string of digits. */
  index?: number | string | null
  id?: string | null
  type?: OpenString<'function' | 'custom'> | null
  function?: {
    name?: string | null
    /** A fragment of JSON text; Mistral and Cloudflare may send the whole object instead. */
    arguments?: string | JsonObject | null
    [field: string]: unknown
  } | null
  /** On the wire but missing in OpenAI's stream specification. */
  custom?: { name?: string | null; input?: string | null; [field: string]: unknown } | null
  /** Cloudflare may put these two on the call itself, without `function`. */
  name?: string | null
  arguments?: string | JsonObject | null
  extra_content?: JsonObject | null
  thought_signature?: string | null
  provider_specific_fields?: JsonObject | null
  [field: string]: unknown
}

/** The deprecated single call. OpenAI's; in `message.function_call` when the request used `functions`. */
export interface ChatCompletionFunctionCall {
  name: string
  arguments: string
  [field: string]: unknown
}

/** A piece of the deprecated call. OpenAI's; in `delta.function_call`. */
export interface ChatCompletionFunctionCallChunk {
  name?: string | null
  arguments?: string | null
  [field: string]: unknown
}

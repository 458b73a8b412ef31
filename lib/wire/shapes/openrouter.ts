/**
 * OpenRouter's types as of its TypeScript SDK of August 2025 (seed 001), strict, in both spellings: as the
 * wire has them and as the SDK hands them out.
 */

/** Formats OpenRouter knew then; today's list is longer and open, see `ReasoningFormat`. */
export type OpenRouterReasoningFormat = 'unknown' | 'openai-responses-v1' | 'anthropic-claude-v1'

/** What every reasoning detail has. The same in both spellings. */
interface OpenRouterReasoningDetailFields {
  id?: string | null
  format?: OpenRouterReasoningFormat | null
  index?: number
}

/** An entry of `reasoning_details` / `reasoningDetails`. Its fields are single words: one spelling serves both. */
export type OpenRouterReasoningDetail =
  | (OpenRouterReasoningDetailFields & { type: 'reasoning.summary'; summary: string })
  | (OpenRouterReasoningDetailFields & { type: 'reasoning.encrypted'; data: string })
  | (OpenRouterReasoningDetailFields & {
      type: 'reasoning.text'
      text?: string | null
      signature?: string | null
    })

/** A finished tool call. One spelling serves both. */
export interface OpenRouterChatCompletionMessageToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** An entry of `annotations` on the wire. */
export type OpenRouterAnnotationDetail =
  | {
      type: 'url_citation'
      url_citation: {
        url: string
        title: string
        start_index: number
        end_index: number
        content?: string
      }
    }
  | {
      type: 'file'
      file: {
        hash: string
        name?: string
        content: ({ type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } })[]
      }
    }

/** An entry of `annotations` as the SDK hands it out. */
export type OpenRouterSdkAnnotationDetail =
  | {
      type: 'url_citation'
      urlCitation: { url: string; title: string; startIndex: number; endIndex: number; content?: string }
    }
  | {
      type: 'file'
      file: {
        hash: string
        name?: string
        content: ({ type: 'text'; text: string } | { type: 'image_url'; imageUrl: { url: string } })[]
      }
    }

/** Seed 001 on the wire: the message of a choice when the request did not stream. */
export interface OpenRouterChatCompletionMessage {
  role: 'assistant'
  content: string | null
  refusal: string | null
  reasoning?: string | null
  tool_calls?: OpenRouterChatCompletionMessageToolCall[]
  reasoning_details?: OpenRouterReasoningDetail[]
  annotations?: OpenRouterAnnotationDetail[]
}

/** Seed 001 as the SDK hands it out: the same message in camelCase. */
export interface OpenRouterSdkChatCompletionMessage {
  role: 'assistant'
  content: string | null
  refusal: string | null
  reasoning?: string | null
  toolCalls?: OpenRouterChatCompletionMessageToolCall[]
  reasoningDetails?: OpenRouterReasoningDetail[]
  annotations?: OpenRouterSdkAnnotationDetail[]
}

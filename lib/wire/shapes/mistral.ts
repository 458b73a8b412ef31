import type { JsonObject } from '../json.ts'

/** Mistral's assistant message (SDK 2.7), strict, wire spelling: the message whose content may be parts. */

/** A part of thinking. Inside `MistralContentChunk` of type `thinking`. */
export type MistralThinkingItem =
  | { type: 'text'; text: string }
  | { type: 'reference'; reference_ids: (number | string)[] }
  | {
      type: 'tool_reference'
      tool: string
      title: string
      url?: string | null
      favicon?: string | null
      description?: string | null
    }

/** A part of content. Mistral calls it a chunk; it is not a chunk of the stream. */
export type MistralContentChunk =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: MistralThinkingItem[]; signature?: string | null; closed?: boolean }
  | { type: 'reference'; reference_ids: (number | string)[] }
  | { type: 'image_url'; image_url: { url: string; detail?: string | null } | string }
  | { type: 'document_url'; document_url: string; document_name?: string | null }
  | { type: 'file'; file_id: string }
  | { type: 'input_audio'; input_audio: string }

/**
 * A tool call, in answers and deltas alike. The SDK fills in what the wire leaves out: `index` 0, `type`
 * `function` and the id `"null"`.
 */
export interface MistralToolCall {
  id?: string
  type?: string
  function: { name: string; arguments: string | JsonObject }
  index?: number
}

/** The message of a choice. `prefix` marks, in requests, an answer the model is to continue. */
export interface MistralAssistantMessage {
  role?: 'assistant'
  content?: string | MistralContentChunk[] | null
  tool_calls?: MistralToolCall[] | null
  prefix?: boolean
}

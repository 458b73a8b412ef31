import type { OpenString } from './json.ts'

/** Text. Everyone's; in array content, where neighbouring text parts grow into one. */
export interface TextContentPart {
  type: 'text'
  text: string
  [field: string]: unknown
}

/** A refusal as a part. OpenAI's and orq.ai's, in assistant messages of a request. */
export interface RefusalContentPart {
  type: 'refusal'
  refusal?: string
  [field: string]: unknown
}

/** What Mistral's reasoning is made of; the last thinking part of a stream has an empty list. */
export type ThinkingItem = TextContentPart | ReferenceContentPart | ToolReferenceContentPart

/** Reasoning. Mistral's; the stream switches from such parts to plain strings within one message. */
export interface ThinkingContentPart {
  type: 'thinking'
  thinking: ThinkingItem[]
  signature?: string | null
  /** False while more thinking follows. */
  closed?: boolean
  [field: string]: unknown
}

/** References to documents of the request. Mistral's. */
export interface ReferenceContentPart {
  type: 'reference'
  reference_ids: (number | string)[]
  [field: string]: unknown
}

/** A source a built-in tool found. Mistral's, inside thinking parts. */
export interface ToolReferenceContentPart {
  type: 'tool_reference'
  tool: string
  title: string
  url?: string | null
  favicon?: string | null
  description?: string | null
  [field: string]: unknown
}

/** A piece of a reasoning summary. Databricks', inside its reasoning part. */
export interface SummaryTextPart {
  type: 'summary_text'
  text: string
  [field: string]: unknown
}

/**
 * Reasoning. Two owners share the name: Databricks fills `summary` (in streams), orq.ai `reasoning` with its
 * `signature` (in assistant messages of a request).
 */
export interface ReasoningContentPart {
  type: 'reasoning'
  summary?: SummaryTextPart[]
  reasoning?: string
  signature?: string
  [field: string]: unknown
}

/** Reasoning only the provider can read. orq.ai's, in assistant messages of a request. */
export interface RedactedReasoningContentPart {
  type: 'redacted_reasoning'
  data: string
  [field: string]: unknown
}

/** An image. OpenAI's and OpenRouter's object; Mistral also takes the bare URL. Also entries of `images`. */
export interface ImageContentPart {
  type: 'image_url'
  image_url: { url: string; detail?: string | null; [field: string]: unknown } | string
  [field: string]: unknown
}

/** A document by address. Mistral's. */
export interface DocumentContentPart {
  type: 'document_url'
  document_url: string
  document_name?: string | null
  [field: string]: unknown
}

/** A file: OpenAI's under `file`, Mistral's by `file_id`. */
export interface FileContentPart {
  type: 'file'
  file?: { file_data?: string; file_id?: string; filename?: string; [field: string]: unknown }
  file_id?: string
  [field: string]: unknown
}

/** Sound: OpenAI's object, Mistral's bare base64. */
export interface AudioContentPart {
  type: 'input_audio'
  input_audio: { data: string; format: string; [field: string]: unknown } | string
  [field: string]: unknown
}

/**
 * A part of a type this library does not know. The text-bearing fields are repeated here so that they keep
 * their types when a part is narrowed by `type`.
 */
export interface OtherContentPart {
  type: string
  text?: string
  refusal?: string
  thinking?: ThinkingItem[]
  signature?: string | null
  closed?: boolean
  reference_ids?: (number | string)[]
  summary?: SummaryTextPart[]
  reasoning?: string
  data?: string
  [field: string]: unknown
}

/**
 * One part of array content, in `delta.content` (Mistral, Databricks) and in `message.content` when anything
 * but text came. Parts keep the order of arrival.
 */
export type ChatCompletionContentPart =
  | TextContentPart
  | RefusalContentPart
  | ThinkingContentPart
  | ReferenceContentPart
  | ToolReferenceContentPart
  | ReasoningContentPart
  | RedactedReasoningContentPart
  | ImageContentPart
  | DocumentContentPart
  | FileContentPart
  | AudioContentPart
  | OtherContentPart

/**
 * A generated image, in `images` of delta and message. OpenRouter's; `type` is not always sent, and the URL is
 * mostly a data URL.
 */
export interface ChatCompletionImage {
  type?: OpenString<'image_url'>
  image_url: { url: string; [field: string]: unknown }
  index?: number
  [field: string]: unknown
}

/** A tool the server ran. Groq compound's, in `executed_tools`: re-sent whole by `index`, later with `output`. */
export interface ExecutedTool {
  index?: number
  type?: string
  name?: string
  arguments?: string
  output?: string | null
  [field: string]: unknown
}

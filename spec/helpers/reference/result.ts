import type { ReferenceCall } from './tool-calls.ts'
import type { JsonObject } from './values.ts'

export interface ReferenceChoice {
  index: number
  finish_reason: string | null
  role: string
  content: string | JsonObject[] | null
  refusal: string | null
  /** Text under each of `reasoning_content`, `reasoning`, `reasoning_text` that had any. */
  reasoning: Record<string, string>
  reasoning_details: JsonObject[] | null
  thinking_blocks: JsonObject[]
  tool_calls: ReferenceCall[]
  function_call: { name: string; arguments: string } | null
  annotations: unknown
  /** How many tokens have log probabilities. */
  logprobs: { content: number; refusal: number }
  audio: JsonObject | null
  /** Every other field of the message. */
  message_fields: JsonObject
  /** Every other field of the choice. */
  choice_fields: JsonObject
}

/** The plain shape in which the oracle's fold and the library's are compared. */
export interface ReferenceResult {
  status: 'complete' | 'truncated' | 'errored' | 'aborted'
  /** The error's code, null without error. */
  error: string | null
  /** The provider's own words about its error. */
  upstream: string | null
  id: string | null
  model: string | null
  created: number | null
  usage: JsonObject | null
  choices: ReferenceChoice[]
  /** Every other field of the completion. */
  completion_fields: JsonObject
}

/**
 * The completion object of docs.ope.ai (seed 003), strict: DeepSeek's dialect with `reasoning_content`. The page
 * documents the finished object only, nothing about streaming.
 */

/** Seed 003: the message of a choice. */
export interface OpeAIChatCompletionMessage {
  role: string
  content: string | null
  reasoning_content: string | null
  refusal: string | null
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[]
}

/** Seed 003: one choice; four finish reasons, no log probabilities. */
export interface OpeAIChatCompletionChoice {
  index: number
  finish_reason: 'stop' | 'length' | 'content_filter' | 'tool_calls'
  message: OpeAIChatCompletionMessage
}

/** Seed 003: the whole object. Usage has the three counts and no details. */
export interface OpeAIChatCompletion {
  id: string
  object: 'chat.completion'
  created: number
  model: string
  system_fingerprint: string
  choices: OpeAIChatCompletionChoice[]
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
}

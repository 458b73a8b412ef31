import type { JsonObject } from './json.ts'

/** The verdict on one text. OpenAI's; in `ModerationResults.results`. */
export interface ModerationResult {
  type: 'moderation_result'
  model: string
  flagged: boolean
  categories: { [category: string]: boolean }
  category_scores: { [category: string]: number }
  category_applied_input_types: { [category: string]: string[] }
  [field: string]: unknown
}

/** Verdicts that were reached. OpenAI's; in `moderation.input` or `.output`. */
export interface ModerationResults {
  type: 'moderation_results'
  model: string
  results: ModerationResult[]
  [field: string]: unknown
}

/** A verdict that could not be reached. OpenAI's; in `moderation.input` or `.output`. */
export interface ModerationError {
  type: 'error'
  code: string
  message: string
  [field: string]: unknown
}

/**
 * What moderation says about prompt and answer. OpenAI's; in a chunk of its own after the usage chunk (and
 * with `usage: null`, which must not erase the usage), and in the completion.
 */
export interface ChatCompletionModeration {
  input?: ModerationResults | ModerationError | null
  output?: ModerationResults | ModerationError | null
  [field: string]: unknown
}

/**
 * Content filter verdicts. Azure OpenAI's, by category (`hate`, `jailbreak`, …): on choices as
 * `content_filter_results`, and per prompt in the first chunk's `prompt_filter_results`.
 */
export interface ContentFilterResults {
  [category: string]: JsonObject | null
}

/** Filter verdicts on one prompt. Azure OpenAI's; in `prompt_filter_results`. */
export interface PromptFilterResult {
  prompt_index?: number
  content_filter_results?: ContentFilterResults | null
  [field: string]: unknown
}

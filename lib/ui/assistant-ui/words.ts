import type { AssemblyResult } from '../../result.ts'
import { type PageFinish, usageOf } from '../finish.ts'
import type { ErrorText } from '../page-words.ts'

export interface AssistantUiWords {
  readonly messageId: string
  readonly errorText: ErrorText
}

/** How a message finished. The usage is required, and counts from nothing where none came. */
export function finishFields(finishReason: PageFinish, result?: AssemblyResult) {
  const { inputTokens = 0, outputTokens = 0 } = (result && usageOf(result)) ?? {}
  return { finishReason, usage: { inputTokens, outputTokens } }
}

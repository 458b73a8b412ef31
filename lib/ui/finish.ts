import type { AssemblyResult } from '../result.ts'

/** Why an answer ended, in the names of the protocols that began with the AI SDK. */
export type PageFinish = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other'

/** finish_reason, as any provider writes it → its meaning. */
const meanings: Readonly<Record<string, PageFinish>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  normal: 'stop',
  length: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  content_filter: 'content-filter',
  sensitive: 'content-filter',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  error: 'error',
  network_error: 'error',
  insufficient_system_resource: 'error',
  abort: 'error',
}

/** Why a choice of a complete result ended. */
export function finishOf({ completion, toolCalls }: AssemblyResult, index: number): PageFinish {
  const reason = completion.choices.find((choice) => choice.index === index)?.finish_reason ?? 'stop'
  const meaning = Object.hasOwn(meanings, reason) ? meanings[reason] : undefined
  // A call that was forced ends in `stop`: a page that waits for `tool-calls` would never run it.
  const hasCalls = toolCalls.some((call) => call.choice === index && call.state === 'complete')
  return meaning === 'stop' && hasCalls ? 'tool-calls' : (meaning ?? 'other')
}

/** What a page is told of the tokens, under the names that the protocols agree on. */
export interface PageUsage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly totalTokens: number
}

/** The counters of a result; undefined where none came. */
export function usageOf({ completion: { usage } }: AssemblyResult): PageUsage | undefined {
  if (usage === undefined) return undefined
  const inputTokens = usage.prompt_tokens ?? 0
  const outputTokens = usage.completion_tokens ?? 0
  return { inputTokens, outputTokens, totalTokens: usage.total_tokens ?? inputTokens + outputTokens }
}

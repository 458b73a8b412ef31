import type { AssemblyResult, ErrorCode } from '../core.ts'

interface OutcomeRow {
  readonly code: number
  readonly meaning: string
}

/** Outcome → exit code, from the best to the worst: of many inputs the worst counts. */
export const outcomeTable = {
  complete: { code: 0, meaning: 'the answer is complete' },
  truncated: { code: 3, meaning: 'the input ended before the answer did' },
  provider: { code: 4, meaning: 'the provider or the connection failed, or took too long' },
  badInput: { code: 5, meaning: 'the input is no chat completion, or larger than a limit' },
  usage: { code: 2, meaning: 'wrong arguments, or an input that cannot be opened' },
  unexpected: { code: 1, meaning: 'a defect of deltafold, or an output that cannot be written' },
  aborted: { code: 130, meaning: 'interrupted (Ctrl-C)' },
} as const satisfies Record<string, OutcomeRow>

export type Outcome = keyof typeof outcomeTable

/** Error code → outcome. */
export const outcomeOfError = {
  truncated: 'truncated',
  upstream_error: 'provider',
  finish_error: 'provider',
  http_status: 'provider',
  transport: 'provider',
  stall_timeout: 'provider',
  first_event_timeout: 'provider',
  total_timeout: 'provider',
  bad_json: 'badInput',
  bad_chunk: 'badInput',
  bad_type: 'badInput',
  bad_index: 'badInput',
  bad_content_type: 'badInput',
  empty_stream: 'badInput',
  limit_event: 'badInput',
  limit_message: 'badInput',
  limit_stream: 'badInput',
  limit_tool_calls: 'badInput',
  limit_choices: 'badInput',
  listener: 'unexpected',
  internal: 'unexpected',
  aborted: 'aborted',
} as const satisfies Record<ErrorCode, Outcome>

export function outcomeOf({ error }: AssemblyResult): Outcome {
  return error === undefined ? 'complete' : outcomeOfError[error.code]
}

const fromBestToWorst = Object.keys(outcomeTable)

export function worstOf(outcomes: readonly Outcome[]): Outcome {
  const rank = (outcome: Outcome): number => fromBestToWorst.indexOf(outcome)
  return outcomes.reduce<Outcome>((worst, one) => (rank(one) > rank(worst) ? one : worst), 'complete')
}

import type { AssemblyResult, AssemblyStatus } from '../../core.ts'
import { visibleLine } from './control-characters.ts'
import type { Timing } from './pace.ts'
import type { Palette } from './palette.ts'

const marks = { complete: '✓', truncated: '✗', errored: '✗', aborted: '■' } as const satisfies Record<
  AssemblyStatus,
  string
>

const colors = {
  complete: 'green',
  truncated: 'yellow',
  errored: 'red',
  aborted: 'yellow',
} as const satisfies Record<AssemblyStatus, keyof Palette>

/** How it ended, in one line: status, finish reasons, tokens, times, oddities. */
export function statusLine(result: AssemblyResult, timing: Timing | undefined, palette: Palette): string {
  const { status } = result
  const head = palette[colors[status]](`${marks[status]} ${status}`)
  const rest = [finishOf(result), usageOf(result), ...timesOf(timing), diagnosticsOf(result)]
  return [head, ...rest.filter((part) => part !== '').map((part) => palette.dim(visibleLine(part)))].join(
    palette.dim(' · '),
  )
}

function finishOf({ completion: { choices } }: AssemblyResult): string {
  const reasons = choices.map(({ finish_reason }) => finish_reason ?? 'no finish_reason').join(', ')
  return choices.length > 1 ? `${choices.length} choices: ${reasons}` : reasons
}

function usageOf({ completion: { usage } }: AssemblyResult): string {
  if (!usage) return ''
  const { prompt_tokens, completion_tokens, total_tokens } = usage
  const thought = usage.completion_tokens_details?.reasoning_tokens
  const parts = [
    prompt_tokens == null ? '' : `${prompt_tokens} tokens in`,
    completion_tokens == null ? '' : `${completion_tokens} out${thought ? ` (${thought} reasoning)` : ''}`,
  ].filter(Boolean)
  if (parts.length === 0 && total_tokens != null) return `${total_tokens} tokens`
  return parts.join(', ')
}

function timesOf(timing: Timing | undefined): string[] {
  if (timing === undefined) return []
  const { firstDeltaMs, totalMs, tokensPerSecond } = timing
  return [
    `first token ${seconds(firstDeltaMs)}`,
    tokensPerSecond === undefined ? '' : `${tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0)} tokens/s`,
    `total ${seconds(totalMs)}`,
  ]
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 9950 ? 2 : 1)} s`
}

function diagnosticsOf({ diagnostics }: AssemblyResult): string {
  const count = diagnostics.length
  if (count === 0) return ''
  const codes = [...new Set(diagnostics.map(({ code }) => code))]
  const named = `${codes.slice(0, 3).join(', ')}${codes.length > 3 ? ', …' : ''}`
  return `${count} ${count === 1 ? 'diagnostic' : 'diagnostics'} (${named})`
}

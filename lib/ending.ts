import type { Fault } from './errors.ts'
import type { Choice } from './merge/choice.ts'
import type { ToolCall } from './merge/tool-call.ts'
import type { AssembledToolCall, AssemblyStatus } from './result.ts'

/** What the input had come to when it ended. */
export interface Evidence {
  readonly sawChunk: boolean
  readonly sawDone: boolean
  readonly choices: readonly Choice[]
  readonly requireFinishReason: boolean
}

export type Ending =
  | {
      readonly status: Exclude<AssemblyStatus, 'errored'>
      readonly diagnostic?: 'missing_finish_reason' | 'no_done'
    }
  | { readonly status: 'errored'; readonly code: Fault['code'] }

/** How a stream ended that met no error: reliability rules R13, R14 and R21. */
export function judgeEnding({ sawChunk, sawDone, choices, requireFinishReason }: Evidence): Ending {
  if (!sawChunk) return { status: 'errored', code: 'empty_stream' }
  const isFinished = choices.every((choice) => choice.finish.reason !== null)
  if (sawDone) {
    if (isFinished) return { status: 'complete' }
    return requireFinishReason
      ? { status: 'truncated' }
      : { status: 'complete', diagnostic: 'missing_finish_reason' }
  }
  return isFinished && choices.length > 0
    ? { status: 'complete', diagnostic: 'no_done' }
    : { status: 'truncated' }
}

/** Finish reasons that say the answer was cut: no call of it may be run, even if its arguments happen to parse. */
const cutting: ReadonlySet<string> = new Set(['length', 'content_filter'])

export function isCut(choice: Choice): boolean {
  return choice.finish.reason !== null && cutting.has(choice.finish.reason)
}

/** A call as it stands: `status` is how the whole stream ended. */
export function judgeToolCall(
  choice: Choice,
  call: ToolCall,
  status: AssemblyStatus,
  maxJsonDepth: number,
): AssembledToolCall {
  const verdict = call.judge(maxJsonDepth)
  const isPartial = status !== 'complete' || isCut(choice)
  const state = isPartial ? 'partial' : verdict.valid ? 'complete' : 'invalid'
  return {
    choice: choice.index,
    index: call.ordinal,
    id: call.id,
    type: call.isCustom ? 'custom' : 'function',
    name: call.name,
    arguments: call.text.text,
    ...(state === 'complete' && verdict.value !== undefined && { value: verdict.value }),
    state,
  }
}

/** Kinds of output that a choice of its own would not be without. */
const output: ReadonlySet<string> = new Set(['content', 'reasoning', 'reasoning_content', 'tool_calls'])

/** Several choices with one kind of output each: segments of one answer that was counted in the index (z.ai). */
export function looksSplit(choices: readonly Choice[]): boolean {
  if (choices.length < 2) return false
  const kinds = choices.map((choice) => choice.kinds.filter((kind) => output.has(kind)))
  return kinds.every((own) => own.length <= 1) && new Set(kinds.flat()).size > 1
}

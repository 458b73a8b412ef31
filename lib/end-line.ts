import type { ChunkFold } from './chunk-fold.ts'
import { judgeEnding } from './ending.ts'
import { type Cause, Fault, faultFrom } from './errors.ts'
import type { AssemblyResult, AssemblyStatus } from './result.ts'
import { inspect, type Outcome, resultOf, tellDone } from './settle.ts'
import type { CreateChatCompletionResponse } from './wire/index.ts'

// The last station: what makes a line end, and the one result it has. A line that has ended stays as it ended.

/** The input is over: how has it ended? */
export function judge(fold: ChunkFold): AssemblyResult {
  const { context, completion, sawChunk } = fold
  if (context.reported !== undefined) return settle(fold, 'errored', context.reported)
  const { sawDone, requireFinishReason } = context
  const ending = judgeEnding({ sawChunk, sawDone, choices: completion.choices, requireFinishReason })
  if (ending.status === 'errored') return settleBy(fold, new Fault(ending.code))
  const { status, diagnostic } = ending
  if (diagnostic !== undefined) guard(fold, () => context.diagnose(diagnostic))
  const cut = { fault: new Fault('truncated'), at: context.place }
  return settle(fold, status, status === 'complete' ? undefined : cut)
}

/** Does a piece of work; whatever it throws ends the line. What is no fault is a defect of ours, and says so. */
export function guard(fold: ChunkFold, work: () => void): void {
  try {
    work()
    fold.reporter?.flush()
  } catch (thrown) {
    settleBy(fold, faultFrom(thrown))
  }
}

/** Something went wrong. What the provider has reported counts before what followed from it. */
export function settleBy(fold: ChunkFold, fault: Fault): AssemblyResult {
  const { reported, place } = fold.context
  const own = { fault, at: place }
  // A defect of ours did not follow from it.
  return settle(fold, 'errored', fault.code === 'internal' ? own : (reported ?? own))
}

/** Ends the line; gives how it has ended, if it had before. */
export function settle(fold: ChunkFold, status: AssemblyStatus, cause: Cause | undefined): AssemblyResult {
  const { completion, context } = fold
  const { outlet } = context
  if (context.result !== undefined) return context.result
  let outcome = { status, cause }
  try {
    inspect(completion, context, status)
    if (outlet.hasListener) tellDone(completion, status, context, outlet)
  } catch (thrown) {
    outcome = { status: 'errored', cause: { fault: faultFrom(thrown), at: context.place } }
  }
  // A listener may have aborted meanwhile: then that is the result.
  context.result ??= lastResult(fold, outcome)
  outlet.end(context.result)
  return context.result
}

/** A clock that throws, even now, takes neither the answer with it nor why it ended: then it has no times. */
function lastResult(fold: ChunkFold, outcome: Outcome): AssemblyResult {
  const { completion, context, stopwatch } = fold
  try {
    return resultOf(completion, snapshotOf(fold), context, outcome, stopwatch)
  } catch (thrown) {
    const failed: Outcome = { status: 'errored', cause: { fault: faultFrom(thrown), at: context.place } }
    const last = outcome.cause === undefined ? failed : outcome
    return resultOf(completion, snapshotOf(fold), context, last, undefined)
  }
}

/** The completion so far: immutable, sharing what did not change with the last snapshot. */
export function snapshotOf({ completion }: ChunkFold): CreateChatCompletionResponse {
  // The merge writes every required field of the type; everything else in it is open.
  return completion.snapshot() as unknown as CreateChatCompletionResponse
}

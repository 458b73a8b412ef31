import type { LineContext } from './context.ts'
import { reasoningKeys } from './dialect/reasoning.ts'
import { judgeToolCall, looksSplit } from './ending.ts'
import { AssemblyError, type Cause } from './errors.ts'
import type { AssemblyEvent } from './events.ts'
import type { Choice } from './merge/choice.ts'
import type { Completion } from './merge/completion.ts'
import { isObject } from './merge/json.ts'
import { reasoningOfPart } from './merge/parts.ts'
import { textOfDetails } from './merge/reasoning-details.ts'
import { textOfBlocks } from './merge/thinking-blocks.ts'
import type { ToolCall } from './merge/tool-call.ts'
import type { Outlet } from './outlet.ts'
import { identityOf } from './reporter.ts'
import type { AssemblyResult, AssemblyStatus } from './result.ts'
import type { Stopwatch } from './timing.ts'
import type { ChatCompletionContentPart, CreateChatCompletionResponse, JsonObject } from './wire/index.ts'

export interface Outcome {
  readonly status: AssemblyStatus
  readonly cause: Cause | undefined
}

/** The last looks at the whole, before anything is told as done. */
export function inspect(completion: Completion, context: LineContext, status: AssemblyStatus): void {
  for (const choice of completion.choices) choice.finishToolCalls(context)
  if (looksSplit(completion.choices)) context.diagnose('choices_look_split')
  for (const choice of completion.choices) {
    for (const call of choice.toolCalls.ordered) {
      if (judgeToolCall(choice, call, status, context.limits.maxJsonDepth).state !== 'complete')
        context.diagnose('incomplete_tool_call')
    }
  }
}

/** Tells that every field is done: from now on nothing changes. */
export function tellDone(
  completion: Completion,
  status: AssemblyStatus,
  context: LineContext,
  outlet: Outlet,
): void {
  const emit = (event: AssemblyEvent): void => outlet.emit(event)
  for (const choice of completion.choices) {
    const { message } = choice.snapshot() as { message: JsonObject } // the choice writes it so itself
    tellTexts(choice.index, message, emit)
    for (const call of choice.toolCalls.ordered) {
      if (!call.done) emit(doneEvent(choice, call, status, context.limits.maxJsonDepth))
      call.done = true
    }
    emit({ type: 'choice.done', choice: choice.index, finish_reason: choice.finish.reason })
  }
}

function tellTexts(choice: number, message: JsonObject, emit: (event: AssemblyEvent) => void): void {
  const reasoning = reasoningOf(message)
  if (reasoning !== '') emit({ type: 'reasoning.done', choice, reasoning })
  const { content, refusal } = message
  if (typeof content === 'string' && content !== '') emit({ type: 'content.done', choice, content })
  if (Array.isArray(content))
    emit({ type: 'content.done', choice, content: content as ChatCompletionContentPart[] })
  if (typeof refusal === 'string' && refusal !== '') emit({ type: 'refusal.done', choice, refusal })
}

/** The canonical reasoning text of a message. */
function reasoningOf(message: JsonObject): string {
  for (const { key } of reasoningKeys) {
    const text = message[key]
    if (typeof text === 'string' && text !== '') return text
  }
  const { reasoning_details, thinking_blocks, content } = message
  if (Array.isArray(reasoning_details)) return textOfDetails(reasoning_details)
  if (Array.isArray(thinking_blocks)) return textOfBlocks(thinking_blocks)
  return Array.isArray(content) ? content.filter(isObject).map(reasoningOfPart).join('') : ''
}

export function doneEvent(
  choice: Choice,
  call: ToolCall,
  status: AssemblyStatus,
  maxJsonDepth: number,
): AssemblyEvent {
  const { arguments: text, value, state } = judgeToolCall(choice, call, status, maxJsonDepth)
  const identity = identityOf(choice.index, call)
  return {
    type: 'tool_calls.done',
    ...identity,
    arguments: text,
    ...(value !== undefined && { value }),
    state,
  }
}

export function resultOf(
  completion: Completion,
  snapshot: CreateChatCompletionResponse,
  context: LineContext,
  { status, cause }: Outcome,
  stopwatch: Stopwatch | undefined,
): AssemblyResult {
  const finishReasons = completion.choices
    .filter((choice) => choice.finish.reasons.length > 0)
    .map((choice) => ({ choice: choice.index, reasons: [...choice.finish.reasons] }))
  return {
    status,
    completion: snapshot,
    toolCalls: completion.choices.flatMap((choice) =>
      choice.toolCalls.ordered.map((call) =>
        judgeToolCall(choice, call, status, context.limits.maxJsonDepth),
      ),
    ),
    finishReasons,
    ...(cause && { error: new AssemblyError(cause.fault, cause.at, snapshot) }),
    diagnostics: context.diagnostics.list(),
    ...(stopwatch && { timing: stopwatch.timing(snapshot.usage?.completion_tokens ?? undefined) }),
  }
}

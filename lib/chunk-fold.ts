import type { LineContext } from './context.ts'
import { errorCompanions, errorIn, mayHoldError } from './dialect/errors.ts'
import { isCut } from './ending.ts'
import { Fault } from './errors.ts'
import type { Choice, Taken } from './merge/choice.ts'
import type { Completion } from './merge/completion.ts'
import { fieldTables } from './merge/fields.ts'
import { isObject, setOwn } from './merge/json.ts'
import type { ToolCall } from './merge/tool-call.ts'
import { deltaOfMessage } from './merge/whole-message.ts'
import type { Reporter } from './reporter.ts'
import { doneEvent } from './settle.ts'
import type { Stopwatch } from './timing.ts'
import type { CompletionUsage, JsonObject, JsonValue } from './wire/index.ts'

/** Keys that are read by hand, not by the tables. */
const handRead = {
  chunk: new Set(['choices', 'usage', 'error']),
  choice: new Set(['index', 'delta', 'message', 'finish_reason', 'usage']),
}

/** The stations from chunk to message: takes chunks apart, merges what they hold, tells what changed. */
export class ChunkFold {
  readonly completion: Completion
  readonly context: LineContext
  readonly reporter: Reporter | undefined
  readonly stopwatch: Stopwatch | undefined
  sawChunk = false
  /** Changes whenever anything may have changed that a frame said beside its texts. */
  epoch = 0
  /** Changes with what a choice says once: that it has ended, that a call begins. */
  milestones = 0

  constructor(
    completion: Completion,
    context: LineContext,
    reporter: Reporter | undefined,
    stopwatch: Stopwatch | undefined,
  ) {
    this.completion = completion
    this.context = context
    this.reporter = reporter
    this.stopwatch = stopwatch
  }

  /** Merges a chunk. `isNamedError`: its frame said `event: error`. Throws a fault where it cannot be one. */
  chunk(chunk: JsonObject, isNamedError: boolean): void {
    this.epoch++
    this.stopwatch?.frame()
    const error = isNamedError || mayHoldError(chunk) ? errorIn(chunk, isNamedError) : undefined
    this.sawChunk ||= error !== undefined
    if (error !== undefined) this.context.report(new Fault('upstream_error', { upstream: error.upstream }))
    if (error?.isWholeChunk) return
    if (error === undefined && isForeign(chunk)) return this.context.diagnose('foreign_frame')
    this.sawChunk = true
    const skipped = error === undefined ? handRead.chunk : new Set([...handRead.chunk, ...errorCompanions])
    this.#fields(chunk, skipped, undefined)
    const { choices } = chunk
    if (choices === undefined || choices === null) {
      if (error === undefined) this.context.diagnose('no_choices')
    } else {
      if (!Array.isArray(choices)) throw new Fault('bad_type', { path: 'choices' })
      for (const choice of choices) this.#choice(choice)
    }
    if (this.completion.mergeUsage('chunk', chunk, this.context)) this.tellUsage()
    // Again: a listener may have written meanwhile, and what was settled then may not be so any more.
    this.epoch++
  }

  /** An error that is a text and nothing else. */
  plainError(message: string): void {
    this.sawChunk = true
    this.context.report(new Fault('upstream_error', { upstream: { message } }))
  }

  #choice(source: JsonValue): void {
    if (!isObject(source)) throw new Fault('bad_type', { path: 'choices[]' })
    const choice = this.completion.choiceAt(source.index, this.context)
    this.#delta(choice, source)
    this.#fields(source, handRead.choice, choice)
    const before = choice.finish.reason
    if (source.finish_reason !== undefined && source.finish_reason !== null) {
      choice.mergeFinishReason(source.finish_reason)
      this.milestones++
      if (choice.finish.reason === 'error')
        this.context.report(new Fault('finish_error', { path: `choices[${choice.index}]` }))
    }
    if (choice.hasToolCalls) this.#settleToolCalls(choice, before === null && choice.finish.reason !== null)
    if (this.completion.mergeUsage('choice', source, this.context)) this.tellUsage()
  }

  #delta(choice: Choice, source: JsonObject): void {
    let delta = source.delta ?? null
    const message = source.message ?? null
    if (delta !== null && !isObject(delta))
      throw new Fault('bad_type', { path: `choices[${choice.index}].delta` })
    if (isObject(message)) delta = deltaOfMessage(message, delta ?? {}, choice.message, this.context)
    if (choice.hasToolCalls) choice.toolCalls.changes = []
    if (delta === null) return
    const taken: Taken[] | undefined = this.reporter && []
    try {
      choice.mergeDelta(delta, this.context, taken)
      this.stopwatch?.delta(choice)
    } finally {
      // Also what stands before a fault: it is in the message.
      if (taken !== undefined && taken.length > 0) this.reporter?.delta(choice, taken)
    }
  }

  /** The fields of a chunk or a choice that have no station of their own. */
  #fields(source: JsonObject, skipped: ReadonlySet<string>, choice: Choice | undefined): void {
    let rest: JsonObject | undefined
    for (const key in source) {
      if (skipped.has(key)) continue
      const value = source[key] ?? null
      const target = choice ?? this.completion
      const taken = target.mergeField(key, value, this.context)
      if (taken === undefined || this.reporter === undefined) continue
      if (key === 'logprobs' && choice !== undefined && isObject(taken)) {
        this.reporter.choiceDelta('logprobs.delta', choice.index, taken)
        continue
      }
      rest ??= {}
      setOwn(rest, key, taken)
    }
    if (rest === undefined) return
    if (choice === undefined)
      this.reporter?.live<'completion.delta'>({ type: 'completion.delta', delta: rest })
    else this.reporter?.choiceDelta('choice.delta', choice.index, rest)
  }

  /**
   * Early, safe dispatch: a call is done once the choice has finished, or the next call has begun, and its arguments
   * are a whole object or list, which cannot grow; a text that merely parses could. `{}` is sent by some servers
   * before the arguments, so the next call alone does not settle it. Anything else is told at the end.
   */
  #settleToolCalls(choice: Choice, hasFinished: boolean): void {
    const { changes } = choice.toolCalls
    const begins = changes.some((change) => change.started)
    if (begins) this.milestones++
    if (isCut(choice) || (!hasFinished && !begins)) return
    const newest = changes.findLast((change) => change.started)?.call
    for (const call of choice.toolCalls.ordered) {
      if (call.done || (!hasFinished && (call === newest || call.text.length <= '{}'.length))) continue
      if (!this.#isWhole(call)) continue
      call.done = true
      this.reporter?.tell(doneEvent(choice, call, 'complete', this.context.limits.maxJsonDepth))
    }
  }

  #isWhole(call: ToolCall): boolean {
    if (call.isCustom || call.text.length === 0) return false
    const verdict = call.judge(this.context.limits.maxJsonDepth)
    return verdict.valid && typeof verdict.value === 'object' && verdict.value !== null
  }

  tellUsage(): void {
    const usage = this.completion.usage.snapshot()
    this.reporter?.live<'usage'>({ type: 'usage', usage: usage as CompletionUsage }) // an object, or it was not taken
  }
}

/** JSON that is no chunk: a ping. It has no choices, and no field that any provider's chunk without choices has. */
function isForeign(chunk: JsonObject): boolean {
  if ('choices' in chunk || 'usage' in chunk) return false
  for (const key in chunk) if (tells(key)) return false
  return true
}

/** The tier alone says nothing of an answer. */
const tells = (key: string): boolean =>
  key !== 'service_tier' && (fieldTables().chunk.has(key) || knownAlone.has(key))

/** Fields that come in chunks of their own. */
const knownAlone: ReadonlySet<string> = new Set(['x_groq', 'timings', 'provider'])

import type { Choice } from './merge/choice.ts'
import { plainReasoning } from './merge/fields.ts'
import type { JsonValue } from './wire/index.ts'

/** When things came, in milliseconds from the start. A time is absent if the thing never came. */
export interface Timing {
  readonly firstFrameMs?: number
  /** The first output of any kind: text, reasoning, a tool call, audio. */
  readonly firstDeltaMs?: number
  readonly firstContentMs?: number
  readonly firstReasoningMs?: number
  readonly firstToolCallMs?: number
  /** The longest time between two frames. */
  readonly longestGapMs?: number
  readonly totalMs: number
  /** Completion tokens by the provider's own count, over the time from the first delta to the end. */
  readonly tokensPerSecond?: number
}

type Mark = 'firstFrameMs' | 'firstDeltaMs' | 'firstContentMs' | 'firstReasoningMs' | 'firstToolCallMs'

/** The fields of a message whose coming is worth a mark, and the mark. */
const marks: readonly (readonly [field: string, mark: Mark])[] = [
  ['content', 'firstContentMs'],
  ...[...plainReasoning, 'reasoning_details', 'thinking_blocks'].map(
    (field) => [field, 'firstReasoningMs'] as const,
  ),
  ['refusal', 'firstDeltaMs'],
  ['audio', 'firstDeltaMs'],
]

/** Notes when things came, by a clock that its owner gives: the line itself knows no time. */
export class Stopwatch {
  readonly #now: () => number
  #start: number
  readonly #marks: Partial<Record<Mark, number>> = {}
  #lastFrame = 0
  #longestGap = 0

  constructor(now: () => number) {
    this.#now = now
    this.#start = now()
  }

  get elapsed(): number {
    return this.#now() - this.#start
  }

  frame(): void {
    const elapsed = this.elapsed
    if (this.#marks.firstFrameMs === undefined) this.#marks.firstFrameMs = elapsed
    else this.#longestGap = Math.max(this.#longestGap, elapsed - this.#lastFrame)
    this.#lastFrame = elapsed
  }

  /** A delta was merged into a choice: what is there now that was not before? */
  delta(choice: Choice): void {
    const at = this.#lastFrame
    for (const [field, mark] of marks) {
      if (this.#marks[mark] === undefined && isSomething(choice.message.get(field)?.snapshot()))
        this.#mark(mark, at)
    }
    if (choice.toolCalls.size > 0) this.#mark('firstToolCallMs', at)
  }

  #mark(mark: Mark, at: number): void {
    this.#marks[mark] ??= at
    this.#marks.firstDeltaMs ??= at
  }

  timing(completionTokens: JsonValue | undefined): Timing {
    const totalMs = this.elapsed
    const writing = totalMs - (this.#marks.firstDeltaMs ?? totalMs)
    return {
      ...this.#marks,
      ...(this.#lastFrame > 0 && { longestGapMs: this.#longestGap }),
      totalMs,
      ...(typeof completionTokens === 'number' &&
        writing > 0 && { tokensPerSecond: (completionTokens * 1000) / writing }),
    }
  }

  save(): StopwatchState {
    return {
      elapsed: this.elapsed,
      marks: { ...this.#marks },
      lastFrame: this.#lastFrame,
      longestGap: this.#longestGap,
    }
  }

  /** Goes on as if the time between save and load had not passed. */
  load(state: StopwatchState): void {
    this.#start = this.#now() - state.elapsed
    Object.assign(this.#marks, state.marks)
    this.#lastFrame = state.lastFrame
    this.#longestGap = state.longestGap
  }
}

export interface StopwatchState {
  readonly elapsed: number
  readonly marks: Readonly<Partial<Record<Mark, number>>>
  readonly lastFrame: number
  readonly longestGap: number
}

function isSomething(value: JsonValue | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '' && value !== null
}

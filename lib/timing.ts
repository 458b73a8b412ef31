import { reasoningKeys } from './dialect/reasoning.ts'
import type { Choice } from './merge/choice.ts'
import type { Field } from './merge/field.ts'
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

/** The fields of a message whose coming is worth a mark, and the mark; beside them the keys of plain reasoning. */
const marks: readonly (readonly [field: string, mark: Mark])[] = [
  ['content', 'firstContentMs'],
  ['reasoning_details', 'firstReasoningMs'],
  ['thinking_blocks', 'firstReasoningMs'],
  ['refusal', 'firstDeltaMs'],
  ['audio', 'firstDeltaMs'],
]

/**
 * Notes when things came, by a clock that its owner gives: the line itself knows no time. The clock is read once a
 * write, for all that comes in one write has come at the same time.
 */
export class Stopwatch {
  readonly #now: () => number
  #start: number
  /** The time of the write. */
  #time = 0
  readonly #marks: Partial<Record<Mark, number>> = {}
  /** The write has brought a frame: others in it come at the same time. */
  #hasFrame = false
  #lastFrame = 0
  #longestGap = 0
  /** The choice of the last delta, how many fields it had, and which of them were still empty. */
  #choice: Choice | undefined
  #fields = 0
  #empty: (readonly [field: Field, mark: Mark])[] = []

  constructor(now: () => number) {
    this.#now = now
    this.#start = now()
  }

  get elapsed(): number {
    return this.#now() - this.#start
  }

  /** Something is written. */
  write(): void {
    this.#time = this.elapsed
    this.#hasFrame = false
  }

  frame(): void {
    if (this.#hasFrame) return
    this.#hasFrame = true
    if (this.#marks.firstFrameMs === undefined) this.#marks.firstFrameMs = this.#time
    else this.#longestGap = Math.max(this.#longestGap, this.#time - this.#lastFrame)
    this.#lastFrame = this.#time
  }

  /** A delta was merged into a choice: what is there now that was not before? */
  delta(choice: Choice): void {
    if (choice.hasToolCalls) this.#mark('firstToolCallMs')
    if (choice !== this.#choice || choice.message.size !== this.#fields) this.#listFields(choice)
    if (this.#empty.length > 0) this.#look()
  }

  #listFields(choice: Choice): void {
    const { message } = choice
    this.#choice = choice
    this.#fields = message.size
    this.#empty = []
    for (const { key } of reasoningKeys) this.#list(message.get(key), 'firstReasoningMs')
    for (const [name, mark] of marks) this.#list(message.get(name), mark)
  }

  #list(field: Field | undefined, mark: Mark): void {
    if (field !== undefined && this.#marks[mark] === undefined) this.#empty.push([field, mark])
  }

  #look(): void {
    let isFilled = false
    for (const [field, mark] of this.#empty) {
      if (!isSomething(field.snapshot())) continue
      this.#mark(mark)
      isFilled = true
    }
    if (isFilled) this.#empty = this.#empty.filter(([, mark]) => this.#marks[mark] === undefined)
  }

  #mark(mark: Mark): void {
    this.#marks[mark] ??= this.#time
    this.#marks.firstDeltaMs ??= this.#time
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

import type { AssemblyEvent, AssemblyResult } from '../../core.ts'

const deltas: ReadonlySet<AssemblyEvent['type']> = new Set([
  'content.delta',
  'content.part',
  'refusal.delta',
  'reasoning.delta',
  'tool_calls.start',
  'tool_calls.arguments.delta',
  'audio.delta',
])

/** A shorter span says nothing of the model: the input came from a file, or all at once. */
const MEASURABLE_MS = 100

export interface Timing {
  readonly firstDeltaMs: number
  readonly totalMs: number
  /** undefined where the provider did not say how many tokens there were. */
  readonly tokensPerSecond: number | undefined
}

/** Takes the time of a stream: to its first token, and from there to its last one. */
export class Pace {
  readonly #start = performance.now()
  #first: number | undefined
  #last = 0
  #thought = false

  take({ type }: AssemblyEvent): void {
    if (!deltas.has(type)) return
    this.#last = performance.now()
    this.#first ??= this.#last
    if (type === 'reasoning.delta') this.#thought = true
  }

  get elapsedMs(): number {
    return performance.now() - this.#start
  }

  get hasBegun(): boolean {
    return this.#first !== undefined
  }

  /** undefined where it came too fast to be measured. */
  timing({ completion }: AssemblyResult): Timing | undefined {
    if (this.#first === undefined || this.#last - this.#first < MEASURABLE_MS) return undefined
    const usage = completion.usage
    const hidden = this.#thought ? 0 : (usage?.completion_tokens_details?.reasoning_tokens ?? 0)
    // Tokens of reasoning that is not shown were made before the first delta came.
    const tokens = (usage?.completion_tokens ?? 0) - hidden
    const seconds = (this.#last - this.#first) / 1000
    return {
      firstDeltaMs: this.#first - this.#start,
      totalMs: this.elapsedMs,
      tokensPerSecond: tokens > 0 ? tokens / seconds : undefined,
    }
  }
}

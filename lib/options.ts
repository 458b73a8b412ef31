import type { AssemblyEvent } from './events.ts'
import type { Limits } from './limits.ts'
import type { MergeRule } from './merge/fields.ts'

/** How an assembler reads its input. Everything has a default; the limits are on. */
export interface AssemblerOptions extends Partial<Limits> {
  /** Called with each event, in the same tick as the write that brought it. Without it no event is made. */
  readonly onEvent?: ((event: AssemblyEvent) => void) | undefined
  /**
   * The deltas of one write are joined, one for each choice and field: text, reasoning, refusal, arguments of a call,
   * audio, log probabilities. Told at the end of the write, or before any other event, so that nothing changes but
   * how many they are. For whoever wants the text or the snapshots and not each token. Default false.
   *
   * ```ts
   * new Assembler({ coalesce: true, onEvent: (event) => render(event) }) // one content.delta a network read
   * ```
   */
  readonly coalesce?: boolean | undefined
  /** The content type of the body. Absent: the first character decides between an event stream and JSON. */
  readonly contentType?: string | undefined
  /** [DONE] without finish_reason means `truncated`; by default it is `complete` with a diagnostic. */
  readonly requireFinishReason?: boolean | undefined
  /** A frame that cannot be read ends the stream as `errored`, or is skipped with a diagnostic. Default 'error'. */
  readonly onBadChunk?: 'error' | 'skip' | undefined
  /** n = 1 was asked for: every choice index means choice 0 (z.ai counts segments there). */
  readonly choices?: 1 | undefined
  /** The provider sends whole texts, not pieces: in all text fields, or in the named ones. */
  readonly cumulative?: boolean | readonly string[] | undefined
  /** A clock in milliseconds, such as `() => performance.now()`: the result then has `timing`. */
  readonly clock?: (() => number) | undefined
  /** Merge rules for fields of your own, at every level. */
  readonly rules?: Readonly<Record<string, MergeRule>> | undefined
}

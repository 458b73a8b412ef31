import type { DiagnosticCode } from '../diagnostics.ts'
import type { GrowingText } from '../growing-text.ts'
import type { Limits } from '../limits.ts'
import type { JsonValue } from '../wire/index.ts'

/** What a field may ask of the line while it takes a value. */
export interface MergeContext {
  readonly limits: Limits
  /** Text fields that a provider was declared to send whole each time; true: all of them. */
  readonly cumulative: boolean | ReadonlySet<string>
  diagnose(code: DiagnosticCode, path?: string): void
  /** Counts text that is about to be kept, of this UTF-8 size. Throws a fault when the response grows too large. */
  keepText(text: string, size?: number): void
  /** Counts any other value, in place of the one it replaces; false: it is nested too deeply, leave it out. */
  keepValue(value: JsonValue, replaced?: JsonValue): boolean
}

/**
 * One field of the completion while it grows. There is one class per merge rule; fields.ts says which field has
 * which rule. A field never changes a value it was given or has given out.
 */
export interface Field {
  /**
   * Takes the next value from the wire, never null. Gives what it took of it, in the wire's shape: merging that
   * into a fresh field has the same effect. undefined: nothing changed. `size`: the UTF-8 size of a text, if known.
   */
  merge(value: JsonValue, context: MergeContext, size?: number): JsonValue | undefined
  /**
   * Would merging this value, which is not null, change nothing, tell nothing and count nothing? What a template
   * finds constant need not be merged again while this is so. Absent: never sure.
   */
  repeats?(value: JsonValue): boolean
  /**
   * The text to whose end merging any piece that is not empty would add it, count it, and do nothing else. So it stays
   * until a value is merged that is no text. Absent or undefined: never sure.
   */
  growing?(context: MergeContext): GrowingText | undefined
  /** The value so far, immutable; undefined: leave the field out. */
  snapshot(): JsonValue | undefined
  /** The state as JSON, and back. */
  save(): JsonValue
  load(state: JsonValue): void
}

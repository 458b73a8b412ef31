import type { Diagnostic } from './diagnostics.ts'
import { type Cause, type ErrorCode, Fault, type Place, type UpstreamError } from './errors.ts'
import type { BodyState } from './from/body.ts'
import type { StopwatchState } from './timing.ts'
import type { JsonValue } from './wire/index.ts'

/** The version of the state's form. A state of another version is refused, not guessed at. */
export const STATE_VERSION = 1

/**
 * An assembler in the middle of its work, as JSON: `Assembler.restore` goes on from there in another process. Its
 * form is ours and may change with a version; options and listeners are not in it.
 */
export interface AssemblerState {
  readonly version: typeof STATE_VERSION
  readonly body: BodyState
  readonly bytes: number
  readonly frame: number
  readonly kept: number
  readonly sawChunk: boolean
  readonly completion: JsonValue
  readonly diagnostics: readonly Diagnostic[]
  readonly reported?: ReportedState | undefined
  /** Choices whose reasoning was told from plain text. */
  readonly spoke: readonly number[]
  readonly stopwatch?: StopwatchState | undefined
}

/** The first error the provider reported. */
export interface ReportedState {
  readonly code: ErrorCode
  readonly at: Place
  readonly path?: string
  readonly upstream?: UpstreamError
}

export function saveCause({ fault, at }: Cause): ReportedState {
  const { code, path, upstream } = fault
  return { code, at, ...(path !== undefined && { path }), ...(upstream !== undefined && { upstream }) }
}

export function loadCause({ code, at, path, upstream }: ReportedState): Cause {
  return {
    fault: new Fault(code, {
      ...(path !== undefined && { path }),
      ...(upstream !== undefined && { upstream }),
    }),
    at,
  }
}

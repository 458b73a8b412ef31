import type { Diagnostic } from './diagnostics.ts'
import type { AssemblyError } from './errors.ts'
import type { Timing } from './timing.ts'
import type { CreateChatCompletionResponse, JsonValue } from './wire/index.ts'

/**
 * How a stream ended. `complete`: the answer is whole. `truncated`: the input ended before the answer did.
 * `errored`: the provider, the connection or the data failed. `aborted`: the caller stopped it.
 */
export type AssemblyStatus = 'complete' | 'truncated' | 'errored' | 'aborted'

/** A tool call as it came out. Only `state: 'complete'` may be run. */
export interface AssembledToolCall {
  /** The index of its choice. */
  readonly choice: number
  /** Its number in order of arrival; the same in all events. */
  readonly index: number
  readonly id: string
  readonly type: 'function' | 'custom'
  readonly name: string
  /** The arguments of a function as JSON text, or the input of a custom tool: as they came. */
  readonly arguments: string
  /** The parsed arguments of a function call that is complete. */
  readonly value?: JsonValue
  /** `partial`: it, or the answer around it, was cut. `invalid`: no name, or arguments that are not JSON. */
  readonly state: 'complete' | 'partial' | 'invalid'
}

/** Everything a stream came to. Plain data: `JSON.stringify` keeps it whole. */
export interface AssemblyResult {
  readonly status: AssemblyStatus
  /** Always there, as far as it got. */
  readonly completion: CreateChatCompletionResponse
  /** The tool calls of all choices, in the order of the message. */
  readonly toolCalls: readonly AssembledToolCall[]
  /** Every finish_reason that came, for the choices that got one. */
  readonly finishReasons: readonly { readonly choice: number; readonly reasons: readonly string[] }[]
  /** Why it is not complete; absent when it is. */
  readonly error?: AssemblyError
  readonly diagnostics: readonly Diagnostic[]
  /** When things came; present where a host gave the line a clock. */
  readonly timing?: Timing
}

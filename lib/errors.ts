import type { CreateChatCompletionResponse } from './wire/index.ts'

/** Where in the input: `frame` counts frames from 1 (0: before the first), `byte` is where that frame begins. */
export interface Place {
  readonly frame: number
  readonly byte: number
}

/** The station of the line that saw the fault; `line`: it is in the line itself. */
export type Stage = 'transport' | 'frame' | 'chunk' | 'delta' | 'end' | 'caller' | 'line'

interface ErrorRow {
  readonly stage: Stage
  /** Would the same request, sent again, have a fair chance? */
  readonly retryable: boolean
  readonly fact: string
  readonly help: string
}

/** Code → meaning. The message of an error is made of this table only: it never carries what the model said. */
export const errorTable = {
  bad_json: {
    stage: 'chunk',
    retryable: true,
    fact: 'A frame holds data that is not valid JSON.',
    help: "Send the request again, or pass onBadChunk: 'skip' to go on without such frames.",
  },
  bad_chunk: {
    stage: 'chunk',
    retryable: false,
    fact: 'A frame holds JSON that is not an object.',
    help: 'Check that the address serves chat completions.',
  },
  bad_type: {
    stage: 'delta',
    retryable: false,
    fact: 'A field of a chunk has a type that it cannot have.',
    help: 'The path names the field; report it to the provider, or give the field a rule of your own.',
  },
  bad_index: {
    stage: 'delta',
    retryable: false,
    fact: 'An index is not a whole number of 0 or more.',
    help: 'The path names the field; report it to the provider.',
  },
  upstream_error: {
    stage: 'chunk',
    retryable: true,
    fact: 'The provider reported an error in the stream.',
    help: 'Its own message and code are in error.upstream; what came before is in the result.',
  },
  finish_error: {
    stage: 'delta',
    retryable: true,
    fact: "A choice ended with finish_reason 'error'.",
    help: 'The provider gave no reason; send the request again.',
  },
  empty_stream: {
    stage: 'end',
    retryable: true,
    fact: 'The input ended without a single chunk.',
    help: 'Check that the address serves chat completions and that no proxy swallowed the body.',
  },
  bad_content_type: {
    stage: 'transport',
    retryable: false,
    fact: 'The response is neither text/event-stream nor JSON.',
    help: 'Check the address: a web page or a proxy has answered instead of the provider.',
  },
  http_status: {
    stage: 'transport',
    retryable: false,
    fact: 'The server answered with an HTTP error status.',
    help: 'The status, and the message if there was one, are in error.upstream.',
  },
  transport: {
    stage: 'transport',
    retryable: true,
    fact: 'The connection broke while the stream was being read.',
    help: 'The reason is in error.cause; what came before is in the result.',
  },
  stall_timeout: {
    stage: 'transport',
    retryable: true,
    fact: 'No data came within progressTimeoutMs (comments do not count).',
    help: 'Send the request again, or allow more time.',
  },
  first_event_timeout: {
    stage: 'transport',
    retryable: true,
    fact: 'No data came within firstEventTimeoutMs.',
    help: 'Send the request again, or allow more time.',
  },
  total_timeout: {
    stage: 'transport',
    retryable: true,
    fact: 'The stream did not end within totalTimeoutMs.',
    help: 'Allow more time, or ask for a shorter answer.',
  },
  limit_event: {
    stage: 'frame',
    retryable: false,
    fact: 'A frame is larger than maxEventBytes.',
    help: 'Raise the limit if frames of that size are expected.',
  },
  limit_message: {
    stage: 'delta',
    retryable: false,
    fact: 'The response is larger than maxMessageBytes.',
    help: 'Raise the limit if responses of that size are expected.',
  },
  limit_stream: {
    stage: 'frame',
    retryable: false,
    fact: 'The stream is larger than maxStreamBytes.',
    help: 'Raise the limit if streams of that size are expected.',
  },
  limit_tool_calls: {
    stage: 'delta',
    retryable: false,
    fact: 'The response has more tool calls than maxToolCalls.',
    help: 'Raise the limit if so many calls are expected.',
  },
  limit_choices: {
    stage: 'delta',
    retryable: false,
    fact: 'The response has more choices than maxChoices.',
    help: 'Raise the limit if so many choices were asked for.',
  },
  listener: {
    stage: 'caller',
    retryable: false,
    fact: 'The onEvent listener threw.',
    help: 'What it threw is in error.cause.',
  },
  internal: {
    stage: 'line',
    retryable: false,
    fact: 'The library that folds the stream has failed itself.',
    help: 'If error.cause is not from a clock of yours, report it as a defect of deltafold, with its stack.',
  },
  truncated: {
    stage: 'end',
    retryable: true,
    fact: 'The stream ended before the answer did.',
    help: 'Neither [DONE] nor a finish_reason came; what did come is in the result.',
  },
  aborted: {
    stage: 'caller',
    retryable: false,
    fact: 'The caller aborted the stream.',
    help: 'The reason is in error.cause; what came before is in the result.',
  },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable

/** What the provider itself said about a failure. */
export interface UpstreamError {
  readonly message: string
  readonly type?: string
  readonly code?: string | number
  readonly status?: number
}

/**
 * A fault on its way from where it was seen to the assembler, which adds the place and the partial result. It is
 * thrown inside the library only; callers meet {@link AssemblyError}.
 */
export class Fault {
  readonly code: ErrorCode
  readonly path: string | undefined
  readonly upstream: UpstreamError | undefined
  readonly cause: unknown

  constructor(code: ErrorCode, details: { path?: string; upstream?: UpstreamError; cause?: unknown } = {}) {
    this.code = code
    this.path = details.path
    this.upstream = details.upstream
    this.cause = details.cause
  }
}

/** What was thrown, as a fault: whatever is none was thrown by our own code, and neither by the input nor a listener. */
export function faultFrom(thrown: unknown): Fault {
  return thrown instanceof Fault ? thrown : new Fault('internal', { cause: thrown })
}

/** What made a stream end otherwise than complete, and where. */
export interface Cause {
  readonly fault: Fault
  readonly at: Place
}

const brand = Symbol.for('deltafold.AssemblyError')

/**
 * Why a stream is not complete: a stable `code`, where it was seen, and everything assembled before it.
 *
 * `instanceof` holds across copies of the package. `JSON.stringify` gives code, message, stage and place; the
 * partial completion is left out there because the result beside it has it.
 *
 * ```ts
 * try { await assembly.completion() } catch (error) {
 *   if (error instanceof AssemblyError && error.retryable) save(error.partial)
 * }
 * ```
 */
export class AssemblyError extends Error {
  static override readonly name = 'AssemblyError' // in a log, where the code is minified
  override readonly name = 'AssemblyError'
  readonly code: ErrorCode
  readonly stage: Stage
  readonly at: Place
  readonly path?: string
  readonly retryable: boolean
  /** The completion as far as it got. */
  readonly partial: CreateChatCompletionResponse
  /** What the provider said, cut to maxErrorMessageBytes. */
  readonly upstream?: UpstreamError

  constructor(fault: Fault, at: Place, partial: CreateChatCompletionResponse) {
    const row: ErrorRow = errorTable[fault.code]
    super(`${row.fact} ${row.help}`, fault.cause === undefined ? undefined : { cause: fault.cause })
    this.code = fault.code
    this.stage = row.stage
    this.at = at
    if (fault.path !== undefined) this.path = fault.path
    this.retryable = row.retryable || isRetryableStatus(fault.upstream?.status)
    this.partial = partial
    if (fault.upstream !== undefined) this.upstream = fault.upstream
    Object.defineProperty(this, brand, { value: true })
    Object.defineProperty(this, 'partial', { enumerable: false })
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  toJSON(): object {
    const { name, code, message, stage, at, path, retryable, upstream } = this
    return { name, code, message, stage, at, ...(path && { path }), retryable, ...(upstream && { upstream }) }
  }
}

/** RFC 9110: 408 and 429 ask for a retry, 5xx may pass; every other status would come again. */
function isRetryableStatus(status: number | undefined): boolean {
  return status === 408 || status === 429 || (status !== undefined && status >= 500)
}

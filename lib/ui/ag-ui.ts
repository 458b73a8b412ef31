import { type Encoder, sseHeaders, sseHeartbeat } from './encoder.ts'
import { usageOf } from './finish.ts'
import { callFaults, type ErrorText, factOf } from './page-words.ts'
import { writeSse } from './sse.ts'
import { type FrameTable, StepEncoder } from './step-encoder.ts'
import type { StepFields } from './steps.ts'

export interface AgUiOptions {
  /** The run and the thread of the request, which the client wants back. */
  readonly runId?: string | undefined
  readonly threadId?: string | undefined
  readonly messageId?: string | undefined
  /** Gives each event an id, by which a client that lost its connection can go on. Default false. */
  readonly ids?: boolean | undefined
  /** The `Last-Event-ID` of such a client: what it has already is left out. Throws a RangeError if it is none. */
  readonly after?: string | null | undefined
  readonly errorText?: ErrorText | undefined
  /** The choice that is shown. Default 0. */
  readonly choice?: number | undefined
}

/** An event of AG-UI. Optional fields are left out: null is refused. */
export interface AgUiEvent {
  readonly type: string
  readonly delta?: string
  readonly [field: string]: unknown
}

/** What a dialect of AG-UI says beside the protocol. */
export interface AgUiDialect {
  /** Text that goes on after reasoning does so in a message of its own. */
  readonly splitsText: boolean
  readonly finished: (step: StepFields['complete' | 'aborted']) => object
  readonly toolFailed: object
}

const plain: AgUiDialect = { splitsText: false, finished: () => ({}), toolFailed: {} }

/**
 * The events of AG-UI 1.0, for `HttpAgent` and whatever stands on it, such as CopilotKit.
 *
 * ```ts
 * const { threadId, runId } = await request.json()
 * return toResponse(createRun(source, { id: runId }), (identity) => agUi({ ...identity, threadId }))
 * ```
 */
export function agUi(options: AgUiOptions = {}): Encoder {
  return agUiEncoder(options, plain)
}

/** The encoder of a dialect. */
export function agUiEncoder(options: AgUiOptions, dialect: AgUiDialect): Encoder {
  const { ids = false, after } = options
  const cursor = ids || typeof after === 'string' ? new Cursor(after ?? undefined) : undefined
  const write = (event: AgUiEvent): string =>
    cursor === undefined ? writeSse({ data: JSON.stringify(event) }) : cursor.write(event)
  // No [DONE]: the client parses it as JSON, and fails. Line feeds only: it does not know CRLF.
  const rules = { headers: sseHeaders, heartbeat: sseHeartbeat, frames: framesOf(options, dialect), write }
  return new StepEncoder<AgUiEvent>({ ...rules, close: '' }, options.choice)
}

/**
 * Counts the stream in characters of deltas, and one for each other event: however the deltas were joined for one
 * connection or the next, the same place in the answer has the same number.
 */
class Cursor {
  readonly #after: number
  #at = 0

  constructor(after: string | undefined) {
    if (after !== undefined && !/^\d{1,15}$/.test(after))
      throw new RangeError('The Last-Event-ID is not one of this stream')
    this.#after = Number(after ?? 0)
  }

  write(event: AgUiEvent): string {
    const begin = this.#at
    this.#at += event.delta?.length ?? 1
    if (this.#at <= this.#after) return ''
    const known = Math.max(0, this.#after - begin)
    const rest = known === 0 ? event : { ...event, delta: event.delta?.slice(known) }
    return writeSse({ id: String(this.#at), data: JSON.stringify(rest) })
  }
}

function framesOf(options: AgUiOptions, dialect: AgUiDialect): FrameTable<AgUiEvent> {
  const runId = options.runId ?? crypto.randomUUID()
  const threadId = options.threadId ?? runId
  const messageId = options.messageId ?? `message-${runId}`
  const reasoningId = `reasoning-${messageId}`
  const { errorText = factOf } = options
  // One message for all text: opened again it goes on, as `content` does.
  let textId: string | undefined
  let hasThought = false
  return {
    open: () => [{ type: 'RUN_STARTED', threadId, runId }],
    'text.start': ({ part }) => {
      textId = textId !== undefined && hasThought && dialect.splitsText ? `${messageId}-${part}` : messageId
      hasThought = false
      return [{ type: 'TEXT_MESSAGE_START', messageId: textId, role: 'assistant' }]
    },
    'text.delta': ({ delta }) => [{ type: 'TEXT_MESSAGE_CONTENT', messageId: textId, delta }],
    'text.end': () => [{ type: 'TEXT_MESSAGE_END', messageId: textId }],
    'reasoning.start': () => {
      hasThought = true
      return [
        { type: 'REASONING_START', messageId: reasoningId },
        { type: 'REASONING_MESSAGE_START', messageId: reasoningId, role: 'reasoning' },
      ]
    },
    'reasoning.delta': ({ delta }) => [{ type: 'REASONING_MESSAGE_CONTENT', messageId: reasoningId, delta }],
    'reasoning.end': () => [
      { type: 'REASONING_MESSAGE_END', messageId: reasoningId },
      { type: 'REASONING_END', messageId: reasoningId },
    ],
    'tool.start': ({ call: { id: toolCallId, name: toolCallName } }) => [
      // The parent keeps all calls of an answer in one message.
      { type: 'TOOL_CALL_START', toolCallId, toolCallName, parentMessageId: messageId },
    ],
    'tool.delta': ({ call, delta }) => [{ type: 'TOOL_CALL_ARGS', toolCallId: call.id, delta }],
    'tool.ready': ({ call }) => [{ type: 'TOOL_CALL_END', toolCallId: call.id }],
    'tool.failed': ({ call: { id: toolCallId }, state }) => [
      { type: 'TOOL_CALL_END', toolCallId },
      // The protocol has no word for bad arguments. A call that has its result is not run.
      {
        type: 'TOOL_CALL_RESULT',
        messageId: `result-${toolCallId}`,
        toolCallId,
        role: 'tool',
        content: JSON.stringify({ error: callFaults[state] }),
        ...dialect.toolFailed,
      },
    ],
    source: () => [],
    file: () => [],
    complete: (step) => {
      const usage = usageOf(step.result)
      const model = step.result.completion.model
      const counted = usage && { usage: [{ ...usage, ...(model !== '' && { model }) }] }
      return [{ type: 'RUN_FINISHED', threadId, runId, ...counted, ...dialect.finished(step) }]
    },
    failed: ({ error }) => [{ type: 'RUN_ERROR', message: errorText(error), code: error.code }],
    aborted: (step) => [
      {
        type: 'RUN_FINISHED',
        threadId,
        runId,
        outcome: { type: 'cancelled' },
        ...dialect.finished(step),
      },
    ],
  }
}

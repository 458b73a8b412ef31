import { assistantTransport } from './assistant-ui/assistant-transport.ts'
import { dataStream } from './assistant-ui/data-stream.ts'
import type { Encoder } from './encoder.ts'
import { type ErrorText, factOf } from './page-words.ts'
import { StepEncoder } from './step-encoder.ts'

export interface AssistantUiOptions {
  /** Which decoder the page has. Default 'data-stream'. */
  readonly format?: 'data-stream' | 'assistant-transport' | undefined
  readonly messageId?: string | undefined
  readonly errorText?: ErrorText | undefined
  /** The choice that is shown. Default 0. */
  readonly choice?: number | undefined
}

/**
 * The streams of assistant-ui: the data stream, for `useDataStreamRuntime`, and the assistant transport. Its runtime
 * for the AI SDK reads {@link aiSdk}.
 *
 * ```ts
 * return toResponse(run, (identity) => assistantUi({ ...identity, format: 'assistant-transport' }))
 * ```
 */
export function assistantUi(options: AssistantUiOptions = {}): Encoder {
  const { format, messageId = crypto.randomUUID(), errorText = factOf, choice } = options
  const words = { messageId, errorText }
  return format === 'assistant-transport'
    ? new StepEncoder(assistantTransport(words), choice)
    : new StepEncoder(dataStream(words), choice)
}

import { isPoisonous } from '../poison.ts'
import type { AssemblyResult } from '../result.ts'
import { type Encoder, sseHeaders, sseHeartbeat } from './encoder.ts'
import { usageOf } from './finish.ts'
import { callFaults, type ErrorText, factOf } from './page-words.ts'
import { writeSse } from './sse.ts'
import { type FrameTable, StepEncoder } from './step-encoder.ts'
import type { StepCall } from './steps.ts'

/** Which clients must understand it: every release since 5.0.0, those of the last year, or 7 alone. */
export type AiSdkProfile = '5.0' | 'default' | '7'

interface ProfileRow {
  /** `finish` with its reason: read since 5.0.92, fatal before. */
  readonly finishReason: boolean
  /** `tool-input-error`: read since 5.0.7, fatal before. */
  readonly toolInputError: boolean
  /** `abort` with its reason: read since 6.0.15, fatal before. */
  readonly abortReason: boolean
}

/**
 * The schemas of old releases refuse every field they do not know, so a field is a risk for whoever has not updated the
 * page. The lines are those of the releases themselves.
 */
const profiles: Readonly<Record<AiSdkProfile, ProfileRow>> = {
  '5.0': { finishReason: false, toolInputError: false, abortReason: false },
  default: { finishReason: true, toolInputError: true, abortReason: false },
  '7': { finishReason: true, toolInputError: true, abortReason: true },
}

export interface AiSdkOptions {
  readonly profile?: AiSdkProfile | undefined
  /** The id of the message, so that page and server call it the same. A run gives its own. */
  readonly messageId?: string | undefined
  /** Tool parts are `dynamic-tool`, which every page can show; false: `tool-<name>`, for typed ones. Default true. */
  readonly dynamic?: boolean | undefined
  /** What becomes of `message.metadata` at the end. Default: `{ usage }`, if any came. */
  readonly metadata?: ((result: AssemblyResult) => unknown) | undefined
  readonly errorText?: ErrorText | undefined
  /** The choice that is shown. Default 0. */
  readonly choice?: number | undefined
}

/** A chunk of the UI message stream, version 1. */
interface UiMessageChunk {
  readonly type: string
  readonly [field: string]: unknown
}

const headers = { ...sseHeaders, 'x-vercel-ai-ui-message-stream': 'v1' }

/**
 * The UI message stream of the AI SDK, for `useChat` as it is: 5.0 to 7, React, Vue, Svelte and Angular; assistant-ui
 * reads it too.
 *
 * ```ts
 * return toResponse(run, aiSdk)
 * ```
 */
export function aiSdk(options: AiSdkOptions = {}): Encoder {
  const write = (chunk: UiMessageChunk): string => writeSse({ data: JSON.stringify(chunk) })
  // Its own client does not need [DONE]; that of assistant-ui calls the stream broken without it.
  const close = writeSse({ data: '[DONE]' })
  const rules = { headers, heartbeat: sseHeartbeat, frames: framesOf(options), write, close }
  return new StepEncoder<UiMessageChunk>(rules, options.choice)
}

function framesOf(options: AiSdkOptions): FrameTable<UiMessageChunk> {
  const { messageId, metadata = defaultMetadata, errorText = factOf } = options
  const profile = profiles[options.profile ?? 'default']
  const dynamic = options.dynamic === false ? {} : { dynamic: true }
  const toolFailed = (call: StepCall, input: string, fault: keyof typeof callFaults): UiMessageChunk[] => {
    const { id: toolCallId, name: toolName } = call
    const fields = { toolCallId, errorText: callFaults[fault], ...dynamic }
    // In the place of tool-input-error there must not be tool-input-available: a page would run the call.
    return profile.toolInputError
      ? [{ type: 'tool-input-error', toolName, input, ...fields }]
      : [{ type: 'tool-output-error', ...fields }]
  }
  return {
    open: () => [{ type: 'start', ...(messageId !== undefined && { messageId }) }, { type: 'start-step' }],
    'text.start': ({ part }) => [{ type: 'text-start', id: `t${part}` }],
    'text.delta': ({ part, delta }) => [{ type: 'text-delta', id: `t${part}`, delta }],
    'text.end': ({ part }) => [{ type: 'text-end', id: `t${part}` }],
    'reasoning.start': ({ part }) => [{ type: 'reasoning-start', id: `r${part}` }],
    'reasoning.delta': ({ part, delta }) => [{ type: 'reasoning-delta', id: `r${part}`, delta }],
    'reasoning.end': ({ part }) => [{ type: 'reasoning-end', id: `r${part}` }],
    'tool.start': ({ call: { id: toolCallId, name: toolName } }) => [
      { type: 'tool-input-start', toolCallId, toolName, ...dynamic },
    ],
    'tool.delta': ({ call, delta }) => [
      { type: 'tool-input-delta', toolCallId: call.id, inputTextDelta: delta },
    ],
    'tool.ready': ({ call, text, value: input }) => {
      if (isPoisonous(input)) return toolFailed(call, text, 'poisonous')
      const { id: toolCallId, name: toolName } = call
      return [{ type: 'tool-input-available', toolCallId, toolName, input, ...dynamic }]
    },
    'tool.failed': ({ call, text, state }) => toolFailed(call, text, state),
    source: ({ id: sourceId, url, title }) => [
      { type: 'source-url', sourceId, url, ...(title !== undefined && { title }) },
    ],
    file: ({ url, mediaType }) => [{ type: 'file', url, mediaType }],
    complete: ({ result, finish: finishReason }) => {
      const messageMetadata = metadata(result)
      const reason = profile.finishReason && { finishReason }
      const extra = messageMetadata !== undefined && { messageMetadata }
      return [{ type: 'finish-step' }, { type: 'finish', ...reason, ...extra }]
    },
    failed: ({ error }) => [{ type: 'error', errorText: errorText(error) }],
    aborted: ({ result }) => {
      const reason = result.error?.cause
      return [{ type: 'abort', ...(profile.abortReason && typeof reason === 'string' && { reason }) }]
    },
  }
}

const defaultMetadata: NonNullable<AiSdkOptions['metadata']> = (result) => {
  const usage = usageOf(result)
  return usage && { usage }
}

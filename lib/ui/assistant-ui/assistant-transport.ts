import { sseHeaders, sseHeartbeat } from '../encoder.ts'
import { callFaults } from '../page-words.ts'
import { writeSse } from '../sse.ts'
import type { ProtocolRules } from '../step-encoder.ts'
import { type AssistantUiWords, finishFields } from './words.ts'

interface Chunk {
  readonly type: string
  readonly path: readonly number[]
  readonly [field: string]: unknown
}

/** A chunk of the whole message has the empty path. */
const whole = (type: string, fields: object = {}): Chunk => ({ type, path: [], ...fields })
/** Parts are addressed by their place in the message. */
const at = (part: number, type: string, fields: object = {}): Chunk => ({ type, path: [part], ...fields })
const start = (part: object): Chunk => whole('part-start', { part })

/** An event stream of the client's own chunks, ended by a `[DONE]` that it insists on. */
export function assistantTransport({ messageId, errorText }: AssistantUiWords): ProtocolRules<Chunk> {
  return {
    headers: sseHeaders,
    heartbeat: sseHeartbeat,
    close: writeSse({ data: '[DONE]' }),
    write: (chunk) => writeSse({ data: JSON.stringify(chunk) }),
    frames: {
      open: () => [whole('step-start', { messageId })],
      'text.start': () => [start({ type: 'text' })],
      'text.delta': ({ part, delta: textDelta }) => [at(part, 'text-delta', { textDelta })],
      'text.end': ({ part }) => [at(part, 'part-finish')],
      'reasoning.start': () => [start({ type: 'reasoning' })],
      'reasoning.delta': ({ part, delta: textDelta }) => [at(part, 'text-delta', { textDelta })],
      'reasoning.end': ({ part }) => [at(part, 'part-finish')],
      'tool.start': ({ call: { id: toolCallId, name: toolName } }) => [
        start({ type: 'tool-call', toolCallId, toolName }),
      ],
      'tool.delta': ({ part, delta: textDelta }) => [at(part, 'text-delta', { textDelta })],
      'tool.ready': ({ part }) => [at(part, 'tool-call-args-text-finish'), at(part, 'part-finish')],
      'tool.failed': ({ part, state }) => [
        at(part, 'tool-call-args-text-finish'),
        at(part, 'result', { result: callFaults[state], isError: true }),
        at(part, 'part-finish'),
      ],
      source: ({ part, id, url, title }) => [
        start({ type: 'source', sourceType: 'url', id, url, ...(title && { title }) }),
        at(part, 'part-finish'),
      ],
      file: ({ part, url: data, mediaType: mimeType }) => [
        start({ type: 'file', data, mimeType }),
        at(part, 'part-finish'),
      ],
      complete: ({ finish, result }) => {
        const fields = finishFields(finish, result)
        return [whole('step-finish', { ...fields, isContinued: false }), whole('message-finish', fields)]
      },
      failed: ({ error }) => [
        whole('error', { error: errorText(error), code: error.code, severity: 'critical' }),
      ],
      // There is no word for an abort: what is not `stop` is shown as incomplete.
      aborted: () => [whole('message-finish', finishFields('other'))],
    },
  }
}

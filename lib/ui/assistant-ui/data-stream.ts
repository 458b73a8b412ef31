import { textHeaders } from '../encoder.ts'
import type { PageFinish } from '../finish.ts'
import { callFaults } from '../page-words.ts'
import type { ProtocolRules } from '../step-encoder.ts'
import { type AssistantUiWords, finishFields } from './words.ts'

/** A line: what it is, and its value. */
type Line = readonly [code: keyof typeof codes, value: unknown]

/** The codes of lines, by what they mean. The format is that of the AI SDK before version 5. */
const codes = {
  text: '0',
  error: '3',
  result: 'a',
  call: 'b',
  arguments: 'c',
  finish: 'd',
  finishStep: 'e',
  startStep: 'f',
  reasoning: 'g',
  source: 'h',
  file: 'k',
}

const headers = { ...textHeaders, 'x-vercel-ai-data-stream': 'v1' }

/** Lines of `<code>:<json>`. Parts need no opening and no closing: a part ends where another begins. */
export function dataStream({ messageId, errorText }: AssistantUiWords): ProtocolRules<Line> {
  const argumentsOf = (toolCallId: string, argsTextDelta: string, isFinal = false): Line => [
    'arguments',
    { toolCallId, argsTextDelta, ...(isFinal && { isFinal }) },
  ]
  const finished = (finish: PageFinish, fields = finishFields(finish)): readonly Line[] => [
    ['finishStep', { ...fields, isContinued: false }],
    ['finish', fields],
  ]
  return {
    headers,
    heartbeat: '',
    close: '',
    write: ([code, value]) => `${codes[code]}:${JSON.stringify(value)}\n`,
    frames: {
      open: () => [['startStep', { messageId }]],
      'text.start': () => [],
      'text.delta': ({ delta }) => [['text', delta]],
      'text.end': () => [],
      'reasoning.start': () => [],
      'reasoning.delta': ({ delta }) => [['reasoning', delta]],
      'reasoning.end': () => [],
      'tool.start': ({ call: { id: toolCallId, name: toolName } }) => [['call', { toolCallId, toolName }]],
      'tool.delta': ({ call, delta }) => [argumentsOf(call.id, delta)],
      'tool.ready': ({ call }) => [argumentsOf(call.id, '', true)],
      'tool.failed': ({ call: { id: toolCallId }, state }) => [
        argumentsOf(toolCallId, '', true),
        ['result', { toolCallId, result: callFaults[state], isError: true }],
      ],
      source: ({ id, url, title }) => [['source', { sourceType: 'url', id, url, ...(title && { title }) }]],
      file: ({ url, mediaType }) => [['file', { data: url, mimeType: mediaType }]],
      complete: ({ finish, result }) => finished(finish, finishFields(finish, result)),
      failed: ({ error }) => [['error', errorText(error)]],
      // There is no word for an abort: what is not `stop` is shown as incomplete.
      aborted: () => finished('other'),
    },
  }
}

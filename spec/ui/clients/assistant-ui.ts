import {
  type AssistantMessage,
  AssistantMessageAccumulator,
  AssistantTransportDecoder,
  DataStreamDecoder,
  UIMessageStreamDecoder,
} from 'assistant-stream'
import { type AssistantUiOptions, aiSdk, assistantUi, type Protocol } from '../../../lib/ui.ts'
import type { Client, Seen } from './client.ts'
import { versionOf } from './version.ts'

type Decoder = DataStreamDecoder | AssistantTransportDecoder | UIMessageStreamDecoder

function client(
  title: string,
  protocol: Protocol,
  abortedAs: Seen['outcome'],
  makeDecoder: () => Decoder,
  lacks: Client['lacks'] = [],
): Client {
  return {
    name: `assistant-stream ${versionOf('assistant-stream')} ${title}`,
    protocol,
    abortedAs,
    lacks,
    async read(fetch) {
      const { body } = await fetch('http://server.test/chat')
      if (body === null) throw new Error('There is no body')
      let message: AssistantMessage | undefined
      const messages = body.pipeThrough(makeDecoder()).pipeThrough(new AssistantMessageAccumulator())
      for await (const next of messages) message = next
      if (message === undefined) throw new Error('There is no message')
      return seen(message)
    },
  }
}

function seen({ parts, status }: AssistantMessage): Seen {
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  const texts = parts.flatMap((part) => (part.type === 'text' || part.type === 'reasoning' ? [part] : []))
  const textOf = (type: 'text' | 'reasoning'): string =>
    texts.map((part) => (part.type === type ? part.text : '')).join('')
  const isIncomplete = status.type === 'incomplete'
  return {
    text: textOf('text'),
    reasoning: textOf('reasoning'),
    calls: calls.map(({ toolCallId, toolName, state, argsText }) => {
      const isRunnable = state === 'call'
      const parsed: unknown = isRunnable ? JSON.parse(argsText) : argsText
      return { id: toolCallId, name: toolName, arguments: parsed, isRunnable }
    }),
    outcome: !isIncomplete ? 'complete' : status.reason === 'error' ? 'failed' : 'cancelled',
    error: isIncomplete && typeof status.error === 'object' ? errorOf(status.error) : undefined,
    isSettled: status.type !== 'running' && parts.every(isDone),
  }
}

function errorOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined
}

function isDone(part: AssistantMessage['parts'][number]): boolean {
  return !('status' in part) || part.status.type !== 'running'
}

const own =
  (format: AssistantUiOptions['format']): Protocol =>
  ({ messageId }) =>
    assistantUi({ messageId, format })

export const assistantUiClients: readonly Client[] = [
  client('data stream', own('data-stream'), 'cancelled', () => new DataStreamDecoder()),
  client(
    'assistant-transport',
    own('assistant-transport'),
    'cancelled',
    () => new AssistantTransportDecoder(),
  ),
  // It does not know the AI SDK's word for an abort.
  client('UI message stream', aiSdk, 'complete', () => new UIMessageStreamDecoder(), ['prototype keys']),
]

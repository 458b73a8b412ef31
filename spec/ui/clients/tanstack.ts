import { ChatClient, fetchServerSentEvents, type UIMessage } from '@tanstack/ai-client'
import { tanstack } from '../../../lib/ui.ts'
import type { Client, Fetch, Seen } from './client.ts'
import { versionOf } from './version.ts'

export const tanstackClient: Client = {
  name: `@tanstack/ai-client ${versionOf('@tanstack/ai-client')} ChatClient`,
  protocol: tanstack,
  // It takes a cancelled run for a finished one.
  abortedAs: 'complete',
  read: readTanstack,
}

export async function readTanstack(fetch: Fetch): Promise<Seen> {
  let messages: readonly UIMessage[] = []
  let error: Error | undefined
  const client = new ChatClient({
    connection: fetchServerSentEvents('http://server.test/chat', {
      fetchClient: fetch,
      reconnect: { delayMs: 1 },
    }),
    onMessagesChange: (changed) => {
      messages = changed
    },
    onError: (met) => {
      error = met
    },
  })
  await client.sendMessage('Hello')
  const parts = messages.filter(({ role }) => role === 'assistant').flatMap((message) => message.parts)
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  return {
    text: parts.map((part) => (part.type === 'text' ? part.content : '')).join(''),
    reasoning: parts.map((part) => (part.type === 'thinking' ? part.content : '')).join(''),
    calls: calls.map(({ id, name, arguments: text, state, input }) => {
      const isRunnable = state === 'input-complete' && input !== undefined
      return { id, name, arguments: isRunnable ? input : text, isRunnable }
    }),
    outcome: client.getStatus() === 'error' || error !== undefined ? 'failed' : 'complete',
    error: error?.message,
    isSettled: calls.every(({ state }) => state === 'input-complete' || state === 'error'),
  }
}

import { text } from '../../../lib/ui.ts'
import { type AiPackage, chatOf, seenByChat } from './ai-sdk.ts'
import type { Client } from './client.ts'
import { versionOf } from './version.ts'

/** `useChat` with the transport for plain text. */
export const textClient: Client = {
  name: `ai ${versionOf('ai')} TextStreamChatTransport`,
  protocol: text,
  abortedAs: 'failed',
  lacks: ['reasoning', 'calls', 'error'],
  async read(fetch) {
    const ai = (await import('ai')) as unknown as AiPackage
    const chat = chatOf(ai, fetch, ai.TextStreamChatTransport)
    await chat.sendMessage({ text: 'Hello' })
    // A socket that breaks leaves its part as it was: the protocol has nothing that could close it.
    return { ...seenByChat(chat), isSettled: true }
  },
}

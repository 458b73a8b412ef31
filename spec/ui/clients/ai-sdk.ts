import { type AiSdkProfile, aiSdk } from '../../../lib/ui.ts'
import type { Client, Fetch, Seen, SeenCall } from './client.ts'
import { versionOf } from './version.ts'

interface Part {
  readonly type: string
  readonly text?: string
  readonly state?: string
  readonly toolName?: string
  readonly toolCallId?: string
  readonly input?: unknown
  readonly rawInput?: unknown
}

interface Message {
  readonly id: string
  readonly role: string
  readonly parts: readonly Part[]
  readonly metadata?: unknown
}

interface State {
  status: string
  error: Error | undefined
  messages: Message[]
  pushMessage(message: Message): void
  popMessage(): void
  replaceMessage(index: number, message: Message): void
  snapshot<Thing>(thing: Thing): Thing
}

export interface Chat {
  readonly status: string
  readonly error: Error | undefined
  readonly messages: readonly Message[]
  sendMessage(message: { text: string }): Promise<void>
  resumeStream(): Promise<void>
}

/** What is used of the package, which is the same in 5, 6 and 7; their own types are not. */
export interface AiPackage {
  readonly AbstractChat: abstract new (init: object) => Chat
  readonly DefaultChatTransport: new (options: { api: string; fetch: Fetch }) => object
  readonly TextStreamChatTransport: new (options: { api: string; fetch: Fetch }) => object
}

/** The state that the hooks of React, Vue and Svelte keep, without a framework. */
function plainState(): State {
  return {
    status: 'ready',
    error: undefined,
    messages: [],
    pushMessage(message) {
      this.messages = [...this.messages, message]
    },
    popMessage() {
      this.messages = this.messages.slice(0, -1)
    },
    replaceMessage(index, message) {
      this.messages = this.messages.with(index, message)
    },
    snapshot: (thing) => structuredClone(thing),
  }
}

/** `useChat` without React: its `AbstractChat`, as exported, with its own transport. */
export function chatOf(ai: AiPackage, fetch: Fetch, transport = ai.DefaultChatTransport): Chat {
  class PlainChat extends ai.AbstractChat {}
  let count = 0
  return new PlainChat({
    id: 'chat',
    generateId: () => `id-${++count}`,
    state: plainState(),
    transport: new transport({ api: 'http://server.test/chat', fetch }),
  })
}

export function seenByChat(chat: Chat): Seen {
  const message = chat.messages.findLast(({ role }) => role === 'assistant')
  const parts = message?.parts ?? []
  const textOf = (type: string): string =>
    parts
      .filter((part) => part.type === type)
      .map((part) => part.text)
      .join('')
  return {
    text: textOf('text'),
    reasoning: textOf('reasoning'),
    calls: parts
      .filter((part) => part.type === 'dynamic-tool' || part.type.startsWith('tool-'))
      .map(seenCall),
    outcome: chat.status === 'ready' ? 'complete' : 'failed',
    error: chat.error?.message,
    isSettled: !parts.some(({ state }) => state === 'streaming' || state === 'input-streaming'),
  }
}

function seenCall({ toolCallId = '', toolName, type, state, input }: Part): SeenCall {
  return {
    id: toolCallId,
    name: toolName ?? type.slice('tool-'.length),
    arguments: input,
    isRunnable: state === 'input-available',
  }
}

function client(alias: string, load: () => Promise<unknown>, profile: AiSdkProfile): Client {
  return {
    name: `ai ${versionOf(alias)} useChat, profile ${profile}`,
    protocol: ({ messageId }) => aiSdk({ messageId, profile }),
    // The chunk is known to it and changes nothing: an abort looks like an end.
    abortedAs: 'complete',
    // It keeps what a lenient parser made of them, as an error.
    lacks: profile === '5.0' ? ['raw arguments', 'prototype keys'] : ['prototype keys'],
    async read(fetch) {
      const chat = chatOf((await load()) as AiPackage, fetch)
      await chat.sendMessage({ text: 'Hello' })
      return seenByChat(chat)
    },
  }
}

export const aiSdkClients: readonly Client[] = [
  client('ai50', () => import('ai50'), '5.0'),
  client('ai5', () => import('ai5'), 'default'),
  client('ai', () => import('ai'), 'default'),
  client('ai7', () => import('ai7'), 'default'),
  client('ai7', () => import('ai7'), '7'),
]

import { HttpAgent, type Message } from '@ag-ui/client'
import { agUi } from '../../../lib/ui.ts'
import type { Client, Seen, SeenCall } from './client.ts'
import { versionOf } from './version.ts'

/** Every event that must come, and the one that closes it. */
const pairs: Readonly<Record<string, string>> = {
  TEXT_MESSAGE_START: 'TEXT_MESSAGE_END',
  REASONING_START: 'REASONING_END',
  REASONING_MESSAGE_START: 'REASONING_MESSAGE_END',
  TOOL_CALL_START: 'TOOL_CALL_END',
}

export const agUiClient: Client = {
  name: `@ag-ui/client ${versionOf('@ag-ui/client')} HttpAgent`,
  protocol: ({ runId, messageId }) => agUi({ runId, messageId, threadId: 'thread-1' }),
  abortedAs: 'cancelled',
  async read(fetch) {
    const agent = new HttpAgent({ url: 'http://server.test/agent', threadId: 'thread-1', fetch })
    let outcome: Seen['outcome'] | undefined
    let error: string | undefined
    let pending: readonly string[] = []
    const types: string[] = []
    await agent.runAgent(
      {},
      {
        onEvent: ({ event }) => void types.push(event.type),
        onRunFinishedEvent: (ended) => {
          outcome = ended.outcome === 'cancelled' ? 'cancelled' : 'complete'
          if (ended.outcome === 'success') pending = ended.pendingToolCallIds
        },
        onRunErrorEvent: ({ event }) => {
          outcome = 'failed'
          error = event.message
        },
      },
    )
    if (outcome === undefined) throw new Error('The run resolved without an end')
    const count = (type: string): number => types.filter((other) => other === type).length
    return {
      text: textsOf(agent.messages, 'assistant'),
      reasoning: textsOf(agent.messages, 'reasoning'),
      calls: callsOf(agent.messages, pending),
      outcome,
      error,
      isSettled: Object.entries(pairs).every(([start, end]) => count(start) === count(end)),
    }
  },
}

function textsOf(messages: readonly Message[], role: string): string {
  return messages
    .filter((message) => message.role === role)
    .map(({ content }) => (typeof content === 'string' ? content : ''))
    .join('')
}

/** The agent names the calls that wait for the application: those it may run. */
function callsOf(messages: readonly Message[], pending: readonly string[]): SeenCall[] {
  return messages.flatMap((message) =>
    message.role !== 'assistant'
      ? []
      : (message.toolCalls ?? []).map(({ id, function: { name, arguments: text } }) => {
          const isRunnable = pending.includes(id)
          return { id, name, arguments: isRunnable ? JSON.parse(text) : text, isRunnable }
        }),
  )
}

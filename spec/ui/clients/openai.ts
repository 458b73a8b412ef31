import OpenAI from 'openai'
import { openai } from '../../../lib/ui.ts'
import type { Client, Seen } from './client.ts'
import { versionOf } from './version.ts'

/** The helper of the package, which folds the chunks to a completion of its own. */
export const openaiClient: Client = {
  name: `openai ${versionOf('openai')} chat.completions.stream`,
  protocol: openai,
  abortedAs: 'failed',
  async read(fetch) {
    const client = new OpenAI({ apiKey: 'none', baseURL: 'http://server.test/v1', fetch, maxRetries: 0 })
    const stream = client.chat.completions.stream({
      model: 'any',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    let reasoning = ''
    // The helper keeps only the last piece of a field that it does not know; those who show it gather it themselves.
    stream.on('chunk', ({ choices }) => {
      const delta: object = choices[0]?.delta ?? {}
      if ('reasoning_content' in delta) reasoning += String(delta.reasoning_content)
    })
    try {
      const { choices } = await stream.finalChatCompletion()
      return seen(choices[0]?.message, reasoning, undefined)
    } catch (error) {
      return seen(stream.currentChatCompletionSnapshot?.choices[0]?.message, reasoning, error)
    }
  },
}

type Message = Pick<OpenAI.ChatCompletionMessage, 'content' | 'refusal' | 'tool_calls'>

function seen(message: Partial<Message> | undefined, reasoning: string, error: unknown): Seen {
  return {
    text: (message?.content ?? '') + (message?.refusal ?? ''),
    reasoning,
    calls: (message?.tool_calls ?? []).map((call) => {
      const { name, text } =
        call.type === 'custom'
          ? { name: call.custom.name, text: call.custom.input }
          : { name: call.function.name, text: call.function.arguments }
      // What the provider wrote is passed on as it is: no arguments are an empty text.
      const parsed = parse(text || '{}')
      const isRunnable = error === undefined && parsed !== undefined
      return { id: call.id, name, arguments: isRunnable ? parsed : text, isRunnable }
    }),
    outcome: error === undefined ? 'complete' : 'failed',
    error: error instanceof Error ? error.message : undefined,
    isSettled: true,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

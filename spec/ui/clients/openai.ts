import OpenAI from 'openai'
import OpenAI7 from 'openai7'
import { openai } from '../../../lib/ui.ts'
import type { Client, Fetch, Seen } from './client.ts'
import { versionOf } from './version.ts'

const question = { model: 'any', messages: [{ role: 'user' as const, content: 'Hello' }] }

/** What is used of the helper of the package, which folds the chunks to a completion of its own. */
interface Helper {
  on(event: 'chunk', listener: (chunk: { choices: { delta: object }[] }) => void): unknown
  finalChatCompletion(): Promise<{ choices: { message: Message }[] }>
  readonly currentChatCompletionSnapshot: { choices: { message: Partial<Message> }[] } | undefined
}

interface HelperOptions {
  readonly apiKey: string
  readonly baseURL: string
  readonly fetch: Fetch
  readonly maxRetries: number
}

const clientOf = (alias: string, helperOf: (options: HelperOptions) => Helper): Client => ({
  name: `openai ${versionOf(alias)} chat.completions.stream`,
  protocol: openai,
  abortedAs: 'failed',
  async read(fetch) {
    const stream = helperOf({ apiKey: 'none', baseURL: 'http://server.test/v1', fetch, maxRetries: 0 })
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
})

export const openaiClients: readonly Client[] = [
  clientOf('openai', (options) => new OpenAI(options).chat.completions.stream(question)),
  clientOf('openai7', (options) => new OpenAI7(options).chat.completions.stream(question)),
]

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

import type { AIMessageChunk } from '@langchain/core/messages'
import { versionOf } from '../harness/version.ts'
import type { Peer } from './peer.ts'

/** Where it would keep what its own types have no place for. */
interface More {
  readonly [key: string]: unknown
  readonly reasoning?: string
  readonly reasoning_content?: string
  readonly audio?: { readonly data: string; readonly transcript: string }
  readonly logprobs?: { readonly content: readonly unknown[] }
}

export const langchain: Peer = {
  name: `@langchain/openai ${versionOf('@langchain/openai')} with concat`,
  async load(fetch) {
    const { ChatOpenAI } = await import('@langchain/openai')
    const { concat } = await import('@langchain/core/utils/stream')
    const configuration = { baseURL: 'http://served.test/v1', fetch }
    const model = new ChatOpenAI({ model: 'm', apiKey: 'none', maxRetries: 0, configuration })
    return async () => {
      const stream = await model.stream('go')
      let message: AIMessageChunk = (await stream.next()).value
      for await (const chunk of stream) message = concat(message, chunk)
      return () => {
        const more: More = message.additional_kwargs
        const { logprobs }: More = message.response_metadata
        const thought = more.reasoning ?? more.reasoning_content
        const calls = message.tool_calls ?? []
        return {
          ...(message.text && { text: message.text }),
          ...(thought && { reasoning: thought }),
          ...(calls.length > 0 && { calls: calls.map(({ name, args }) => [name, JSON.stringify(args)]) }),
          ...(more.audio && { audio: more.audio.data, transcript: more.audio.transcript }),
          ...(logprobs && { logprobs: logprobs.content.length }),
        }
      }
    }
  },
}

import { versionOf } from '../harness/version.ts'
import type { Said } from '../traffic/stream.ts'
import type { Peer } from './peer.ts'

/** Fields that are not in the package's type, but on the wire. */
interface Reasoned {
  readonly reasoning?: string
}

function openai(major: string, name: 'openai' | 'openai7'): Peer {
  return {
    name: `openai ${major} .stream()`,
    async load(fetch) {
      // Both have the same surface; the types of one are enough.
      const { default: OpenAI }: typeof import('openai') = await import(name)
      const client = new OpenAI({ apiKey: 'none', baseURL: 'http://served.test/v1', fetch, maxRetries: 0 })
      return async () => {
        const stream = client.chat.completions.stream({ model: 'm', messages: [] })
        const [choice] = (await stream.finalChatCompletion()).choices
        return (): Said => {
          const message: (typeof choice & object)['message'] & Reasoned = choice?.message ?? missing()
          const { content, reasoning, tool_calls, audio } = message
          return {
            ...(content && { text: content }),
            ...(reasoning && { reasoning }),
            ...(tool_calls && {
              calls: tool_calls.map((call) =>
                call.type === 'function' ? [call.function.name, call.function.arguments] : ['', ''],
              ),
            }),
            ...(audio && { audio: audio.data, transcript: audio.transcript }),
            ...(choice?.logprobs?.content && { logprobs: choice.logprobs.content.length }),
          }
        }
      }
    },
  }
}

function missing(): never {
  throw new Error('There is no choice')
}

export const openai6 = openai(versionOf('openai'), 'openai')
export const openai7 = openai(versionOf('openai7'), 'openai7')

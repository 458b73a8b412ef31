import type { ToolSet } from 'ai7'
import { versionOf } from '../harness/version.ts'
import { TOOL } from '../traffic/tool-calls.ts'
import type { Peer } from './peer.ts'

export const ai: Peer = {
  name: `ai ${versionOf('ai7')} streamText`,
  async load(fetch) {
    const { streamText, jsonSchema } = await import('ai7')
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    const provider = createOpenAICompatible({ name: 'served', baseURL: 'http://served.test/v1', fetch })
    const tools: ToolSet = { [TOOL]: { inputSchema: jsonSchema({ type: 'object' }) } }
    return async () => {
      const result = streamText({ model: provider('m'), prompt: 'go', tools, maxRetries: 0 })
      const [text, reasoning, toolCalls] = await Promise.all([
        result.text,
        result.reasoningText,
        result.toolCalls,
      ])
      return () => ({
        ...(text && { text }),
        ...(reasoning && { reasoning }),
        ...(toolCalls.length > 0 && {
          calls: toolCalls.map(({ toolName, input }) => [toolName, JSON.stringify(input)]),
        }),
      })
    }
  },
}

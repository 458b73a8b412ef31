import { versionOf } from '../harness/version.ts'
import { TOOL } from '../traffic/tool-calls.ts'
import type { Peer } from './peer.ts'

export const tanstack: Peer = {
  name: `@tanstack/ai ${versionOf('@tanstack/ai')} chat()`,
  async load(fetch) {
    const { chat, toolDefinition } = await import('@tanstack/ai')
    const { createOpenaiChatCompletions } = await import('@tanstack/ai-openai')
    const options = { baseURL: 'http://served.test/v1', fetch, maxRetries: 0 }
    const adapter = createOpenaiChatCompletions('gpt-4o', 'none', options)
    const inputSchema = { type: 'object', properties: {} } as const
    // For the browser to run: without an implementation here, chat() ends with the call.
    const tools = [toolDefinition({ name: TOOL, description: 'inserts', inputSchema }).client()]
    return async () => {
      let text = ''
      let reasoning = ''
      const calls = new Map<string, [string, string]>()
      for await (const chunk of chat({ adapter, messages: [{ role: 'user', content: 'go' }], tools })) {
        if (chunk.type === 'TEXT_MESSAGE_CONTENT') text += chunk.delta
        else if (chunk.type === 'REASONING_MESSAGE_CONTENT') reasoning += chunk.delta
        else if (chunk.type === 'TOOL_CALL_START') calls.set(chunk.toolCallId, [chunk.toolCallName, ''])
        else if (chunk.type === 'TOOL_CALL_ARGS') {
          const call = calls.get(chunk.toolCallId)
          if (call !== undefined) call[1] += chunk.delta
        } else if (chunk.type === 'RUN_ERROR') throw new Error(chunk.message)
      }
      return () => ({
        ...(text && { text }),
        ...(reasoning && { reasoning }),
        ...(calls.size > 0 && { calls: [...calls.values()] }),
      })
    }
  },
}

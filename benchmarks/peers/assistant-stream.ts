import { createParser } from 'eventsource-parser'
import { versionOf } from '../harness/version.ts'
import type { Peer } from './peer.ts'

interface Chunk {
  readonly choices: readonly {
    readonly delta: {
      readonly content?: string | null
      readonly reasoning?: string | null
      readonly tool_calls?: readonly {
        readonly index: number
        readonly id?: string
        readonly function: { readonly name?: string; readonly arguments: string }
      }[]
    }
  }[]
}

/** It has no reader of chat completions: frames are read as the floor reads them, and written to its controller. */
export const assistantStream: Peer = {
  name: `assistant-stream ${versionOf('assistant-stream')}`,
  async load(fetch) {
    const { AssistantMessageAccumulator, createAssistantStream } = await import('assistant-stream')
    type Controller = Parameters<Parameters<typeof createAssistantStream>[0]>[0]

    async function write(controller: Controller): Promise<void> {
      const calls = new Map<number, ReturnType<Controller['addToolCallPart']>>()
      const parser = createParser({
        onEvent: ({ data }) => {
          if (data === '[DONE]') return
          const { choices }: Chunk = JSON.parse(data)
          for (const { delta } of choices) {
            if (delta.reasoning) controller.appendReasoning(delta.reasoning)
            if (delta.content) controller.appendText(delta.content)
            for (const call of delta.tool_calls ?? []) {
              const { name = '', arguments: text } = call.function
              const toolCallId = call.id ?? ''
              let part = calls.get(call.index)
              part ??= controller.addToolCallPart({ toolCallId, toolName: name })
              calls.set(call.index, part)
              if (text !== '') part.argsText.append(text)
            }
          }
        },
      })
      const decoder = new TextDecoder()
      const { body } = await fetch('http://served.test/v1')
      for await (const piece of body ?? []) parser.feed(decoder.decode(piece, { stream: true }))
      for (const part of calls.values()) part.close()
    }

    return async () => {
      const messages = createAssistantStream(write).pipeThrough(new AssistantMessageAccumulator())
      const reader = messages.getReader()
      let last = await reader.read()
      for (let next = last; !next.done; next = await reader.read()) last = next
      const parts = last.value?.parts ?? []
      return () => {
        const textOf = (type: string): string =>
          parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
        const calls = parts.flatMap((part): [string, string][] =>
          part.type === 'tool-call' ? [[part.toolName, part.argsText]] : [],
        )
        const [text, reasoning] = [textOf('text'), textOf('reasoning')]
        return {
          ...(text && { text }),
          ...(reasoning && { reasoning }),
          ...(calls.length > 0 && { calls }),
        }
      }
    }
  },
}

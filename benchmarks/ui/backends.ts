import type { ToolSet } from 'ai7'
import { createRun } from '../../lib/run/feed-run.ts'
import { toResponse } from '../../lib/run/to-response.ts'
import { aiSdk } from '../../lib/ui/ai-sdk.ts'
import { versionOf } from '../harness/version.ts'
import type { Fetch } from '../peers/peer.ts'
import { TOOL } from '../traffic/tool-calls.ts'

/** What a route handler answers with, from what its provider answers. */
type Answer = () => Promise<Response>

const URL = 'http://provider.test/v1'

export const AI = `ai ${versionOf('ai7')} streamText().toUIMessageStreamResponse()`

const ai =
  (options: object) =>
  async (fetch: Fetch): Promise<Answer> => {
    const { streamText, jsonSchema } = await import('ai7')
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    const provider = createOpenAICompatible({ name: 'provider', baseURL: URL, fetch })
    const tools: ToolSet = { [TOOL]: { inputSchema: jsonSchema({ type: 'object' }) } }
    return async () =>
      streamText({ model: provider('m'), prompt: 'go', tools, maxRetries: 0 }).toUIMessageStreamResponse(
        options,
      )
  }

/**
 * From the bytes of a provider to those of a page. The first only passes them on: it is what all of them pay for
 * reading and sending, and what a page of the AI SDK could not read.
 */
export const backends: Readonly<Record<string, (fetch: Fetch) => Promise<Answer>>> = {
  'bytes passed on': async (fetch) => async () => new Response((await fetch(URL)).body),

  'createRun + toResponse(aiSdk)': async (fetch) => async () =>
    toResponse(
      createRun((signal) => fetch(URL, { signal })),
      aiSdk,
    ),

  'createRun + toResponse(aiSdk), coalesce: false': async (fetch) => async () =>
    toResponse(
      createRun((signal) => fetch(URL, { signal })),
      aiSdk,
      { coalesce: false },
    ),

  [AI]: ai({}),

  // The recipe for a message that is to be saved, which a run always has.
  [`${AI}, onEnd`]: ai({ originalMessages: [], onEnd: () => {} }),
}

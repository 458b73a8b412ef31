import { type AiPackage, chatOf, seenByChat } from '../../spec/ui/clients/ai-sdk.ts'
import type { Fetch } from '../peers/peer.ts'
import { responseOf } from '../peers/served.ts'
import { deliveries } from '../traffic/delivery.ts'
import type { Said } from '../traffic/stream.ts'

/** `useChat` of the AI SDK as it is, without React and without a screen: bytes in, the message out. */
export async function page(): Promise<(stream: string) => Promise<Said>> {
  const ai = (await import('ai7')) as unknown as AiPackage
  return async (stream) => {
    const pieces = deliveries['16k']([stream])
    const fetch: Fetch = async () => responseOf(pieces)
    const chat = chatOf(ai, fetch)
    await chat.sendMessage({ text: 'go' })
    const { text, calls, outcome } = seenByChat(chat)
    if (outcome !== 'complete') throw new Error(`The page has failed: ${chat.error}`)
    return {
      ...(text && { text }),
      ...(calls.length > 0 && { calls: calls.map((call) => [call.name, JSON.stringify(call.arguments)]) }),
    }
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider for offline examples: streams each delta as a frame, a few milliseconds apart, then [DONE]. */
export async function startUpstream(deltas: readonly object[], finish = 'stop', gapMs = 5) {
  const server = createServer(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const send = (choice: object): boolean =>
      response.write(
        `data: ${JSON.stringify({ id: 'chatcmpl-1', created: 1_763_000_000, model: 'tea-1', choices: [{ index: 0, ...choice }] })}\n\n`,
      )
    for (const delta of deltas) {
      send({ delta })
      await new Promise((resolve) => setTimeout(resolve, gapMs))
    }
    send({ delta: {}, finish_reason: finish })
    response.end('data: [DONE]\n\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/v1/chat/completions`, close: () => server.close() }
}

/** A text as deltas of one word each. */
export function words(text: string): object[] {
  return text.split(/(?<= )/).map((content) => ({ content }))
}

/** A tool call as deltas: its name first, then its arguments in small pieces. */
export function toolCall(index: number, name: string, value: unknown): object[] {
  const pieces = JSON.stringify(value).match(/.{1,6}/gsu) ?? []
  const head = { index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } }
  return [head, ...pieces.map((piece) => ({ index, function: { arguments: piece } }))].map((call) => ({
    tool_calls: [call],
  }))
}

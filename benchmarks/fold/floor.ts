import { createParser } from 'eventsource-parser'

/** What nobody can do without: the frames, and JSON.parse on each. Nothing is merged. How many chunks there were. */
export function floor(pieces: readonly Uint8Array[]): number {
  const decoder = new TextDecoder()
  let chunks = 0
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data !== '[DONE]' && typeof JSON.parse(data) === 'object') chunks++
    },
  })
  for (const piece of pieces) parser.feed(decoder.decode(piece, { stream: true }))
  return chunks
}

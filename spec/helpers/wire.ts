import {
  Assembler,
  type AssemblyEvent,
  type ChatCompletionChunk,
  type ChatCompletionStreamResponseDelta,
} from '../../lib/core.ts'

/** A chunk with some text of choice 0. */
export const textChunk = (content: string): ChatCompletionChunk => ({
  choices: [{ index: 0, delta: { content } }],
})

/** A chunk that finishes choice 0. */
export const finishChunk = (reason = 'stop'): ChatCompletionChunk => ({
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
})

export const frameOf = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`
export const DONE = 'data: [DONE]\n\n'

/** The frame of a text chunk, and that of the end. */
export const textFrame = (content: string): string => frameOf(textChunk(content))
export const finishFrame = (reason = 'stop'): string => frameOf(finishChunk(reason))

/** A whole answer, a frame a piece. */
export const answer = (...texts: string[]): string[] => [...texts.map(textFrame), finishFrame(), DONE]

/** Values without end, and how many of them were taken. */
export function endless<Value>(value: Value): { values: Iterable<Value>; readonly taken: number } {
  let taken = 0
  return {
    values: (function* () {
      for (;;) {
        taken++
        yield value
      }
    })(),
    get taken() {
      return taken
    },
  }
}

/** The events of some chunks, without those of an end. */
export function eventsOf(chunks: readonly ChatCompletionChunk[]): AssemblyEvent[] {
  const events: AssemblyEvent[] = []
  const assembler = new Assembler({ onEvent: (event) => events.push(event) })
  for (const chunk of chunks) assembler.writeChunk(chunk)
  return events
}

/** The only event of a chunk. */
export function eventOf(chunk: ChatCompletionChunk): AssemblyEvent {
  const [event, ...others] = eventsOf([chunk])
  if (event === undefined || others.length > 0) throw new Error(`Not one event: ${others.length}`)
  return event
}

/** A chunk with a delta. */
export const deltaChunk = (delta: ChatCompletionStreamResponseDelta, index = 0): ChatCompletionChunk => ({
  choices: [{ index, delta }],
})

/** A chunk with a whole tool call. */
export const callChunk = (index: number, name: string, text: string): ChatCompletionChunk =>
  deltaChunk({
    tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: text } }],
  })

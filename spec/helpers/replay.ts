import { Assembler, type AssemblyEvent, type AssemblyResult } from '../../lib/core.ts'
import { chunkOfEvent } from './chunks-of-events.ts'
import { tidy } from './reference/values.ts'

/** Folds the chunks that say what the events said. */
export function replay(events: readonly AssemblyEvent[]): AssemblyResult {
  const assembler = new Assembler()
  for (const event of events) {
    const chunk = chunkOfEvent(event)
    if (chunk !== undefined) assembler.writeChunk(chunk)
  }
  return assembler.end()
}

/**
 * A completion as far as events can tell it. Two things they do not tell: that an empty text or a null came, and
 * the index of a call on the wire, which decides the order in the message; events count calls as they come.
 */
export function plainCompletion({ completion, toolCalls }: AssemblyResult): unknown {
  const arrival = new Map(toolCalls.map(({ choice, id, index }) => [`${choice} ${id}`, index]))
  const choices = completion.choices.map((choice) => {
    const calls = choice.message.tool_calls?.toSorted(
      (a, b) => (arrival.get(`${choice.index} ${a.id}`) ?? 0) - (arrival.get(`${choice.index} ${b.id}`) ?? 0),
    )
    return { ...choice, message: { ...choice.message, ...(calls && { tool_calls: calls }) } }
  })
  return tidy({ ...completion, choices })
}

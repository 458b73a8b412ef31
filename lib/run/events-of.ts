import { Assembler } from '../assembler.ts'
import type { AssemblyEvent } from '../events.ts'
import { limitTable } from '../limits.ts'
import type { CreateChatCompletionResponse } from '../wire/index.ts'

/** What is there has been let in already. */
const noLimits = Object.fromEntries(Object.keys(limitTable).map((name) => [name, Number.POSITIVE_INFINITY]))

/**
 * A completion, or as much of it as there is, as the events that would have brought it: one delta for each field. They
 * fold to the same completion again. Nothing is told as done, and there is no `end`: that is for whoever knows.
 *
 * ```ts
 * const encoder = aiSdk()
 * for (const event of eventsOf(stored)) response.write(encoder.encode(event))
 * ```
 */
export function eventsOf(completion: CreateChatCompletionResponse): AssemblyEvent[] {
  const events: AssemblyEvent[] = []
  const onEvent = (event: AssemblyEvent): void => {
    if (!ends.has(event.type)) events.push(event)
  }
  new Assembler({ ...noLimits, onEvent }).writeChunk(completion)
  return events
}

const ends: ReadonlySet<AssemblyEvent['type']> = new Set(['tool_calls.done', 'diagnostic', 'end'])

import type { AssemblyEvent } from '../../lib/core.ts'

export interface Told {
  /** The deltas of each text field put together, by the addresses of {@link textsOf}. */
  readonly deltas: Map<string, string>
  /** What the done event of each field said. */
  readonly done: Map<string, string>
  /** What came after the done event of its field: deltas, or another done event. */
  readonly late: string[]
}

/** What the events told of the text fields of a message, those with a done event. */
export function toldOfFields(events: readonly AssemblyEvent[]): Told {
  const deltas = new Map<string, string>()
  const done = new Map<string, string>()
  const late: string[] = []
  const ended = new Set<string>()
  for (const event of events) {
    const text = textOf(event)
    if (text === undefined) continue
    const [address, value] = text
    if (ended.has(address)) late.push(`${event.type} ${address}: ${value}`)
    if (event.type.endsWith('.done')) ended.add(address)
    // An empty text is told by no delta.
    if (value === '') continue
    if (event.type.endsWith('.done')) done.set(address, value)
    else deltas.set(address, (deltas.get(address) ?? '') + value)
  }
  return { deltas, done, late }
}

function textOf(event: AssemblyEvent): [address: string, text: string] | undefined {
  switch (event.type) {
    case 'content.delta':
    case 'refusal.delta':
      return [`choice ${event.choice} ${event.type.slice(0, -'.delta'.length)}`, event.delta]
    case 'content.done':
      return [`choice ${event.choice} content`, textOfContent(event.content)]
    case 'refusal.done':
      return [`choice ${event.choice} refusal`, event.refusal]
    case 'tool_calls.arguments.delta':
      return [`choice ${event.choice} call ${event.id}`, event.delta]
    case 'tool_calls.done':
      return [`choice ${event.choice} call ${event.id}`, event.arguments]
    default:
      return undefined
  }
}

function textOfContent(content: string | readonly { type: string; text?: unknown }[]): string {
  if (typeof content === 'string') return content
  return content.map((part) => (part.type === 'text' ? String(part.text ?? '') : '')).join('')
}

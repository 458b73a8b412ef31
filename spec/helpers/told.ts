import type { AssemblyEvent } from '../../lib/core.ts'

export interface Told {
  /** The deltas of each text field put together, by the addresses of {@link textsOf}. */
  readonly deltas: Map<string, string>
  /** What the done event of each field said. */
  readonly done: Map<string, string>
  /** Deltas that came after the done event of their field. */
  readonly late: string[]
}

/** What the events told of the text fields of a message, those with a done event. */
export function toldOfFields(events: readonly AssemblyEvent[]): Told {
  const deltas = new Map<string, string>()
  const done = new Map<string, string>()
  const late: string[] = []
  for (const event of events) {
    const text = textOf(event)
    if (text === undefined || text[1] === '') continue
    const [address, value] = text
    if (event.type.endsWith('.done')) done.set(address, value)
    else {
      if (done.has(address)) late.push(`${address}: ${value}`)
      deltas.set(address, (deltas.get(address) ?? '') + value)
    }
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

import type { AssemblyEventMap, AssemblyEventType } from '../events.ts'

/** The fields of an event that only its moment can give. */
type Momentary<Type> = 'snapshot' | (Type extends 'tool_calls.arguments.delta' ? 'value' : never)

/**
 * An event as plain data, without the views of its moment: it can wait, be joined with its neighbours, and be told
 * again to whoever comes late. Every {@link AssemblyEvent} is one.
 */
export type PlainEvent = {
  readonly [Type in AssemblyEventType]: Omit<AssemblyEventMap[Type], Momentary<Type>>
}[AssemblyEventType]

/** A piece of a text that grows at its end. */
export type TextEvent = Extract<PlainEvent, { readonly type: TextEventType }>

type TextEventType = 'content.delta' | 'refusal.delta' | 'reasoning.delta' | 'tool_calls.arguments.delta'

const textTypes: ReadonlySet<AssemblyEventType> = new Set<TextEventType>([
  'content.delta',
  'refusal.delta',
  'reasoning.delta',
  'tool_calls.arguments.delta',
])

export function isTextEvent(event: PlainEvent): event is TextEvent {
  return textTypes.has(event.type)
}

/** Does `next` continue the very text of `last`? */
export function continues(last: TextEvent, next: TextEvent): boolean {
  if (last.type !== next.type || last.choice !== next.choice) return false
  if (last.type === 'tool_calls.arguments.delta' && next.type === last.type) return last.index === next.index
  if (last.type === 'reasoning.delta' && next.type === last.type)
    return last.keys.length === next.keys.length && last.keys.every((key, i) => key === next.keys[i])
  return true
}

/** The same piece with another text. Written out by type: a spread would read the lazy snapshot of a live event. */
export function withText(event: TextEvent, delta: string): TextEvent {
  const { type, choice } = event
  switch (type) {
    case 'tool_calls.arguments.delta': {
      const { index, id, name, callType } = event
      return { type, choice, index, id, name, callType, delta }
    }
    case 'reasoning.delta':
      return { type, choice, keys: event.keys, delta }
    default:
      return { type, choice, delta }
  }
}

import type { AssemblyEvent } from '../../lib/core.ts'

type Json = Record<string, unknown>

const ofChoice = (index: number, fields: Json): Json => ({ choices: [{ index, ...fields }] })
const ofDelta = (index: number, delta: Json): Json => ofChoice(index, { delta })

interface CallEvent {
  readonly choice: number
  readonly index: number
  readonly id: string
  readonly name: string
  readonly callType: 'function' | 'custom'
}

/** The name goes with every fragment: it may still have been growing when the call was told. */
function ofCall({ choice, index, id, name, callType }: CallEvent, text: string): Json {
  const payload = callType === 'custom' ? { input: text } : { arguments: text }
  return ofDelta(choice, { tool_calls: [{ index, id, type: callType, [callType]: { name, ...payload } }] })
}

/**
 * An event as the chunk that a provider would have sent to say it; undefined for what says nothing of the
 * completion. The proof that events leave nothing out: folded again they come to the same completion.
 */
export function chunkOfEvent(event: AssemblyEvent): Json | undefined {
  switch (event.type) {
    case 'content.delta':
      return ofDelta(event.choice, { content: event.delta })
    case 'content.part':
      return ofDelta(event.choice, { content: [event.delta] })
    case 'refusal.delta':
      return ofDelta(event.choice, { refusal: event.delta })
    case 'reasoning.delta':
      return ofDelta(event.choice, Object.fromEntries(event.keys.map((key) => [key, event.delta])))
    case 'tool_calls.start':
      return ofCall(event, '')
    case 'tool_calls.arguments.delta':
      return ofCall(event, event.delta)
    case 'tool_calls.done':
      // A call of which only an id came is told here for the first time, and so is the end of a cut name.
      return ofCall(event, '')
    case 'audio.delta':
      return ofDelta(event.choice, { audio: event.delta })
    case 'annotations.delta':
      return ofDelta(event.choice, { annotations: event.delta })
    case 'message.delta':
      return ofDelta(event.choice, event.delta)
    case 'logprobs.delta':
      return ofChoice(event.choice, { logprobs: event.delta })
    case 'choice.delta':
      return ofChoice(event.choice, event.delta)
    case 'choice.done':
      return ofChoice(event.choice, { delta: {}, finish_reason: event.finish_reason })
    case 'usage':
      return { choices: [], usage: event.usage }
    case 'completion.delta':
      return { choices: [], ...event.delta }
    case 'content.done':
    case 'refusal.done':
    case 'reasoning.done':
    case 'diagnostic':
    case 'end':
      return undefined
  }
}

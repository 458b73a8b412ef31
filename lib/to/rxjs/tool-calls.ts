import { Observable, type OperatorFunction } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import type { AssembledToolCall } from '../../result.ts'
import { inlet } from './inlet.ts'

/**
 * Events to tool calls, each as soon as it is certain that it will not change: often before the stream ends. With
 * a name, to the calls of that tool. Only `state: 'complete'` may be run.
 *
 * ```ts
 * events.pipe(toolCalls('search'), filter(({ state }) => state === 'complete')).subscribe(({ value }) => search(value))
 * ```
 */
export function toolCalls<Name extends string = string>(
  name?: Name,
): OperatorFunction<AssemblyEvent, AssembledToolCall & { readonly name: Name }> {
  return (source) =>
    new Observable((subscriber) => {
      inlet(source, subscriber, (event) => {
        if (event.type === 'tool_calls.done' && isNamed(event, name)) subscriber.next(toToolCall(event))
      })
    })
}

type Done<Name extends string> = Extract<AssemblyEvent, { type: 'tool_calls.done' }> & { readonly name: Name }

function isNamed<Name extends string>(event: Done<string>, name: Name | undefined): event is Done<Name> {
  return name === undefined || event.name === name
}

/** The event as the call it tells of: the same as in the result. */
function toToolCall<Name extends string>(event: Done<Name>): AssembledToolCall & { readonly name: Name } {
  const { choice, index, id, callType, name, arguments: text, value, state } = event
  return {
    choice,
    index,
    id,
    type: callType,
    name,
    arguments: text,
    ...(value !== undefined && { value }),
    state,
  }
}

import { concatMap, Observable, type OperatorFunction } from 'rxjs'
import type { AssemblyEvent } from '../../events.ts'
import type { AssembledToolCall } from '../../result.ts'
import {
  type OutputOf,
  type StandardSchema,
  type ValidatedToolCall,
  validateToolCall,
} from '../validation.ts'
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
): OperatorFunction<AssemblyEvent, AssembledToolCall & { readonly name: Name }>
/**
 * The calls of one tool, judged by a schema (any Standard Schema: zod, valibot, arktype): the `value` of a complete
 * call has the schema's type; one that the schema refuses is `invalid`, with its issues. Order is kept.
 *
 * ```ts
 * events.pipe(toolCalls('search', z.object({ query: z.string() }))).subscribe((call) => {
 *   if (call.state === 'complete') search(call.value.query)
 * })
 * ```
 */
export function toolCalls<Schema extends StandardSchema>(
  name: string,
  schema: Schema,
): OperatorFunction<AssemblyEvent, ValidatedToolCall<OutputOf<Schema>>>
export function toolCalls(
  name?: string,
  schema?: StandardSchema,
): OperatorFunction<AssemblyEvent, AssembledToolCall | ValidatedToolCall<unknown>> {
  return (source) => {
    const calls = callsNamed(source, name)
    if (schema === undefined) return calls
    return calls.pipe(
      concatMap((call) => {
        const judged = validateToolCall(call, schema)
        return judged instanceof Promise ? judged : [judged] // a list is told in the same tick
      }),
    )
  }
}

function callsNamed(
  source: Observable<AssemblyEvent>,
  name: string | undefined,
): Observable<AssembledToolCall> {
  return new Observable((subscriber) => {
    inlet(source, subscriber, (event) => {
      if (event.type === 'tool_calls.done' && (name === undefined || event.name === name)) {
        subscriber.next(toToolCall(event))
      }
    })
  })
}

/** The event as the call it tells of: the same as in the result. */
function toToolCall(event: Extract<AssemblyEvent, { type: 'tool_calls.done' }>): AssembledToolCall {
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

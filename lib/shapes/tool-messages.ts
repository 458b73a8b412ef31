import { type ShapeDiagnostic, ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, fieldsOf, isFields, textOf } from './fields.ts'
import type { ProviderName } from './providers.ts'
import { ruleOf } from './request-message.ts'

/** What a tool answered. `output` is sent as it is if it is text, else as JSON. */
export interface ToolAnswer {
  /** The call, or its id. */
  readonly call: string | { readonly id: string; readonly index?: number; readonly name?: string }
  readonly output: unknown
}

/** The message of a tool in a request. */
export interface ToolMessage {
  role: 'tool'
  tool_call_id: string
  content: string
  name?: string
}

export interface ToolMessagesOptions {
  /** The message that has the calls: its order counts, and calls without an answer are named. */
  readonly message?: { readonly tool_calls?: readonly unknown[] | null | undefined } | undefined
  /** Some providers want the tool's name beside the id. */
  readonly provider?: ProviderName | undefined
}

export interface ToolMessagesResult {
  readonly messages: ToolMessage[]
  readonly diagnostics: readonly ShapeDiagnostic[]
}

/**
 * The answers of tools as messages, in the order of the calls whatever the order in which they finished: providers
 * compare both lists.
 *
 * ```ts
 * const answers = await Promise.all(result.toolCalls.map(async (call) => ({ call, output: await run(call) })))
 * messages.push(message, ...toolMessages(answers, { message }).messages)
 * ```
 */
export function toolMessages(
  answers: Iterable<ToolAnswer>,
  options: ToolMessagesOptions = {},
): ToolMessagesResult {
  const { message, provider } = options
  const diagnostics = new ShapeDiagnostics(`request:${provider ?? 'openai'}`)
  const withName = provider !== undefined && ruleOf(provider).toolName === true
  const calls = message === undefined ? undefined : fieldsOf(message.tool_calls)
  const placed = [...answers].map((answer, arrival) => placeAnswer(answer, arrival, calls, diagnostics))
  if (calls !== undefined) nameUnanswered(calls, placed, diagnostics)
  const messages = placed
    .toSorted((a, b) => a.place - b.place || a.arrival - b.arrival)
    .map(
      ({ id, name, output }): ToolMessage => ({
        role: 'tool',
        tool_call_id: id,
        ...(withName && name !== '' && { name }),
        content: contentOf(output),
      }),
    )
  return { messages, diagnostics: diagnostics.list() }
}

interface PlacedAnswer {
  readonly id: string
  readonly name: string
  readonly output: unknown
  readonly place: number
  readonly arrival: number
}

function placeAnswer(
  { call, output }: ToolAnswer,
  arrival: number,
  calls: readonly Fields[] | undefined,
  diagnostics: ShapeDiagnostics,
): PlacedAnswer {
  const { id, index, name } = typeof call === 'string' ? { id: call } : { ...call }
  if (calls === undefined) return { id, name: name ?? '', output, place: index ?? 0, arrival }
  const at = calls.findIndex((one) => one.id === id)
  if (at < 0) diagnostics.add('unknown_call', id)
  return { id, name: name ?? nameOf(calls[at]), output, place: at < 0 ? calls.length : at, arrival }
}

function nameOf(call: Fields | undefined): string {
  const inner = call?.custom ?? call?.function
  return isFields(inner) ? textOf(inner.name) : ''
}

function nameUnanswered(
  calls: readonly Fields[],
  answers: readonly PlacedAnswer[],
  diagnostics: ShapeDiagnostics,
): void {
  const answered = new Set(answers.map(({ id }) => id))
  for (const [i, { id }] of calls.entries()) {
    if (!answered.has(textOf(id))) diagnostics.add('missing_answer', `tool_calls[${i}]`)
  }
}

/** A tool that returns nothing still has to answer. */
function contentOf(output: unknown): string {
  return typeof output === 'string' ? output : (JSON.stringify(output) ?? '')
}

import type { AssemblyResult } from '../../lib/core.ts'
import type { Mismatch } from './mismatches.ts'
import { mismatchesOf } from './mismatches.ts'

/** A tool call as the shared data expects it; the corpus states no `state`. */
export interface ExpectedCall {
  id: string | null
  type: string
  name: string
  arguments: string
  state?: string
}

/** What the shared data expects of a choice. A key that is not there is not compared. */
export interface ExpectedChoice {
  index: number
  finish_reason?: string | null
  content?: unknown
  refusal?: string | null
  reasoning?: Record<string, string>
  reasoning_details?: unknown[]
  tool_calls?: ExpectedCall[]
  function_call?: unknown
  annotations?: unknown[]
  logprobs?: { content: number; refusal: number }
  audio?: Record<string, unknown> | null
  images?: number
  message_fields?: Record<string, unknown>
  choice_fields?: Record<string, unknown>
  tool_extra?: Record<string, unknown>
}

/** What a program that reads the JSON of a completion sees: the specs judge that, not the library's types. */
interface ReadCompletion extends Record<string, unknown> {
  choices: ReadChoice[]
}
interface ReadChoice extends Record<string, unknown> {
  index: number
  logprobs?: { content?: unknown[] | null; refusal?: unknown[] | null } | null
  message: Record<string, unknown> & { tool_calls?: ReadCall[]; images?: unknown[] }
}
interface ReadCall extends Record<string, unknown> {
  id: unknown
  type: unknown
  function?: { name: unknown; arguments: unknown }
  custom?: { name: unknown; input: unknown }
}

export function readCompletion(result: AssemblyResult): ReadCompletion {
  return JSON.parse(JSON.stringify(result.completion))
}

export function choiceMismatches(
  file: string,
  expected: readonly ExpectedChoice[],
  result: AssemblyResult,
): Mismatch[] {
  const { choices } = readCompletion(result)
  const indexes = mismatchesOf(
    file,
    'choices[].index',
    expected.map((c) => c.index),
    choices.map((c) => c.index),
  )
  return indexes.concat(
    expected.flatMap((wanted) => {
      const choice = choices.find((c) => c.index === wanted.index)
      return choice === undefined ? [] : mismatchesOfChoice(file, wanted, choice, result)
    }),
  )
}

function mismatchesOfChoice(
  file: string,
  wanted: ExpectedChoice,
  choice: ReadChoice,
  result: AssemblyResult,
): Mismatch[] {
  const calls = result.toolCalls.filter((call) => call.choice === choice.index)
  const expected: Record<string, unknown> = {}
  const actual: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(wanted)) {
    expected[key] = key === 'tool_calls' ? expectedCalls(wanted, calls) : emptyAsNull(value)
    actual[key] = readField[key]?.(choice, wanted, calls) ?? null
  }
  const path = `choices[${choice.index}]`
  const wire = wanted.tool_calls === undefined ? [] : mismatchesOfWireCalls(file, path, choice, calls)
  return mismatchesOf(file, path, expected, actual).concat(wire)
}

type Calls = AssemblyResult['toolCalls']

/** How each key of an expected choice is read from the completion. */
const readField: Record<string, (choice: ReadChoice, wanted: ExpectedChoice, calls: Calls) => unknown> = {
  index: (choice) => choice.index,
  finish_reason: (choice) => choice.finish_reason,
  content: ({ message }) => emptyAsNull(message.content),
  refusal: ({ message }) => emptyAsNull(message.refusal),
  reasoning: ({ message }) => reasoningByKey(message),
  reasoning_details: ({ message }) => message.reasoning_details,
  tool_calls: (_, wanted, calls) => readCalls(wanted, calls),
  function_call: ({ message }) => message.function_call,
  annotations: ({ message }) => message.annotations ?? [],
  logprobs: ({ logprobs }) => ({
    content: logprobs?.content?.length ?? 0,
    refusal: logprobs?.refusal?.length ?? 0,
  }),
  audio: ({ message }, { audio }) => pick(message.audio, audio),
  images: ({ message }) => message.images?.length,
  message_fields: ({ message }, { message_fields }) => pick(message, message_fields),
  choice_fields: (choice, { choice_fields }) => pick(choice, choice_fields),
  tool_extra: ({ message }, { tool_extra }) => pick(message.tool_calls?.[0], tool_extra),
}

/** `""` and `null` count as equal in the shared data. */
export function emptyAsNull(value: unknown): unknown {
  return value === '' || value === undefined ? null : value
}

function reasoningByKey(message: Record<string, unknown>): Record<string, unknown> {
  const keys = ['reasoning', 'reasoning_content', 'reasoning_text']
  return Object.fromEntries(
    keys.map((key) => [key, message[key]]).filter(([, text]) => emptyAsNull(text) !== null),
  )
}

/** The keys of `wanted` only: the wire adds fields that no expectation names. */
export function pick(from: unknown, wanted: Record<string, unknown> | null | undefined): unknown {
  if (typeof from !== 'object' || from === null || wanted === null || wanted === undefined) return from
  const read = new Map<string, unknown>(Object.entries(from))
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, read.get(key)]))
}

/** A provider that sent no id leaves it to the library, which must make one up. */
function expectedCalls({ tool_calls = [] }: ExpectedChoice, calls: Calls): unknown[] {
  return tool_calls.map((call, i) => ({
    ...call,
    id: call.id ?? (calls[i]?.id || 'an id made up by the library'),
  }))
}

function readCalls({ tool_calls = [] }: ExpectedChoice, calls: Calls): unknown[] {
  return calls.map((call, i) => {
    const read = { id: call.id, type: call.type, name: call.name, arguments: call.arguments }
    return tool_calls[i]?.state === undefined ? read : { ...read, state: call.state }
  })
}

/** The message holds the same calls in the wire's shape as `toolCalls` in ours. */
function mismatchesOfWireCalls(
  file: string,
  path: string,
  { message }: ReadChoice,
  calls: Calls,
): Mismatch[] {
  const onWire = (message.tool_calls ?? []).map((call) => {
    const named = call.custom ?? call.function
    return {
      id: call.id,
      type: call.type,
      name: named?.name,
      arguments: call.custom?.input ?? call.function?.arguments,
    }
  })
  const ours = calls.map(({ id, type, name, arguments: text }) => ({ id, type, name, arguments: text }))
  return mismatchesOf(file, `${path}.message.tool_calls`, ours, onWire)
}

/** The value of a call that may be run is what its arguments say, own `__proto__` keys included. */
export function callValueMismatches(file: string, { toolCalls }: AssemblyResult): Mismatch[] {
  return toolCalls
    .filter(({ state, type }) => state === 'complete' && type === 'function')
    .flatMap((call) => {
      const wanted = JSON.stringify(JSON.parse(call.arguments || '{}'))
      return mismatchesOf(file, `toolCalls ${call.id} value`, wanted, JSON.stringify(call.value))
    })
}

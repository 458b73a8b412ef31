import type { AssemblyResult, Limits } from '../../lib/core.ts'
import { begun, call, calls, choice, DONE, delta, finish, frame } from './inputs.ts'

/** A limit: inputs that measure so much of it, and what must be found of them. */
export interface LimitCase {
  /** The value that is tried: one below it, it, and one above. */
  readonly limit: number
  /** A body that measures so much. */
  readonly measuring: (size: number) => string
  /** What the result says of the measured thing; `limit` is what it may be. */
  readonly expected: (size: number, limit: number) => unknown
  readonly read: (result: AssemblyResult) => unknown
}

const codeOf = ({ error }: AssemblyResult): unknown => error?.code
const over =
  (code: string) =>
  (size: number, limit: number): unknown =>
    size > limit ? code : undefined

const ended = finish('stop') + DONE
const padded = (text: string, size: number): string => text.padEnd(size, 'x')
const count = (length: number, one: (at: number) => string): string =>
  Array.from({ length }, (_, at) => one(at)).join('')

/** Oddities of which each is a kind of its own. */
const oddities = [
  'data:\n\n',
  frame({ choices: null, id: 'c1' }),
  frame({ id: 'c2', choices: [] }),
  frame({ created: 'never', choices: [] }),
  frame({ choices: [], usage: 5 }),
]

const nested = (depth: number): string => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`

export const limitCases: Readonly<Record<keyof Limits, LimitCase>> = {
  maxEventBytes: {
    limit: 200,
    measuring: (size) => `${begun.trimEnd()}\n\ndata: ${padded('"', size - 'data: "'.length)}"\n\n`,
    // The text is JSON but no chunk: what is read is whether it came so far.
    expected: (size, limit) => (size > limit ? 'limit_event' : 'bad_chunk'),
    read: codeOf,
  },
  maxMessageBytes: {
    limit: 40,
    // Two bytes a letter: sizes are bytes, not characters.
    measuring: (size) =>
      delta({ content: 'é'.repeat(10) }) + delta({ content: padded('', size - 20) }) + ended,
    expected: over('limit_message'),
    read: codeOf,
  },
  maxStreamBytes: {
    limit: 300,
    measuring: (size) => {
      const known = begun + ended
      return `${begun}${padded(':', size - known.length - 1)}\n${ended}`
    },
    expected: over('limit_stream'),
    read: codeOf,
  },
  maxToolCalls: {
    limit: 3,
    measuring: (size) =>
      count(size, (at) => calls(call({ index: at, id: `id_${at}` }, 'f', '{}'))) +
      finish('tool_calls') +
      DONE,
    expected: (size, limit) => [Math.min(size, limit), over('limit_tool_calls')(size, limit)],
    read: (result) => [result.toolCalls.length, codeOf(result)],
  },
  maxChoices: {
    limit: 3,
    measuring: (size) =>
      count(size, (at) => choice({ index: at, delta: { content: 'x' }, finish_reason: 'stop' })) + DONE,
    expected: (size, limit) => [Math.min(size, limit), over('limit_choices')(size, limit)],
    read: (result) => [result.completion.choices.length, codeOf(result)],
  },
  maxJsonDepth: {
    limit: 5,
    measuring: (size) =>
      calls(call({ index: 0, id: 'a' }, 'f', nested(size))) +
      delta({ notes: JSON.parse(nested(size)) }) +
      finish('tool_calls') +
      DONE,
    // Deep arguments stay as text: they are what the model said, but no value is made of them.
    expected: (size, limit) => [
      size > limit ? 'invalid' : 'complete',
      nested(size),
      size > limit ? undefined : JSON.parse(nested(size)),
      size > limit,
    ],
    read: ({ toolCalls, completion, diagnostics }) => [
      toolCalls[0]?.state,
      toolCalls[0]?.arguments,
      completion.choices[0]?.message.notes,
      diagnostics.some(({ code }) => code === 'depth'),
    ],
  },
  maxDiagnostics: {
    limit: 3,
    measuring: (size) => oddities.slice(0, size).join('') + begun + ended,
    expected: (size, limit) => Math.min(size, limit),
    read: ({ diagnostics }) => diagnostics.length,
  },
  maxErrorMessageBytes: {
    limit: 30,
    measuring: (size) => frame({ error: { message: padded('é'.repeat(5), size - 5) } }),
    expected: (size, limit) => padded('é'.repeat(5), Math.min(size, limit) - 5),
    read: ({ error }) => error?.upstream?.message,
  },
}

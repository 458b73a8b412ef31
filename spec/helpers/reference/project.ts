import { REASONING_KEYS } from './faults.ts'
import {
  CHOICE_KEYS,
  COMPLETION_KEYS,
  MESSAGE_KEYS,
  mergeLogprobs,
  withoutGroqUsage,
} from './message-fields.ts'
import type { ReferenceChoice, ReferenceResult } from './result.ts'
import type { ReferenceCall } from './tool-calls.ts'
import { isObject, type JsonObject, list, nonEmpty, own, text, tidyObject, without } from './values.ts'

/** What is read of the library's AssemblyResult. Structural: the oracle imports nothing from the code it judges. */
export interface Projectable {
  status: ReferenceResult['status']
  completion: object
  toolCalls: readonly ProjectableCall[]
  error?: { code: string; upstream?: { message?: string | undefined } | undefined } | undefined
}

export interface ProjectableCall {
  choice: number
  id: string
  type: string
  name: string
  arguments: string
  state: ReferenceCall['state']
}

/** The ids that came from the wire, as the oracle saw them: any other id was made up by the library. */
export function idsOnWire(reference: ReferenceResult): ReadonlySet<string> {
  return new Set(reference.choices.flatMap((choice) => choice.tool_calls.flatMap(({ id }) => id ?? [])))
}

/** The call as the message has it, in one shape for both types. */
function readCall(call: JsonObject): Omit<ReferenceCall, 'state' | 'id'> & { id: string } {
  const type = own(call, 'type') === 'custom' ? 'custom' : 'function'
  const body = own(call, type)
  const payload = own(body, type === 'custom' ? 'input' : 'arguments')
  const fields = tidyObject(without(call, ['id', 'type', 'function', 'custom']))
  return { id: text(own(call, 'id')), type, name: text(own(body, 'name')), arguments: text(payload), fields }
}

/** `toolCalls` of the result repeats what the message says; a difference between the two is a fault of its own. */
function stateOf(
  read: ReturnType<typeof readCall>,
  call: ProjectableCall | undefined,
): ReferenceCall['state'] {
  const { id, type, name, arguments: args } = read
  const agrees = call?.id === id && call.type === type && call.name === name && call.arguments === args
  if (agrees) return call.state
  throw new Error(`toolCalls ${JSON.stringify(call)} is not the message's ${JSON.stringify(read)}`)
}

function projectCalls(
  message: unknown,
  calls: readonly ProjectableCall[],
  ids: ReadonlySet<string>,
): ReferenceCall[] {
  const inMessage = list(own(message, 'tool_calls')).filter(isObject).map(readCall)
  if (inMessage.length !== calls.length)
    throw new Error(`${calls.length} toolCalls, ${inMessage.length} in the message`)
  return inMessage.map((read, at) => {
    return { ...read, id: ids.has(read.id) ? read.id : null, state: stateOf(read, calls[at]) }
  })
}

function projectContent(content: unknown): ReferenceChoice['content'] {
  return Array.isArray(content) ? content.filter(isObject) : typeof content === 'string' ? content : null
}

function projectFunctionCall(call: unknown): ReferenceChoice['function_call'] {
  return isObject(call) ? { name: text(own(call, 'name')), arguments: text(own(call, 'arguments')) } : null
}

function projectDetails(details: unknown): JsonObject[] | null {
  return Array.isArray(details) ? details.filter(isObject).map(tidyObject) : null
}

function projectChoice(
  choice: unknown,
  calls: readonly ProjectableCall[],
  ids: ReadonlySet<string>,
): ReferenceChoice {
  const message = own(choice, 'message')
  const of = (key: string): unknown => own(message, key)
  const reasoning = REASONING_KEYS.map((key) => [key, text(of(key))] as const)
  const audio = of('audio')
  return {
    index: Number(own(choice, 'index')),
    finish_reason: nonEmpty(own(choice, 'finish_reason')),
    role: text(of('role')),
    content: projectContent(of('content')),
    refusal: nonEmpty(of('refusal')),
    reasoning: Object.fromEntries(reasoning.filter(([, joined]) => joined !== '')),
    reasoning_details: projectDetails(of('reasoning_details')),
    thinking_blocks: projectDetails(of('thinking_blocks')) ?? [],
    tool_calls: projectCalls(message, calls, ids),
    function_call: projectFunctionCall(of('function_call')),
    annotations: of('annotations') ?? [],
    logprobs: mergeLogprobs([own(choice, 'logprobs')]),
    audio: isObject(audio) ? tidyObject(audio) : null,
    message_fields: isObject(message) ? tidyObject(without(message, MESSAGE_KEYS)) : {},
    choice_fields: isObject(choice) ? tidyObject(without(choice, CHOICE_KEYS)) : {},
  }
}

/**
 * The library's result in the oracle's shape. `ids` are the tool-call ids of the wire; any other id becomes null,
 * which is what the oracle has for a call the library had to name.
 *
 *     const reference = referenceFold(bytes)
 *     expect(project(assembler.end(), idsOnWire(reference))).to.deep.equal(reference)
 */
export function project(result: Projectable, ids: ReadonlySet<string>): ReferenceResult {
  const of = (key: string): unknown => own(result.completion, key)
  const usage = of('usage')
  const created = of('created')
  const fields = isObject(result.completion) ? without(result.completion, COMPLETION_KEYS) : {}
  // A truncated or aborted result carries an error too, for whoever throws it; its status says as much.
  const { code, upstream } = (result.status === 'errored' && result.error) || { code: null }
  return {
    status: result.status,
    error: code,
    upstream: code === 'upstream_error' ? (upstream?.message ?? null) : null,
    id: nonEmpty(of('id')),
    model: nonEmpty(of('model')),
    created: typeof created === 'number' && created !== 0 ? created : null,
    usage: isObject(usage) ? usage : null,
    choices: list(of('choices')).map((choice) => {
      const calls = result.toolCalls.filter((call) => call.choice === own(choice, 'index'))
      return projectChoice(choice, calls, ids)
    }),
    completion_fields: withoutGroqUsage(tidyObject(fields)),
  }
}

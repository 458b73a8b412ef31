import { type ChunkOptions, readChunks } from './chunks.ts'
import { joinText, mergeContent } from './content.ts'
import { REASONING_KEYS } from './faults.ts'
import * as fields from './message-fields.ts'
import { mergeReasoningDetails, mergeThinkingBlocks } from './reasoning-details.ts'
import type { ReferenceChoice, ReferenceResult } from './result.ts'
import { argumentsText, type CallEnd, mergeToolCalls } from './tool-calls.ts'
import { mergeFields } from './unknown-fields.ts'
import { mergeUsage, usagesOf } from './usage.ts'
import { isObject, type JsonObject, list, nonEmpty, own, text, tidyObject, without } from './values.ts'

export interface ReferenceOptions extends ChunkOptions {
  requireFinishReason?: boolean
  cumulative?: boolean | readonly string[]
}

type IsCumulative = (field: string) => boolean

/** All entries that one choice had in the chunks, in order. */
interface Entries {
  index: number
  entries: JsonObject[]
}

function entriesOf(chunks: readonly JsonObject[], oneChoice: boolean): Entries[] {
  const entries = chunks.flatMap((chunk) => list(own(chunk, 'choices'))).filter(isObject)
  const indexOf = (entry: JsonObject): number => (oneChoice ? 0 : Number(own(entry, 'index') ?? 0))
  const indexes = [...new Set(entries.map(indexOf))].sort((a, b) => a - b)
  return indexes.map((index) => ({ index, entries: entries.filter((entry) => indexOf(entry) === index) }))
}

/** The last one that is not empty, but `stop` never replaces another. */
function finishReasonOf(entries: readonly JsonObject[]): string | null {
  const reasons = entries
    .map((entry) => nonEmpty(own(entry, 'finish_reason')))
    .filter((reason) => reason !== null)
  return reasons.findLast((reason) => reason !== 'stop') ?? reasons[0] ?? null
}

function reasoningOf(deltas: readonly unknown[], cumulative: IsCumulative): Record<string, string> {
  const texts = REASONING_KEYS.map((key) => {
    const pieces = deltas.map((delta) => fields.reasoningText(own(delta, key)))
    return [key, joinText(pieces, cumulative(key))] as const
  })
  return Object.fromEntries(texts.filter(([, joined]) => joined !== ''))
}

function functionCallOf(calls: readonly unknown[]): ReferenceChoice['function_call'] {
  const pieces = calls.filter(isObject)
  if (pieces.length === 0) return null
  const name = pieces.map((piece) => text(own(piece, 'name'))).find((part) => part !== '') ?? ''
  return { name, arguments: pieces.map((piece) => argumentsText(own(piece, 'arguments'))).join('') }
}

/** `""` becomes null only beside tool calls, a refusal, a function call or audio. */
function withoutIdleText(choice: ReferenceChoice): ReferenceChoice {
  const beside = choice.tool_calls.length > 0 || choice.refusal || choice.function_call || choice.audio
  return choice.content === '' && beside ? { ...choice, content: null } : choice
}

function foldChoice(
  { index, entries }: Entries,
  complete: boolean,
  cumulative: IsCumulative,
): ReferenceChoice {
  const deltas = entries.map((entry) => own(entry, 'delta'))
  const of = (key: string): unknown[] => deltas.map((delta) => own(delta, key))
  const message = (key: string): unknown[] => entries.map((entry) => own(own(entry, 'message'), key))
  const end: CallEnd = { complete, finishReason: finishReasonOf(entries) }
  const messages = message('content')
  const pieces = of('content').map((content, at) => ({ content, message: messages[at] }))
  const roles = [...of('role'), ...message('role')]
  return withoutIdleText({
    index,
    finish_reason: end.finishReason,
    role: text(roles.find((role) => nonEmpty(role))) || 'assistant',
    content: mergeContent(pieces, cumulative('content')),
    refusal: joinText(of('refusal').map(text), cumulative('refusal')) || null,
    reasoning: reasoningOf(deltas, cumulative),
    reasoning_details: mergeReasoningDetails(of('reasoning_details')),
    thinking_blocks: mergeThinkingBlocks(of('thinking_blocks')),
    tool_calls: mergeToolCalls(of('tool_calls'), end, cumulative('arguments')),
    function_call: functionCallOf(of('function_call')),
    annotations: fields.mergeAnnotations(of('annotations')),
    logprobs: fields.mergeLogprobs(entries.map((entry) => own(entry, 'logprobs'))),
    audio: fields.mergeAudio(of('audio')),
    message_fields: fieldsOf(deltas, fields.MESSAGE_KEYS, fields.MESSAGE_RULES),
    choice_fields: fieldsOf(entries, fields.CHOICE_KEYS, fields.CHOICE_RULES),
  })
}

type Rules = Parameters<typeof mergeFields>[1]

function fieldsOf(objects: readonly unknown[], named: readonly string[], rules: Rules): JsonObject {
  const others = objects.filter(isObject).map((object) => without(object, named))
  return tidyObject(mergeFields(others, rules))
}

/**
 * Folds a whole recorded body at once: slow, plain, and written from the rules alone, so that it can judge the
 * library.
 *
 *     referenceFold(new TextEncoder().encode('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n'))
 *     // { status: 'complete', choices: [{ content: 'Hi', … }], … }
 */
export function referenceFold(bytes: Uint8Array, options: ReferenceOptions = {}): ReferenceResult {
  const { chunks, error, done } = readChunks(bytes, options)
  const choices = entriesOf(chunks, options.choices === 1)
  const finished = choices.length > 0 && choices.every(({ entries }) => finishReasonOf(entries) !== null)
  const ended = finished || (done && !options.requireFinishReason)
  const failure = error ?? (chunks.length === 0 ? { code: 'empty_stream', message: null } : undefined)
  const status = failure ? 'errored' : ended ? 'complete' : 'truncated'
  const { cumulative = [] } = options
  const isCumulative: IsCumulative = (field) =>
    typeof cumulative === 'boolean' ? cumulative : cumulative.includes(field)
  const first = (key: string): unknown =>
    chunks.map((chunk) => own(chunk, key)).find((value) => Boolean(value))
  const created = first('created')
  return {
    status,
    error: failure?.code ?? null,
    upstream: failure?.message ?? null,
    id: nonEmpty(first('id')),
    model: nonEmpty(first('model')),
    created: typeof created === 'number' ? created : null,
    usage: mergeUsage(chunks.flatMap(usagesOf)),
    choices: choices.map((entries) => foldChoice(entries, status === 'complete', isCumulative)),
    completion_fields: fields.withoutGroqUsage(
      fieldsOf(chunks, [...fields.COMPLETION_KEYS, ...fields.PADDING], fields.COMPLETION_RULES),
    ),
  }
}

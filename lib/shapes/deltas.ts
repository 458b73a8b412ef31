import type { ChatCompletionChunk } from '../wire/index.ts'
import { type Fields, fieldsOf, isFields, setField, textOf } from './fields.ts'
import type { CompletionLike } from './source.ts'

export interface ToDeltasOptions {
  /** How many characters of text one chunk brings. Default 32; Infinity: each text whole. */
  readonly pieceLength?: number | undefined
}

/** Texts that grow: these come in pieces, as a provider sends them. */
const growing: ReadonlySet<string> = new Set([
  'content',
  'refusal',
  'reasoning',
  'reasoning_content',
  'reasoning_text',
])

/** Lists whose entries come one by one: the rules of the fold put them together again. */
const lists: ReadonlySet<string> = new Set(['reasoning_details', 'thinking_blocks', 'annotations', 'content'])

const readByHand: ReadonlySet<string> = new Set(['id', 'object', 'created', 'model', 'choices', 'usage'])
const choiceByHand: ReadonlySet<string> = new Set(['index', 'message', 'finish_reason', 'logprobs'])

/**
 * A completion as the chunks it could have been streamed in: for caches that answer a streaming client, and for
 * tests. Folding them gives the same completion again, if it was one the fold can give.
 *
 * ```ts
 * for (const chunk of toDeltas(cached)) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
 * ```
 */
export function toDeltas(completion: CompletionLike, options: ToDeltasOptions = {}): ChatCompletionChunk[] {
  const length = options.pieceLength ?? 32
  if (!(length >= 1)) throw new RangeError(`pieceLength must be a number of 1 or more, got ${String(length)}`)
  const whole: unknown = completion
  if (!isFields(whole)) throw new TypeError('A completion is an object.')
  const { id, created, model } = whole
  const chunk = (fields: Fields): ChatCompletionChunk => {
    return {
      id: textOf(id),
      object: 'chat.completion.chunk',
      created: numberOf(created),
      model: textOf(model),
      ...fields,
    }
  }
  const choices = fieldsOf(whole.choices)
  return [
    ...choices.flatMap((choice) => choiceChunks(choice, length).map((one) => chunk({ choices: [one] }))),
    chunk({ choices: [], ...lastFields(whole) }),
  ]
}

/** Everything that describes the answer as a whole comes last, where providers send it. */
function lastFields(completion: Fields): Fields {
  const fields: Fields = {}
  for (const key of Object.keys(completion)) {
    if (!readByHand.has(key) || key === 'usage') setField(fields, key, completion[key])
  }
  return fields
}

function choiceChunks(choice: Fields, length: number): Fields[] {
  const index = numberOf(choice.index)
  const message = isFields(choice.message) ? choice.message : {}
  const deltas = [{ role: message.role ?? 'assistant' }, ...messageDeltas(message, length)]
  const { logprobs, finish_reason } = choice
  const others: Fields = {}
  for (const key of Object.keys(choice)) if (!choiceByHand.has(key)) setField(others, key, choice[key])
  return [
    ...deltas.map((delta) => ({ index, delta, logprobs: null, finish_reason: null })),
    { index, delta: {}, logprobs: logprobs ?? null, finish_reason: finish_reason ?? null, ...others },
  ]
}

function messageDeltas(message: Fields, length: number): Fields[] {
  const deltas: Fields[] = []
  for (const key of Object.keys(message)) {
    const value = message[key]
    if (key === 'role' || key === 'tool_calls' || value === null || value === undefined) continue
    if (typeof value === 'string' && growing.has(key)) deltas.push(...textDeltas(key, value, length))
    else if (Array.isArray(value) && value.length > 0 && lists.has(key)) {
      deltas.push(...value.map((item) => ({ [key]: [item] })))
    } else if (key === 'audio' && isFields(value)) deltas.push(...audioDeltas(value, length))
    else deltas.push(fieldDelta(key, value))
  }
  return [...deltas, ...callDeltas(fieldsOf(message.tool_calls), length)]
}

function fieldDelta(key: string, value: unknown): Fields {
  const delta: Fields = {}
  setField(delta, key, value)
  return delta
}

function textDeltas(key: string, text: string, length: number): Fields[] {
  return piecesOf(text, length).map((piece) => ({ [key]: piece }))
}

/** Sound is one piece: base64 cut anywhere else than at four characters would be joined wrongly. */
function audioDeltas(audio: Fields, length: number): Fields[] {
  const { transcript, ...others } = audio
  const words = typeof transcript === 'string' ? piecesOf(transcript, length) : []
  return [{ audio: others }, ...words.map((piece) => ({ audio: { transcript: piece } }))]
}

function callDeltas(calls: readonly Fields[], length: number): Fields[] {
  return calls.flatMap((call, index) => {
    const key = isFields(call.custom) ? 'custom' : 'function'
    const textKey = key === 'custom' ? 'input' : 'arguments'
    const inner = isFields(call[key]) ? call[key] : {}
    const { [textKey]: text, ...head } = inner
    const first = { ...call, index, [key]: { ...head, [textKey]: '' } }
    const rest = textOf(text) === '' ? [] : piecesOf(textOf(text), length)
    return [
      { tool_calls: [first] },
      ...rest.map((piece) => ({ tool_calls: [{ index, [key]: { [textKey]: piece } }] })),
    ]
  })
}

/** Pieces of about this length; a pair of surrogates is one character and is not cut. */
function piecesOf(text: string, length: number): string[] {
  if (text.length <= length) return [text]
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + length)
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end++
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

import fc from 'fast-check'
import type { JsonObject } from '../reference/values.ts'
import { argumentsPieces, solidPieces, textPieces, toolName, wireText } from './text.ts'
import { type IntendedCall, toolCalls } from './tool-calls.ts'

/** What one choice should hold in the end, as far as the generator can say it without folding. */
export interface Intended {
  content?: string
  refusal?: string
  reasoning?: Record<string, string>
  calls?: IntendedCall[]
}

/** Some entries of one choice that belong together, in order, without index and finish reason. */
export interface Segment {
  entries: JsonObject[]
  intended: Intended
}

const delta = (members: JsonObject): JsonObject => ({ delta: members })

function token(piece: string): JsonObject {
  return { token: piece, logprob: -0.25, bytes: [...new TextEncoder().encode(piece)], top_logprobs: [] }
}

/** Plain text, perhaps opened by an empty or null one, perhaps with log probabilities. */
function plainText(key: 'content' | 'refusal'): fc.Arbitrary<Segment> {
  const opening = fc.constantFrom<JsonObject[]>([], [{ delta: { [key]: '' } }], [{ delta: { [key]: null } }])
  return fc.tuple(opening, textPieces(), fc.boolean()).map(([first, pieces, probable]) => {
    const entries = pieces.map((piece) => {
      const logprobs = { content: null, refusal: null, [key]: [token(piece)] }
      return { ...delta({ [key]: piece }), ...(probable ? { logprobs } : {}) }
    })
    return { entries: [...first, ...entries], intended: { [key]: pieces.join('') } }
  })
}

/** `message` beside `delta` is the text so far (Perplexity); the last one may be mirrored by its delta (MiniMax). */
function mirroredText(): fc.Arbitrary<Segment> {
  const closing = fc.constantFrom('mirrored', 'alone', 'none')
  return fc.tuple(solidPieces(), closing).map(([pieces, last]) => {
    const message = (content: string): JsonObject => ({ message: { role: 'assistant', content } })
    const whole = pieces.join('')
    const entries = pieces.map((piece, at) => ({
      ...delta({ content: piece }),
      ...message(pieces.slice(0, at + 1).join('')),
    }))
    const end = {
      mirrored: [{ ...delta({ content: whole }), ...message(whole) }],
      alone: [message(whole)],
      none: [],
    }
    return { entries: [...entries, ...end[last]], intended: { content: whole } }
  })
}

function textParts(): fc.Arbitrary<Segment> {
  return solidPieces().map((pieces) => {
    const part = (piece: string): JsonObject => ({ type: 'text', text: piece })
    const [first = 'x', ...rest] = pieces
    const entries = [delta({ content: [part(first), ...rest.map(part)] }), delta({ content: first })]
    return { entries, intended: { content: `${pieces.join('')}${first}` } }
  })
}

/** Mistral: a string, then thinking in arrays, then strings; Databricks: reasoning with a summary beside text. */
function otherParts(): fc.Arbitrary<Segment> {
  const part = fc.oneof(
    wireText().map((text) => [{ type: 'thinking', thinking: [{ type: 'text', text: `${text}.` }] }]),
    wireText().map((text) => [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: `${text}.` }] },
      { type: 'text', text: 'answer' },
    ]),
    fc.constant([{ type: 'reference', reference_ids: [1, 'two'] }]),
    fc.constant([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }]),
  )
  const contents = fc.array(fc.oneof(part, wireText()), { maxLength: 6 })
  return fc.tuple(part, contents).map(([first, rest]) => {
    return { entries: [first, ...rest].map((content) => delta({ content })), intended: {} }
  })
}

export function content(): fc.Arbitrary<Segment> {
  return fc.oneof(
    { weight: 6, arbitrary: plainText('content') },
    { weight: 1, arbitrary: mirroredText() },
    { weight: 1, arbitrary: textParts() },
    { weight: 2, arbitrary: otherParts() },
  )
}

export function refusal(): fc.Arbitrary<Segment> {
  return plainText('refusal')
}

/** Under one key, under two with the same text (chutes.ai), as an object (Envoy), or between nulls (SGLang). */
export function reasoning(): fc.Arbitrary<Segment> {
  const keys = fc.constantFrom(
    ['reasoning'],
    ['reasoning_content'],
    ['reasoning_text'],
    ['reasoning', 'reasoning_content'],
  )
  const wrapping = fc.constantFrom('text', 'object', 'nulls')
  return fc.tuple(keys, wrapping, solidPieces()).map(([names, wrap, pieces]) => {
    const of = (value: unknown): JsonObject => delta(Object.fromEntries(names.map((name) => [name, value])))
    const entries = pieces.map((piece) => of(wrap === 'object' ? { text: piece } : piece))
    const text = pieces.join('')
    return {
      entries: wrap === 'nulls' ? [of(null), ...entries, of(null)] : entries,
      intended: { reasoning: Object.fromEntries(names.map((name) => [name, text])) },
    }
  })
}

export function toolCallSegment(): fc.Arbitrary<Segment> {
  return toolCalls().map(({ deltas, intended }) => ({
    entries: deltas.map(delta),
    intended: { calls: intended },
  }))
}

export function functionCall(): fc.Arbitrary<Segment> {
  return fc.tuple(toolName(), argumentsPieces()).map(([name, pieces]) => {
    const rest = pieces.map((piece) => delta({ function_call: { arguments: piece } }))
    return { entries: [delta({ function_call: { name, arguments: '' } }), ...rest], intended: {} }
  })
}

/** Base64 in whole groups of four, padded only at the end. */
export function audio(): fc.Arbitrary<Segment> {
  const data = fc.array(fc.constantFrom('AAAA', 'AgAB', '//8G', '+/8C'), { maxLength: 4 })
  return fc.tuple(data, textPieces(), fc.boolean()).map(([pieces, transcript, repeats]) => {
    const id = { id: 'audio_1' }
    const pieceOf = (members: JsonObject): JsonObject =>
      delta({ audio: repeats ? { ...id, ...members } : members })
    const entries = [
      delta({ audio: { ...id, transcript: '' } }),
      ...transcript.map((piece) => pieceOf({ transcript: piece })),
      ...[...pieces, 'AA=='].map((piece) => pieceOf({ data: piece })),
      delta({ audio: { expires_at: 1_729_018_505 } }),
    ]
    return { entries, intended: {} }
  })
}

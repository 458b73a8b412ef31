import fc from 'fast-check'
import type { JsonObject } from '../reference/values.ts'
import type { Segment } from './segments.ts'
import { wireText } from './text.ts'

/** Names that a careless assignment would turn into something else than a key. */
const HOSTILE = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

const filled = (): fc.Arbitrary<string> => wireText().map((text) => `${text}.`)
const scalar = (): fc.Arbitrary<unknown> => fc.oneof(filled(), fc.integer(), fc.boolean())

/** The values that one key has in a row: all of one kind. */
const KINDS: Record<string, () => fc.Arbitrary<unknown>> = {
  text: () => fc.oneof(filled(), fc.constant('')),
  scalar: () => fc.oneof(scalar(), fc.constant(null)),
  object: () => fc.dictionary(fc.constantFrom('a', 'b', ...HOSTILE), scalar(), { minKeys: 1, maxKeys: 3 }),
  list: () => fc.array(scalar(), { maxLength: 2 }),
  indexed: () =>
    fc.integer({ min: 0, max: 2 }).chain((index) => scalar().map((value) => [{ index, type: 'x', value }])),
}

/** `{key: value}` objects to spread over frames. A hostile key always holds an object. */
function fieldValues(keys: readonly string[]): fc.Arbitrary<JsonObject[]> {
  const named = fc.constantFrom(...keys).chain((key) => {
    const kind = fc.constantFrom(...(HOSTILE.includes(key) ? ['object'] : Object.keys(KINDS)))
    return kind.chain((name) => {
      const values = KINDS[name] ?? scalar
      return fc
        .array(values(), { minLength: 1, maxLength: 3 })
        .map((list) => list.map((value) => entry(key, value)))
    })
  })
  return fc.oneof(named, fc.constant<JsonObject[]>([]))
}

/** An own key, even if it is `__proto__`. */
function entry(key: string, value: unknown): JsonObject {
  return Object.fromEntries([[key, value]])
}

export function topFields(): fc.Arbitrary<JsonObject[]> {
  const known = fc.constantFrom<JsonObject[]>(
    [],
    [{ citations: ['https://a'] }, { citations: ['https://a', 'https://b'] }],
    [{ x_groq: { id: 'req_1' } }, { x_groq: { seed: 7 } }],
    [{ timings: { prompt_n: 1, cache_n: 0 } }, { timings: { prompt_n: 2 } }],
    [{ system_fingerprint: null }, { system_fingerprint: 'fp_1' }, { system_fingerprint: '' }],
    [{ service_tier: 'default' }, { service_tier: null }],
    [{ provider: 'Foo' }, { provider: 'Bar' }],
    [{ obfuscation: 'xyz' }, { obfuscation: 'q', p: 'abc' }],
  )
  return fc.oneof(known, fieldValues(['session_id', 'warnings', 'sla', ...HOSTILE]))
}

export function choiceFields(): fc.Arbitrary<JsonObject[]> {
  const known = fc.constantFrom<JsonObject[]>(
    [],
    [{ native_finish_reason: null }, { native_finish_reason: 'end_turn' }],
    [{ token_ids: [1, 2] }, { token_ids: [3] }],
    [
      { content_filter_results: { hate: { filtered: false } } },
      { content_filter_results: { self_harm: { filtered: true } } },
    ],
    [{ stop_reason: null }, { stop_reason: 11 }],
    [{ logprobs: null }, { logprobs: { content: null, refusal: null } }],
  )
  return fc.oneof(known, fieldValues(['trace', 'scores', ...HOSTILE]))
}

/** Fields of the delta that no table knows, or that have a rule of their own. */
export function messageFields(): fc.Arbitrary<Segment> {
  const citation = (url: string): JsonObject => ({ type: 'url_citation', url_citation: { url, title: url } })
  const known = fc.constantFrom<JsonObject[]>(
    [{ annotations: [citation('a')] }, { annotations: [citation('b')] }, { annotations: [citation('a')] }],
    [{ images: [{ type: 'image_url', index: 0 }] }, { images: [{ type: 'image_url', index: 1 }] }],
    [
      { executed_tools: [{ index: 0, type: 'search', arguments: '{"q":1}' }] },
      { executed_tools: [{ index: 0, type: 'search', arguments: '{"q":1}', output: 'found' }] },
    ],
    [{ channel: 'analysis' }, { channel: 'analysis' }, { channel: 'final' }],
    [{ token_id: 5 }, { token_id: 7 }],
    [{ reasoning_opaque: 'abc' }, { reasoning_opaque: 'def' }],
    [{ reasoning_signature: 'one' }, { reasoning_signature: '' }],
    [{ extra_content: { google: { a: 'x' } } }, { extra_content: { google: { b: 'y' } } }],
  )
  const fields = fc.oneof(known, fieldValues(['custom_text', 'graph_data', 'persona', ...HOSTILE]))
  return fields.map((list) => ({ entries: list.map((delta) => ({ delta })), intended: {} }))
}

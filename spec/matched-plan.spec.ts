import { expect } from 'chai'
import { mayRepeat } from '../lib/matched-plan.ts'
import type { JsonObject } from '../lib/wire/index.ts'

const chunkOf = (delta: JsonObject, choice: JsonObject = {}, chunk: JsonObject = {}): JsonObject => ({
  choices: [{ index: 0, delta, ...choice }],
  ...chunk,
})
const fragment = { index: 0, function: { arguments: '{' } }

describe('whether frames like a chunk may come again, with other texts in them', () => {
  const rows: readonly (readonly [string, JsonObject, boolean])[] = [
    ['a text', chunkOf({ content: 'a' }), true],
    ['a text with an empty list beside it', chunkOf({ content: 'a', tool_calls: [], annotations: [] }), true],
    ['reasoning with its details', chunkOf({ reasoning: 'a', reasoning_details: [{ text: 'a' }] }), true],
    ['a piece of arguments', chunkOf({ tool_calls: [fragment] }), true],
    ['one with fields that say nothing', chunkOf({ tool_calls: [{ ...fragment, id: '', x: null }] }), true],
    ['one with an id', chunkOf({ tool_calls: [{ ...fragment, id: 'a' }] }), false],
    [
      'one with a name',
      chunkOf({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '' } }] }),
      false,
    ],
    ['one without an index', chunkOf({ tool_calls: [{ function: { arguments: '' } }] }), false],
    ['one with more', chunkOf({ tool_calls: [{ ...fragment, extra: 1 }] }), false],
    ['two pieces', chunkOf({ tool_calls: [fragment, fragment] }), false],
    ['content that is a list', chunkOf({ content: [{ type: 'text', text: 'a' }] }), false],
    ['a thought in it', chunkOf({ content: [{ type: 'thinking', thinking: [{ text: 'a' }] }] }), true],
    ['two thoughts', chunkOf({ content: [{ thinking: [{ text: 'a' }, { text: 'b' }] }] }), false],
    ['annotations', chunkOf({ annotations: [{ type: 'url_citation' }] }), false],
    ['log probabilities', chunkOf({ content: 'a' }, { logprobs: { content: [{}] } }), false],
    ['none of them', chunkOf({ content: 'a' }, { logprobs: { content: null, refusal: null } }), true],
    ['a finish reason', chunkOf({}, { finish_reason: 'stop' }), false],
    ['a whole message', chunkOf({}, { message: { content: 'a' } }), false],
    ['two choices', { choices: [{ delta: {} }, { delta: {} }] }, false],
    ['an error', chunkOf({}, {}, { error: { message: 'a' } }), false],
    ['usage that is none', chunkOf({}, {}, { usage: 1 }), false],
  ]
  for (const [what, chunk, expected] of rows) {
    it(`${what}: ${expected ? 'yes' : 'no'}`, () => expect(mayRepeat(chunk)).to.equal(expected))
  }
})

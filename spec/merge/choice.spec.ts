import { expect } from 'chai'
import { Choice } from '../../lib/merge/choice.ts'
import { tablesWith } from '../../lib/merge/fields.ts'
import type { JsonObject } from '../../lib/wire/index.ts'
import { SpecContext } from '../helpers/merge.ts'

function choiceOf(deltas: readonly JsonObject[], finish?: string) {
  const choice = new Choice(0, tablesWith(undefined), { toolCallId: (_, call) => `made_${call.ordinal}` })
  const context = new SpecContext()
  for (const delta of deltas) choice.mergeDelta(delta, context, undefined)
  if (finish !== undefined) choice.mergeFinishReason(finish)
  return { choice, context }
}

const call = { index: 0, id: 'a', function: { name: 'f', arguments: '' } }
const toolCalls = [{ id: 'a', type: 'function', function: { name: 'f', arguments: '' } }]
const message = (fields: JsonObject): JsonObject => ({
  role: 'assistant',
  content: null,
  refusal: null,
  ...fields,
})

describe('the message of a choice', () => {
  const rows: readonly (readonly [string, readonly JsonObject[], JsonObject])[] = [
    ['is an assistant without content before anything came', [], message({})],
    [
      'has the role that came first',
      [{ role: 'developer' }, { content: 'x' }],
      message({ role: 'developer', content: 'x' }),
    ],
    ['has an empty content where only that came', [{ content: '' }], message({ content: '' })],
    [
      'has none beside tool calls',
      [{ content: '' }, { tool_calls: [call] }],
      message({ tool_calls: toolCalls }),
    ],
    ['has none beside a refusal', [{ content: '', refusal: 'no' }], message({ refusal: 'no' })],
    [
      'has none beside a function call',
      [{ content: '', function_call: { name: 'f' } }],
      message({ function_call: { name: 'f', arguments: '' } }),
    ],
    ['has none beside audio', [{ content: '', audio: { id: 'x' } }], message({ audio: { id: 'x' } })],
    [
      'keeps a text beside tool calls',
      [{ content: 'x', tool_calls: [call] }],
      message({ content: 'x', tool_calls: toolCalls }),
    ],
    [
      'has no refusal where only an empty one came',
      [{ refusal: '' }, { content: 'x' }],
      message({ content: 'x' }),
    ],
    [
      'has each reasoning key under its own name',
      [{ reasoning: 'a', reasoning_content: 'a' }],
      message({ reasoning: 'a', reasoning_content: 'a' }),
    ],
    ['takes nothing of null', [{ role: null, content: null, tool_calls: null, audio: null }], message({})],
  ]
  for (const [fact, deltas, snapshot] of rows) {
    it(fact, () => {
      expect(choiceOf(deltas).choice.snapshot().message).to.deep.equal(snapshot)
      const watched = choiceOf([])
      watched.choice.snapshot()
      for (const delta of deltas) {
        watched.choice.mergeDelta(delta, watched.context, undefined)
        watched.choice.snapshot()
      }
      expect(watched.choice.snapshot().message, 'with someone looking after each delta').to.deep.equal(
        snapshot,
      )
    })
  }
})

describe('a choice', () => {
  it('has its index, its reason and its log probabilities, null where none came', () => {
    const { choice } = choiceOf([{ content: 'x' }], 'stop')
    expect(choice.snapshot()).to.deep.equal({
      index: 0,
      message: message({ content: 'x' }),
      finish_reason: 'stop',
      logprobs: null,
    })
  })

  it('is the same object while nothing changes', () => {
    const { choice, context } = choiceOf([{ content: 'x', role: 'assistant' }])
    const before = choice.snapshot()
    choice.mergeDelta({ role: 'assistant', content: null, refusal: null }, context, undefined)
    expect(choice.snapshot()).to.equal(before)
  })

  it('reports text, or a call, behind its reason', () => {
    for (const delta of [{ content: 'more' }, { tool_calls: [call] }]) {
      const { choice, context } = choiceOf([], 'stop')
      choice.mergeDelta(delta, context, undefined)
      expect(context.codes).to.deep.equal(['content_after_finish'])
    }
    const { choice, context } = choiceOf([], 'stop')
    choice.mergeDelta({ content: '', role: 'assistant' }, context, undefined)
    expect(context.codes).to.deep.equal([])
  })

  it('goes on from a saved state', () => {
    const { choice } = choiceOf([{ content: 'a', tool_calls: [call] }], 'stop')
    choice.mergeField('logprobs', { content: [1] }, new SpecContext())
    const restored = choiceOf([]).choice
    restored.load(JSON.parse(JSON.stringify(choice.save())))
    for (const one of [choice, restored]) one.mergeDelta({ content: 'b' }, new SpecContext(), undefined)
    expect(restored.snapshot()).to.deep.equal(choice.snapshot())
  })
})

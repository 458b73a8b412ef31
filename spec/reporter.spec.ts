import { expect } from 'chai'
import { Assembler, type AssemblyEvent } from '../lib/core.ts'
import { call, calls, delta, type Fields } from './cases/inputs.ts'
import { plainEvent } from './helpers/events.ts'
import { foldText } from './helpers/fold-text.ts'

/** What the deltas told: type, and what came. */
function told(...deltas: readonly Fields[]): unknown[] {
  const { events } = foldText(deltas.map(delta).join(''))
  return events
    .filter(({ type }) => type.endsWith('.delta') || type.endsWith('.part'))
    .map(plainEvent)
    .map(({ type, delta: piece, keys }) => (keys === undefined ? [type, piece] : [type, piece, keys]))
}

const detail = (text: string): Fields => ({ type: 'reasoning.text', text, index: 0 })
const block = (thinking: string): Fields => ({ type: 'thinking', thinking })
const thinking = (text: string): Fields => ({ type: 'thinking', thinking: [{ type: 'text', text }] })
const image: Fields = { type: 'image_url', image_url: { url: 'x' } }

describe('what a delta is told as', () => {
  const rows: readonly (readonly [string, readonly Fields[], readonly unknown[]])[] = [
    [
      'text, piece by piece',
      [{ content: 'a' }, { content: '' }, { content: 'b' }],
      [
        ['content.delta', 'a'],
        ['content.delta', 'b'],
      ],
    ],
    [
      'text parts as text, other parts as they came',
      [{ content: [{ type: 'text', text: 'a' }, image] }],
      [
        ['content.delta', 'a'],
        ['content.part', image],
      ],
    ],
    ['a refusal', [{ refusal: 'no' }], [['refusal.delta', 'no']]],
    ['reasoning under its key', [{ reasoning: 'a' }], [['reasoning.delta', 'a', ['reasoning']]]],
    [
      'one thought under two keys, once',
      [{ reasoning: 'a', reasoning_content: 'a' }],
      [['reasoning.delta', 'a', ['reasoning_content', 'reasoning']]],
    ],
    [
      'two thoughts under two keys: the most believed one, and the other beside it',
      [{ reasoning: 'a', reasoning_content: 'b' }],
      [
        ['reasoning.delta', 'b', ['reasoning_content']],
        ['message.delta', { reasoning: 'a' }],
      ],
    ],
    [
      'reasoning before the text of the same delta',
      [{ content: 'x', reasoning: 'a' }],
      [
        ['reasoning.delta', 'a', ['reasoning']],
        ['content.delta', 'x'],
      ],
    ],
    [
      'details that repeat a text: the text once, the details as fields',
      [{ reasoning: 'a', reasoning_details: [detail('a')] }],
      [
        ['reasoning.delta', 'a', ['reasoning']],
        ['message.delta', { reasoning_details: [detail('a')] }],
      ],
    ],
    [
      'details alone: their text under no key',
      [{ reasoning_details: [detail('a')] }],
      [
        ['reasoning.delta', 'a', []],
        ['message.delta', { reasoning_details: [detail('a')] }],
      ],
    ],
    [
      'blocks alone: their text under no key',
      [{ thinking_blocks: [block('a')] }],
      [
        ['reasoning.delta', 'a', []],
        ['message.delta', { thinking_blocks: [block('a')] }],
      ],
    ],
    [
      'thinking in a part: its text beside the part',
      [{ content: [thinking('a')] }],
      [
        ['content.part', thinking('a')],
        ['reasoning.delta', 'a', []],
      ],
    ],
    [
      'blocks of a choice that has spoken: no second time',
      [{ reasoning_content: 'a' }, { thinking_blocks: [block('a')] }],
      [
        ['reasoning.delta', 'a', ['reasoning_content']],
        ['message.delta', { thinking_blocks: [block('a')] }],
      ],
    ],
    [
      'audio and annotations',
      [{ audio: { id: 'a' }, annotations: [{ type: 'x' }] }],
      [
        ['audio.delta', { id: 'a' }],
        ['annotations.delta', [{ type: 'x' }]],
      ],
    ],
    [
      'all other fields together, at the end',
      [{ role: 'assistant', mood: 'calm', content: 'x' }],
      [
        ['content.delta', 'x'],
        ['message.delta', { role: 'assistant', mood: 'calm' }],
      ],
    ],
    [
      'nothing of null, nor of what is repeated',
      [{ role: 'assistant' }, { role: 'assistant', content: null }],
      [['message.delta', { role: 'assistant' }]],
    ],
  ]
  for (const [fact, deltas, events] of rows) {
    it(fact, () => expect(told(...deltas)).to.deep.equal(events))
  }
})

describe('what a tool call is told as', () => {
  const { events } = foldText(
    calls(call({ index: 5, id: 'b' }, 'g', '')) +
      calls({ ...call({ index: 2, id: 'a' }, 'f', '{'), extra_content: { x: 1 } }) +
      calls(call({ index: 5 }, undefined, '[]')),
  )
  const ofCalls = events
    .filter(({ type }) => type.startsWith('tool_calls') || type === 'message.delta')
    .map(plainEvent)
    .map(({ type, index, id, name, delta: piece }) =>
      [type, index, id, name, piece].filter((it) => it !== undefined),
    )

  it('its start, its arguments, and its end, under the number in which it came', () => {
    expect(ofCalls).to.deep.equal([
      ['tool_calls.start', 0, 'b', 'g'],
      ['tool_calls.start', 1, 'a', 'f'],
      ['tool_calls.arguments.delta', 1, 'a', 'f', '{'],
      ['message.delta', { tool_calls: [{ index: 1, extra_content: { x: 1 } }] }],
      ['tool_calls.arguments.delta', 0, 'b', 'g', '[]'],
      ['tool_calls.done', 1, 'a', 'f'],
      ['tool_calls.done', 0, 'b', 'g'],
    ])
  })
})

describe('the snapshot of an event', () => {
  /** The content in the snapshot of each content.delta, read after the end. */
  function contents(look: (event: AssemblyEvent) => unknown): unknown[] {
    const events: AssemblyEvent[] = []
    const assembler = new Assembler({
      onEvent: (event) => {
        events.push(event)
        look(event)
      },
    })
    assembler.write(delta({ content: 'a' }) + delta({ content: 'b' }))
    assembler.end()
    return events.flatMap((event) =>
      event.type === 'content.delta' ? [event.snapshot.choices[0]?.message.content] : [],
    )
  }

  it('is the completion so far when it is read in the listener, and stays so', () => {
    const seen = contents((event) => 'snapshot' in event && event.snapshot)
    expect(seen).to.deep.equal(['a', 'ab'])
  })

  it('is the completion of the time when it is first read', () => {
    expect(contents(() => {})).to.deep.equal(['ab', 'ab'])
  })
})

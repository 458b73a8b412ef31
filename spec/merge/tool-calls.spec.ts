import { expect } from 'chai'
import { Fault } from '../../lib/errors.ts'
import type { ToolCall } from '../../lib/merge/tool-call.ts'
import { readIndex, ToolCallsField } from '../../lib/merge/tool-calls.ts'
import type { JsonValue } from '../../lib/wire/index.ts'
import { call, type Fields } from '../cases/inputs.ts'
import { deepFreeze } from '../helpers/growth.ts'
import { SpecContext } from '../helpers/merge.ts'

const makeId = (made: ToolCall): string => `made_${made.ordinal}`

/** Calls as short rows, in the order of the message. */
function addressed(deltas: readonly (readonly unknown[])[]) {
  const field = new ToolCallsField('calls', makeId)
  const context = new SpecContext()
  for (const delta of deltas) field.merge(deepFreeze(JSON.parse(JSON.stringify(delta))), context)
  field.finish(context)
  const calls = field.ordered.map(({ id, name, text }) => [id, name, text.text])
  return { calls, codes: [...new Set(context.codes)], field }
}

/** An entry; what is undefined is not on the wire. */
const entry = (index: unknown, id: unknown, name: string | undefined, args: unknown): Fields =>
  call({ index, id }, name, args)

interface Row {
  /** Who sends it so, or what it is. */
  readonly shape: string
  readonly deltas: readonly (readonly Fields[])[]
  readonly calls: readonly (readonly [id: string, name: string, args: string])[]
  readonly codes?: readonly string[]
}

const none = undefined

/** Which call a fragment belongs to: every shape of dialects.md 3.3, and the traps beside them. */
const rows: readonly Row[] = [
  {
    shape: 'OpenAI: identity once, then its index alone',
    deltas: [[entry(0, 'a', 'f', '')], [entry(0, none, none, '{"x"')], [entry(0, none, none, ':1}')]],
    calls: [['a', 'f', '{"x":1}']],
  },
  {
    shape: 'OpenAI: parallel calls, their pieces taking turns',
    deltas: [
      [entry(0, 'a', 'f', '{')],
      [entry(1, 'b', 'g', '[')],
      [entry(0, none, none, '}'), entry(1, none, none, ']')],
    ],
    calls: [
      ['a', 'f', '{}'],
      ['b', 'g', '[]'],
    ],
  },
  {
    shape: 'old vLLM, SGLang: every call at index 0',
    deltas: [[entry(0, 'a', 'f', '{')], [entry(0, none, none, '}')], [entry(0, 'b', 'g', '[]')]],
    calls: [
      ['a', 'f', '{}'],
      ['b', 'g', '[]'],
    ],
    codes: ['same_index_new_call'],
  },
  {
    shape: 'two calls of one index in one delta',
    deltas: [[entry(0, 'a', 'f', '{}'), entry(0, 'b', 'f', '{}')]],
    calls: [
      ['a', 'f', '{}'],
      ['b', 'f', '{}'],
    ],
    codes: ['same_index_new_call'],
  },
  {
    shape: 'Poolside, LMDeploy: a new id for each piece, and no name',
    deltas: [[entry(0, 'a', 'f', '{')], [entry(0, 'b', none, '"x"')], [entry(0, 'c', '', ':1}')]],
    calls: [['a', 'f', '{"x":1}']],
  },
  {
    shape: 'Fireworks: id and name with each piece',
    deltas: [[entry(0, 'a', 'f', '{')], [entry(0, 'a', 'f', '}')]],
    calls: [['a', 'f', '{}']],
  },
  {
    shape: 'DashScope: an empty id with each further piece',
    deltas: [[entry(0, 'a', 'f', '{')], [entry(0, '', '', '}')]],
    calls: [['a', 'f', '{}']],
  },
  {
    shape: 'Gemini: no index, a whole call in each delta',
    deltas: [[entry(none, 'a', 'f', '{}')], [entry(none, 'b', 'f', '{}')]],
    calls: [
      ['a', 'f', '{}'],
      ['b', 'f', '{}'],
    ],
    codes: ['missing_index'],
  },
  {
    shape: 'Mistral: no index, several calls in one delta',
    deltas: [[entry(none, 'a', 'f', '{}'), entry(none, 'b', 'g', '{}')]],
    calls: [
      ['a', 'f', '{}'],
      ['b', 'g', '{}'],
    ],
    codes: ['missing_index'],
  },
  {
    shape: 'no index: a known id goes on with its call, nothing at all with the newest',
    deltas: [
      [entry(none, 'a', 'f', '{')],
      [entry(none, 'b', 'g', '[')],
      [entry(none, 'a', none, '}')],
      [entry(none, none, none, ']')],
    ],
    calls: [
      ['a', 'f', '{}'],
      ['b', 'g', '[]'],
    ],
    codes: ['missing_index'],
  },
  {
    shape: 'no index and no id: a name begins a call',
    deltas: [[entry(none, none, 'f', '{}')], [entry(none, none, 'g', '{}')]],
    calls: [
      ['made_0', 'f', '{}'],
      ['made_1', 'g', '{}'],
    ],
    codes: ['missing_index', 'missing_tool_call_id'],
  },
  {
    shape: "no index: an id that was made up for another call is nobody's on the wire",
    deltas: [[entry(none, none, 'f', '{}')], [entry(none, 'made_0', 'g', '[]')]],
    calls: [
      ['made_0', 'f', '{}'],
      ['made_1', 'g', '[]'],
    ],
    codes: ['missing_index', 'missing_tool_call_id', 'duplicate_tool_call_id'],
  },
  {
    shape: "Mistral's SDK: the word null for an id",
    deltas: [[entry(0, 'null', 'f', '{}')]],
    calls: [['made_0', 'f', '{}']],
    codes: ['missing_tool_call_id'],
  },
  {
    shape: 'indexes that begin at 1, have gaps and come out of order: in their order, without holes',
    deltas: [[entry(7, 'c', 'h', '{}')], [entry(1, 'a', 'f', '{}')], [entry(4, 'b', 'g', '{}')]],
    calls: [
      ['a', 'f', '{}'],
      ['b', 'g', '{}'],
      ['c', 'h', '{}'],
    ],
  },
  {
    shape: 'an index as large as a hash is only a key',
    deltas: [[entry(4294967295, 'a', 'f', '{')], [entry(4294967295, none, none, '}')]],
    calls: [['a', 'f', '{}']],
  },
  {
    shape: 'z.ai: a negative index is none',
    deltas: [[entry(-1, 'a', 'f', '{')], [entry(-1, none, none, '}')]],
    calls: [['a', 'f', '{}']],
    codes: ['negative_index', 'missing_index'],
  },
  {
    shape: 'an index as a text of digits is the number it spells',
    deltas: [[entry('0', 'a', 'f', '{')], [entry(0, none, none, '}')]],
    calls: [['a', 'f', '{}']],
    codes: ['index_not_a_number'],
  },
  {
    shape: 'Cloudflare: an entry of nulls ends the calls and is none',
    deltas: [
      [entry(0, 'a', 'f', '{}')],
      [{ index: 0, id: null, type: null, function: { name: null, arguments: '' } }],
    ],
    calls: [['a', 'f', '{}']],
  },
  {
    shape: 'vLLM: empty arguments with the finish are no call',
    deltas: [[entry(1, none, none, '')]],
    calls: [],
  },
  {
    shape: 'Cloudflare: name and arguments on the call itself, arguments an object',
    deltas: [[{ index: 0, id: 'a', name: 'f', arguments: { x: 1 } }]],
    calls: [['a', 'f', '{"x":1}']],
    codes: ['args_object'],
  },
  {
    shape: 'Gemini via OpenRouter: one id for two calls, of which the second gets one of its own',
    deltas: [[entry(0, 'a', 'f', '{}')], [entry(1, 'a', 'g', '{}')]],
    calls: [
      ['a', 'f', '{}'],
      ['made_1', 'g', '{}'],
    ],
    codes: ['duplicate_tool_call_id'],
  },
  {
    shape: 'one id, another name after whole arguments: another call',
    deltas: [[entry(0, 'a', 'f', '{}')], [entry(0, 'a', 'g', '[]')]],
    calls: [
      ['a', 'f', '{}'],
      ['made_1', 'g', '[]'],
    ],
    codes: ['same_index_new_call', 'duplicate_tool_call_id'],
  },
  {
    shape: 'one id, another name within the arguments: the first name stays',
    deltas: [[entry(0, 'a', 'f', '{')], [entry(0, 'a', 'g', '}')]],
    calls: [['a', 'f', '{}']],
  },
  {
    shape: 'a name cut in two, before any argument',
    deltas: [[entry(0, 'a', 'get_', '')], [entry(0, none, 'time', '{}')]],
    calls: [['a', 'get_time', '{}']],
    codes: ['name_continued'],
  },
  {
    shape: 'a name that grows, whole each time',
    deltas: [[entry(0, 'a', 'get', '')], [entry(0, none, 'get_time', '{}')]],
    calls: [['a', 'get_time', '{}']],
    codes: ['name_continued'],
  },
  {
    shape: 'an id that comes late, after another was made up',
    deltas: [[entry(0, none, 'f', '{')], [entry(0, 'late', none, '}')]],
    calls: [['made_0', 'f', '{}']],
    codes: ['missing_tool_call_id', 'late_tool_call_id'],
  },
  {
    shape: 'an id first, its name later',
    deltas: [[entry(0, 'a', none, none)], [entry(0, none, 'f', '{}')]],
    calls: [['a', 'f', '{}']],
  },
]

describe('which tool call a fragment belongs to', () => {
  for (const { shape, deltas, calls, codes = [] } of rows) {
    it(shape, () => {
      const folded = addressed(deltas)
      expect(folded.calls).to.deep.equal(calls)
      expect(folded.codes).to.have.members([...codes])
    })

    it(`${shape}; also when it was saved and restored between two deltas`, () => {
      for (let at = 1; at < deltas.length; at += 1) {
        const restored = new ToolCallsField('calls', makeId)
        restored.load(JSON.parse(JSON.stringify(addressed(deltas.slice(0, at)).field.save())))
        const context = new SpecContext()
        for (const delta of deltas.slice(at)) restored.merge(JSON.parse(JSON.stringify(delta)), context)
        restored.finish(context)
        expect(restored.ordered.map(({ id, name, text }) => [id, name, text.text])).to.deep.equal(calls)
      }
    })
  }

  it('does not matter to what came before: unchanged calls are shared between snapshots', () => {
    const { field } = addressed([[entry(0, 'a', 'f', '{}')], [entry(1, 'b', 'g', '')]])
    const before = field.snapshot() as JsonValue[]
    field.merge([{ index: 1, function: { arguments: '{}' } }], new SpecContext())
    const after = field.snapshot() as JsonValue[]
    expect(after[0]).to.equal(before[0])
    expect(after[1]).to.not.equal(before[1])
  })
})

describe('tool calls', () => {
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['a list that is none', {}, 'bad_type'],
    ['an entry that is no object', ['f'], 'bad_type'],
    ['an id that is a number', [{ index: 0, id: 5 }], 'bad_type'],
    ['a name that is a number', [{ index: 0, function: { name: 5 } }], 'bad_type'],
    ['a function that is a text', [{ index: 0, function: 'f' }], 'bad_type'],
    ['arguments that are a number', [{ index: 0, function: { arguments: 5 } }], 'bad_type'],
    ['an index that is a fraction', [{ index: 1.5, id: 'a' }], 'bad_index'],
    ['an index that is a word', [{ index: '__proto__', id: 'a' }], 'bad_index'],
    ['an index that is an object', [{ index: {}, id: 'a' }], 'bad_index'],
    ['an index beyond all whole numbers', [{ index: Number.POSITIVE_INFINITY, id: 'a' }], 'bad_index'],
  ]
  for (const [what, value, code] of refused) {
    it(`refuse ${what}`, () => {
      const field = new ToolCallsField('calls', makeId)
      expect(() => field.merge(value as JsonValue, new SpecContext()))
        .to.throw(Fault)
        .with.property('code', code)
    })
  }

  it('read an index of 15 digits as text and of no more', () => {
    const context = new SpecContext()
    expect(readIndex('123456789012345', 'x', context)).to.equal(123456789012345)
    expect(() => readIndex('1234567890123456', 'x', context)).to.throw(Fault)
    for (const missing of [undefined, null, -1]) expect(readIndex(missing, 'x', context)).to.equal(undefined)
  })
})

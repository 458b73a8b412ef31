import { call, type Fields } from './inputs.ts'

/** An entry; what is undefined is not on the wire. */
export const entry = (index: unknown, id: unknown, name: string | undefined, args: unknown): Fields =>
  call({ index, id }, name, args)

export interface AddressingCase {
  /** Who sends it so, or what it is. */
  readonly shape: string
  readonly deltas: readonly (readonly Fields[])[]
  readonly calls: readonly (readonly [id: string, name: string, args: string])[]
  readonly codes?: readonly string[]
}

const none = undefined

/** Which call a fragment belongs to: every shape of dialects.md 3.3, and the traps beside them. */
export const addressing: readonly AddressingCase[] = [
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

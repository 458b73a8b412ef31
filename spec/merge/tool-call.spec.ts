import { expect } from 'chai'
import { readFragment, ToolCall } from '../../lib/merge/tool-call.ts'
import type { JsonObject } from '../../lib/wire/index.ts'
import { SpecContext } from '../helpers/merge.ts'

function callOf(...entries: readonly JsonObject[]): ToolCall {
  const context = new SpecContext()
  const call = new ToolCall(0, 0, 'calls[0].arguments')
  for (const entry of entries) call.merge(readFragment(entry, 'calls[0]', context), context)
  return call
}

const named = (args: string): JsonObject => ({ id: 'a', function: { name: 'f', arguments: args } })

describe('a tool call', () => {
  const rows: readonly (readonly [string, readonly JsonObject[], JsonObject])[] = [
    [
      'is a function unless it says otherwise',
      [named('{}')],
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
    ],
    [
      'is a custom tool if it has its field',
      [{ id: 'a', custom: { name: 'f', input: 'x' } }, { custom: { input: 'y' } }],
      { id: 'a', type: 'custom', custom: { name: 'f', input: 'xy' } },
    ],
    [
      'keeps its first type',
      [{ ...named(''), type: 'function' }, { type: 'other' }],
      { id: 'a', type: 'function', function: { name: 'f', arguments: '' } },
    ],
    [
      'keeps other fields, deep',
      [{ ...named(''), extra_content: { google: { a: 1 } } }, { extra_content: { google: { b: 2 } } }],
      {
        id: 'a',
        type: 'function',
        function: { name: 'f', arguments: '' },
        extra_content: { google: { a: 1, b: 2 } },
      },
    ],
    [
      'keeps other fields of its function',
      [{ id: 'a', function: { name: 'f', arguments: '', strict: true } }],
      { id: 'a', type: 'function', function: { name: 'f', arguments: '', strict: true } },
    ],
    [
      'keeps a field named __proto__ as a field',
      [JSON.parse('{"id":"a","function":{"name":"f"},"__proto__":{"x":1}}')],
      JSON.parse('{"id":"a","type":"function","function":{"name":"f","arguments":""},"__proto__":{"x":1}}'),
    ],
  ]
  for (const [fact, entries, snapshot] of rows) {
    it(fact, () => {
      expect(callOf(...entries).snapshot()).to.deep.equal(snapshot)
      const restored = new ToolCall(0, 0, 'x')
      restored.load(JSON.parse(JSON.stringify(callOf(...entries).save())))
      expect(restored.snapshot(), 'saved and restored').to.deep.equal(snapshot)
    })
  }
})

describe('whether a tool call can be run', () => {
  const rows: readonly (readonly [string, string, boolean, unknown])[] = [
    ['an object', '{"x":[1,"é"]}', true, { x: [1, 'é'] }],
    ['nothing is an empty object', '', true, {}],
    ['white space is nothing', ' \n', true, {}],
    ['a number', '12', true, 12],
    ['a cut object', '{"x":', false, undefined],
    ['two objects', '{}{}', false, undefined],
    ['as deep as allowed', '[[[[[[[[]]]]]]]]', true, [[[[[[[[]]]]]]]]],
    ['deeper', '[[[[[[[[[]]]]]]]]]', false, undefined],
    ['brackets in a text are no depth', '"[[[[[[[[[["', true, '[[[[[[[[[['],
    ['nor behind a quote that is escaped', '"\\"[[[[[[[[[["', true, '"[[[[[[[[[['],
  ]
  for (const [what, args, valid, value] of rows) {
    it(`${what}: ${valid ? 'yes' : 'no'}`, () => {
      const verdict = callOf(named(args)).judge(8)
      expect(verdict.valid).to.equal(valid)
      expect(verdict.value).to.deep.equal(value)
    })
  }

  it('not without a name', () => {
    expect(callOf({ id: 'a', function: { arguments: '{}' } }).judge(8)).to.deep.equal({ valid: false })
  })

  it('a custom tool whatever its input is, which is no JSON', () => {
    expect(callOf({ id: 'a', custom: { name: 'f', input: '{' } }).judge(8)).to.deep.equal({ valid: true })
  })

  it('is judged anew when more arguments come', () => {
    const context = new SpecContext()
    const call = callOf(named('12'))
    expect(call.judge(8).value).to.equal(12)
    call.merge(readFragment({ function: { arguments: '3' } }, 'x', context), context)
    expect(call.judge(8).value).to.equal(123)
  })
})

import { expect } from 'chai'
import { Fault } from '../../lib/errors.ts'
import type { ToolCall } from '../../lib/merge/tool-call.ts'
import { readIndex, ToolCallsField } from '../../lib/merge/tool-calls.ts'
import type { JsonValue } from '../../lib/wire/index.ts'
import { addressing, entry } from '../cases/tool-calls.ts'
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

describe('which tool call a fragment belongs to', () => {
  for (const { shape, deltas, calls, codes = [] } of addressing) {
    it(shape, () => {
      const folded = addressed(deltas)
      expect(folded.calls).to.deep.equal(calls)
      expect(folded.codes).to.have.members([...codes])
    })

    if (deltas.length === 1) continue
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

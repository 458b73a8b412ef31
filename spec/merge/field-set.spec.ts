import { expect } from 'chai'
import { FieldSet } from '../../lib/merge/field-set.ts'
import { TextField } from '../../lib/merge/text.ts'
import type { JsonObject, JsonValue } from '../../lib/wire/index.ts'
import { SpecContext } from '../helpers/merge.ts'

const table = { text: { create: (path: string) => new TextField(path) } }

function merged(...objects: readonly JsonObject[]) {
  const fields = new FieldSet(table, 'choices[0]')
  const context = new SpecContext()
  const taken = objects.map((object) =>
    Object.entries(object).map(([key, value]) => fields.merge(key, value, context)),
  )
  return { fields, context, taken }
}

describe('the fields of an object', () => {
  it('are merged by their rows, and others by their shape', () => {
    const { fields } = merged({ text: 'a', other: 'a', list: [1] }, { text: 'b', other: 'b', list: [2] })
    expect(fields.snapshot()).to.deep.equal({ text: 'ab', other: 'b', list: [1, 2] })
  })

  it('are in the order in which they came, and null is no coming', () => {
    const { fields, taken } = merged({ b: null, a: 1 }, { b: 2 })
    expect(fields.keys()).to.deep.equal(['a', 'b'])
    expect(taken).to.deep.equal([[undefined, 1], [2]])
  })

  it('share their snapshot while nothing changes', () => {
    const { fields, context } = merged({ text: 'a', other: { x: 1 } })
    const before = fields.snapshot()
    fields.merge('other', { x: 1 }, context)
    fields.merge('text', null, context)
    expect(fields.snapshot()).to.equal(before)
    fields.merge('text', 'b', context)
    expect(fields.snapshot()).to.not.equal(before)
    expect(fields.snapshot().other).to.equal(before.other)
  })

  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']) {
    it(`may be named ${key}: a key like any other`, () => {
      const { fields } = merged(JSON.parse(`{"${key}":{"polluted":1}}`), JSON.parse(`{"${key}":{"more":2}}`))
      const snapshot = fields.snapshot()
      expect(Object.keys(snapshot)).to.deep.equal([key])
      expect(Object.getPrototypeOf(snapshot)).to.equal(Object.prototype)
      expect(JSON.stringify(snapshot)).to.equal(`{"${key}":{"polluted":1,"more":2}}`)
      expect(Reflect.get({}, 'polluted')).to.equal(undefined)
    })
  }

  it('count for what they hold when they are new, so that ever new keys have an end', () => {
    const { context } = merged(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key_${i}`, i])))
    expect(context.kept).to.be.greaterThan(100 * 'key_00'.length)
  })

  it('go on from a saved state', () => {
    const { fields } = merged({ text: 'a', other: { x: 1 }, list: [1] })
    const restored = new FieldSet(table, 'choices[0]')
    restored.load(JSON.parse(JSON.stringify(fields.save())) as JsonValue)
    const context = new SpecContext()
    for (const [key, value] of Object.entries({ text: 'b', other: { y: 2 }, list: [2] }))
      restored.merge(key, value, context)
    expect(restored.snapshot()).to.deep.equal({ text: 'ab', other: { x: 1, y: 2 }, list: [1, 2] })
  })
})

import { expect } from 'chai'
import { mergeRules, tablesWith } from '../../lib/merge/fields.ts'
import { choice, DONE, frame } from '../cases/inputs.ts'
import { foldText } from '../helpers/fold-text.ts'
import { mergeAll } from '../helpers/merge.ts'

describe('merge rules by their names', () => {
  const rows: Readonly<Record<keyof typeof mergeRules, readonly [readonly unknown[], unknown]>> = {
    append: [['a', 'b'], 'ab'],
    last: [['a', 'b'], 'b'],
    object: [[{ a: { x: 1 } }, { a: { y: 2 } }], { a: { y: 2 } }],
    deep: [[{ a: { x: 1 } }, { a: { y: 2 } }], { a: { x: 1, y: 2 } }],
    list: [
      [[1], [1]],
      [1, 1],
    ],
    set: [[[1], [1]], [1]],
    indexed: [[[{ index: 0, a: 1 }], [{ index: 0, b: 2 }]], [{ index: 0, a: 1, b: 2 }]],
    drop: [['a', 'b'], undefined],
  }
  for (const [name, [values, value]] of Object.entries(rows)) {
    it(`${name} merges ${JSON.stringify(values)} to ${JSON.stringify(value)}`, () => {
      const create = mergeRules[name as keyof typeof mergeRules]
      expect(mergeAll(create('x'), JSON.parse(JSON.stringify(values))).value).to.deep.equal(value)
    })
  }
})

describe('rules of the caller', () => {
  const text = [
    choice({ delta: { mood: 'ca' }, mood: 'ca' }),
    frame({ mood: 'ca', choices: [] }),
    choice({ delta: { mood: 'lm' }, mood: 'lm' }),
    frame({ mood: 'lm', choices: [] }),
    DONE,
  ].join('')

  it('hold for a field of that name at every level', () => {
    const { result } = foldText(text, { rules: { mood: 'append' } })
    const [first] = result.completion.choices
    expect([result.completion.mood, first?.mood, first?.message.mood]).to.deep.equal(['calm', 'calm', 'calm'])
  })

  it('are not needed: the field is kept by its shape', () => {
    const { result } = foldText(text)
    expect(result.completion.choices[0]?.message.mood).to.equal('lm')
  })

  it('win over the rules of the table, for one assembler alone', () => {
    const body = choice({ delta: { channel: 'a' } }) + choice({ delta: { channel: 'b' } }) + DONE
    const channel = (rules?: { channel: 'append' }): unknown =>
      foldText(body, { rules }).result.completion.choices[0]?.message.channel
    expect([channel({ channel: 'append' }), channel()]).to.deep.equal(['ab', 'b'])
  })

  it('with a name that is no rule are refused at once', () => {
    for (const rule of ['concat', 'toString', '__proto__']) {
      expect(() => tablesWith(JSON.parse(`{"mood":"${rule}"}`))).to.throw(RangeError, rule)
    }
  })
})

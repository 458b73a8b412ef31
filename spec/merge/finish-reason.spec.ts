import { expect } from 'chai'
import { Fault } from '../../lib/errors.ts'
import { FinishReasonField } from '../../lib/merge/finish-reason.ts'

describe('a finish reason', () => {
  const rows: readonly (readonly [string, readonly string[], string | null, readonly string[]])[] = [
    ['is null until one comes', [''], null, []],
    ['is the last one', ['tool_calls', 'length'], 'length', ['tool_calls', 'length']],
    ['is not replaced by stop', ['length', 'stop'], 'length', ['length', 'stop']],
    ['replaces stop', ['stop', 'content_filter'], 'content_filter', ['stop', 'content_filter']],
    ['is kept once where it is repeated', ['stop', 'stop'], 'stop', ['stop']],
    ['may be any word', ['eos'], 'eos', ['eos']],
  ]
  for (const [fact, values, reason, reasons] of rows) {
    it(fact, () => {
      const field = new FinishReasonField('x')
      for (const value of values) field.merge(value)
      expect([field.reason, field.snapshot(), field.reasons]).to.deep.equal([reason, reason, reasons])
      const restored = new FinishReasonField('x')
      restored.load(JSON.parse(JSON.stringify(field.save())))
      expect([restored.reason, restored.reasons]).to.deep.equal([reason, reasons])
    })
  }

  it('that is no text is refused', () => {
    for (const value of [5, true, {}, []]) {
      expect(() => new FinishReasonField('x').merge(value))
        .to.throw(Fault)
        .with.property('code', 'bad_type')
    }
  })
})

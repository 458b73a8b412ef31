import { expect } from 'chai'
import { isDone } from '../../lib/dialect/done.ts'

describe('the mark of the end', () => {
  for (const data of ['[DONE]', ' [DONE]', '[DONE] ', '\t[DONE]\n', '[DONE] bye']) {
    it(`is ${JSON.stringify(data)}`, () => expect(isDone(data)).to.equal(true))
  }
  for (const data of [
    '',
    'DONE',
    '[done]',
    '[DONE',
    '"[DONE]"',
    '{"content":"[DONE]"}',
    'x[DONE]',
    `[DONE]${' '.repeat(99)}`,
  ]) {
    it(`is not ${JSON.stringify(data.slice(0, 30))}${data.length > 30 ? '… (too long for a mark)' : ''}`, () =>
      expect(isDone(data)).to.equal(false))
  }
})

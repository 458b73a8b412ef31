import { expect } from 'chai'
import { isKnownField, mayBeKnownField } from '../../lib/from/field-names.ts'

const known = ['data', 'data:', 'data: x', 'event', 'event:error', 'id', 'id: 1', 'retry:', 'retry: 5']
const unknown = [
  '',
  ':',
  ': data',
  'Data',
  'DATA:',
  ' data',
  'data ',
  'datas:',
  'dat',
  'da-ta',
  'ids',
  'e',
  '\ufeffdata:x',
]

describe('the field names of an event stream', () => {
  for (const line of known) {
    it(`${JSON.stringify(line)} is a line of one`, () => {
      expect(isKnownField(line, 0, line.length)).to.equal(true)
      // Within a longer text, and only within the line's own end.
      expect(isKnownField(`x\n${line}\ndata:`, 2, 2 + line.length)).to.equal(true)
    })
  }

  for (const line of unknown) {
    it(`${JSON.stringify(line)} is none`, () => {
      expect(isKnownField(line, 0, line.length)).to.equal(false)
      expect(isKnownField(`${line}:`, 0, line.length)).to.equal(false)
    })
  }

  it('may still come of every beginning of a line that is one', () => {
    for (const line of known) {
      for (let end = 0; end <= line.length; end += 1) {
        expect(mayBeKnownField(line.slice(0, end)), line.slice(0, end)).to.equal(true)
      }
    }
  })

  it('come of no beginning that has gone wrong', () => {
    for (const begin of [
      ':',
      ' ',
      'x',
      'dat:',
      'Da',
      'datas',
      'data ',
      'events',
      'retryx',
      '\ufeff',
      'idd',
    ]) {
      expect(mayBeKnownField(begin), begin).to.equal(false)
    }
  })
})

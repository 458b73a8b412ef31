import { expect } from 'chai'
import { endWithin } from '../../../lib/cli/terminal/width.ts'

describe('the end of a text within a width', () => {
  it('counts wide characters twice and cuts none in two', () => {
    expect(endWithin('abcdef', 3)).to.equal('def')
    expect(endWithin('日本語', 5)).to.equal('本語')
    expect(endWithin('日本語', 6)).to.equal('日本語')
    expect(endWithin('a👋b', 3)).to.equal('👋b')
    expect(endWithin('a👋b', 2)).to.equal('b')
    expect(endWithin('', 5)).to.equal('')
  })
})

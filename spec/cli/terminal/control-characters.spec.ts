import { expect } from 'chai'
import { jsonSafe, visible, visibleLine } from '../../../lib/cli/terminal/control-characters.ts'

const everyControl = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter((character) =>
  /\p{Cc}/u.test(character),
)

describe('control characters', () => {
  it('are 65, and of them only line feed and tab reach a terminal', () => {
    expect(everyControl).to.have.length(65)
    const passed = everyControl.filter((character) => visible(character) === character)
    expect(passed).to.deep.equal(['\t', '\n'])
  })

  it('are shown as they are written in source', () => {
    expect(visible('a\x1b[31m\x07\x9b2J\x7f')).to.equal('a\\x1b[31m\\x07\\x9b2J\\x7f')
    expect(visible('one\r\ntwo\rthree')).to.equal('one\ntwo\\x0dthree')
    expect(visible('héllo 👋 日本')).to.equal('héllo 👋 日本')
  })

  it('and line ends are gone from what must be one line', () => {
    expect(visibleLine('{\n  "a":\t1\r\n}\x1b')).to.equal('{ "a": 1 }\\x1b')
  })

  it('in JSON are escaped as JSON escapes them: the value stays the same', () => {
    const json = JSON.stringify({ text: everyControl.join('') }, undefined, 2)
    expect(JSON.parse(jsonSafe(json))).to.deep.equal(JSON.parse(json))
    expect(jsonSafe(json)).not.to.match(/[^\P{Cc}\n]/u)
  })
})

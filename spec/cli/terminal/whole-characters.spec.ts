import { expect } from 'chai'
import { WholeCharacters } from '../../../lib/cli/terminal/whole-characters.ts'

describe('whole characters', () => {
  it('come out whole, wherever the text was cut', () => {
    const text = 'a👋🏽b\ud83dc👋'
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const characters = new WholeCharacters()
        const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)]
        const out = pieces.map((piece) => characters.take(piece))
        for (const piece of out) expect(piece).not.to.match(/[\ud800-\udbff]$/)
        expect(out.join('') + characters.rest()).to.equal(text)
      }
    }
  })

  it('a half whose other one never came is given at the end, once', () => {
    const characters = new WholeCharacters()
    expect(characters.take('a\ud83d')).to.equal('a')
    expect(characters.rest()).to.equal('\ud83d')
    expect(characters.rest()).to.equal('')
  })
})

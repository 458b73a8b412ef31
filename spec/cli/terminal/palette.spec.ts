import { expect } from 'chai'
import { paletteFor } from '../../../lib/cli/terminal/palette.ts'

describe('colour', () => {
  for (const { isTerminal, env, isColored } of [
    { isTerminal: true, env: {}, isColored: true },
    { isTerminal: false, env: {}, isColored: false },
    { isTerminal: true, env: { NO_COLOR: '1' }, isColored: false },
    { isTerminal: true, env: { NO_COLOR: '' }, isColored: true },
    { isTerminal: true, env: { TERM: 'dumb' }, isColored: false },
    { isTerminal: false, env: { FORCE_COLOR: '1' }, isColored: true },
    { isTerminal: false, env: { FORCE_COLOR: '' }, isColored: true },
    { isTerminal: true, env: { FORCE_COLOR: '0' }, isColored: false },
    { isTerminal: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, isColored: true },
  ]) {
    it(`${isTerminal ? 'on a terminal' : 'piped'} with ${JSON.stringify(env)}: ${isColored}`, () => {
      const palette = paletteFor(isTerminal, env)
      expect(palette.isColored).to.equal(isColored)
      expect(palette.dim('x')).to.equal(isColored ? '\x1b[2mx\x1b[22m' : 'x')
      expect(palette.dim('')).to.equal('')
    })
  }
})

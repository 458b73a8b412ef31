import { expect } from 'chai'
import { paletteFor } from '../../../lib/cli/terminal/palette.ts'
import { statusLine } from '../../../lib/cli/terminal/status-line.ts'
import { Assembler } from '../../../lib/core.ts'
import { chunk, DONE, frame } from '../wire.ts'

const plain = paletteFor(false, {})

function lineOf(stream: string, timing?: Parameters<typeof statusLine>[1]): string {
  const assembler = new Assembler()
  assembler.write(stream)
  return statusLine(assembler.end(), timing, plain)
}

const withUsage = (usage: object): string =>
  chunk({ content: 'x' }, 'stop') + frame({ choices: [], usage }) + DONE

describe('status line', () => {
  it('names tokens, and reasoning among them', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 20,
      completion_tokens_details: { reasoning_tokens: 15 },
    }
    expect(lineOf(withUsage(usage))).to.equal('✓ complete · stop · 10 tokens in, 20 out (15 reasoning)')
    expect(lineOf(withUsage({ total_tokens: 7 }))).to.equal('✓ complete · stop · 7 tokens')
  })

  it('names times only where they were measured', () => {
    const timing = { firstDeltaMs: 420, totalMs: 12_345, tokensPerSecond: 61.3 }
    const line =
      '✓ complete · stop · first token 0.42 s · 61 tokens/s · total 12.3 s · 1 diagnostic (no_done)'
    expect(lineOf(chunk({ content: 'x' }, 'stop'), timing)).to.equal(line)
    const slow = lineOf(chunk({ content: 'x' }, 'stop'), { ...timing, tokensPerSecond: undefined })
    expect(slow).not.to.contain('tokens/s')
  })

  it('names every choice’s finish_reason', () => {
    const three =
      chunk({ content: 'x' }, 'stop', 0) +
      chunk({ content: 'x' }, 'length', 1) +
      chunk({ content: 'x' }, null, 2)
    expect(lineOf(three + DONE)).to.match(/^✓ complete · 3 choices: stop, length, no finish_reason/)
  })

  it('names at most three diagnostics', () => {
    const odd = [
      'data:\n\n',
      chunk({ content: 'x' }, 'stop'),
      chunk({ content: 'late' }),
      frame({ id: 'other' }),
      frame({ model: 'other', choices: [] }),
    ].join('')
    expect(lineOf(odd)).to.match(/ · \d diagnostics \(\w+, \w+, \w+, …\)$/)
  })
})

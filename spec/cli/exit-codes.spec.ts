import { expect } from 'chai'
import { type Outcome, outcomeOfError, outcomeTable, worstOf } from '../../lib/cli/exit-codes.ts'
import { type ErrorCode, errorTable } from '../../lib/core.ts'

describe('exit codes', () => {
  it('every error code of the library has an outcome', () => {
    expect(Object.keys(outcomeOfError).sort()).to.deep.equal(Object.keys(errorTable).sort())
  })

  it('are those the command promises', () => {
    const codeOf = (error: ErrorCode): number => outcomeTable[outcomeOfError[error]].code
    expect(codeOf('truncated')).to.equal(3)
    for (const error of [
      'upstream_error',
      'finish_error',
      'http_status',
      'transport',
      'stall_timeout',
    ] as const)
      expect(codeOf(error), error).to.equal(4)
    for (const error of ['bad_json', 'bad_type', 'bad_content_type', 'empty_stream', 'limit_event'] as const)
      expect(codeOf(error), error).to.equal(5)
    expect(codeOf('aborted')).to.equal(130)
    expect(codeOf('internal')).to.equal(1)
    expect(outcomeTable.complete.code).to.equal(0)
    expect(outcomeTable.unexpected.code).to.equal(1)
    expect(outcomeTable.usage.code).to.equal(2)
  })

  it('differ from one another', () => {
    const codes = Object.values(outcomeTable).map(({ code }) => code)
    expect(new Set(codes).size).to.equal(codes.length)
  })

  it('the worst of many outcomes counts', () => {
    const worst = (...outcomes: Outcome[]): Outcome => worstOf(outcomes)
    expect(worst()).to.equal('complete')
    expect(worst('complete', 'truncated', 'complete')).to.equal('truncated')
    expect(worst('badInput', 'provider', 'truncated')).to.equal('badInput')
    expect(worst('badInput', 'usage')).to.equal('usage')
    expect(worst('aborted', 'unexpected')).to.equal('aborted')
  })
})

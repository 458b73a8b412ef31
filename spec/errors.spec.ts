import { inspect } from 'node:util'
import { expect } from 'chai'
import { AssemblyError, errorTable, Fault, type UpstreamError } from '../lib/errors.ts'
import { begun } from './cases/inputs.ts'
import { foldText } from './helpers/fold-text.ts'

const partial = foldText(begun).result.completion
const at = { frame: 3, byte: 40 }
const errorOf = (fault: Fault): AssemblyError => new AssemblyError(fault, at, partial)

describe('an error', () => {
  it('is made of its row: message, stage and whether to try again', () => {
    const error = errorOf(new Fault('bad_json'))
    expect(error.message).to.equal(`${errorTable.bad_json.fact} ${errorTable.bad_json.help}`)
    expect(error).to.include({
      name: 'AssemblyError',
      code: 'bad_json',
      stage: 'chunk',
      retryable: true,
      at,
      partial,
    })
    expect(error).to.be.instanceOf(Error)
  })

  it('is an AssemblyError for every copy of the package, and nothing else is', () => {
    expect(errorOf(new Fault('aborted'))).to.be.instanceOf(AssemblyError)
    const brand = Symbol.for('deltafold.AssemblyError')
    expect({ [brand]: true } instanceof AssemblyError).to.equal(true)
    for (const other of [new Error('x'), {}, null, undefined, 'x']) {
      expect((other as object) instanceof AssemblyError).to.equal(false)
    }
  })

  it('has its cause, whatever it is, and none where there is none', () => {
    const cause = new Error('reset')
    expect(errorOf(new Fault('transport', { cause })).cause).to.equal(cause)
    expect(errorOf(new Fault('aborted', { cause: 'gone' })).cause).to.equal('gone')
    expect('cause' in errorOf(new Fault('bad_json'))).to.equal(false)
  })

  it('is written as JSON with all but its partial completion, which stands beside it in the result', () => {
    const upstream: UpstreamError = { message: 'busy', status: 503 }
    const error = errorOf(new Fault('upstream_error', { upstream, path: 'choices[0]' }))
    const { fact, help } = errorTable.upstream_error
    expect(JSON.parse(JSON.stringify(error))).to.deep.equal({
      name: 'AssemblyError',
      code: 'upstream_error',
      message: `${fact} ${help}`,
      stage: 'chunk',
      at,
      path: 'choices[0]',
      retryable: true,
      upstream,
    })
    expect(inspect(error)).to.not.include('Hel')
  })

  const statuses: readonly (readonly [number | undefined, boolean])[] = [
    [undefined, false],
    [400, false],
    [401, false],
    [404, false],
    [408, true],
    [422, false],
    [429, true],
    [500, true],
    [529, true],
  ]
  for (const [status, retryable] of statuses) {
    it(`of a refused request with status ${status} is ${retryable ? '' : 'not '}worth another try`, () => {
      const upstream = { message: '', ...(status !== undefined && { status }) }
      expect(errorOf(new Fault('http_status', { upstream })).retryable).to.equal(retryable)
    })
  }
})

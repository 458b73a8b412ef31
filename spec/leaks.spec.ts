import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'

const program = fileURLToPath(new URL('./helpers/leak-child.js', import.meta.url))

interface Left {
  readonly statuses: Readonly<Record<string, string>>
  readonly slopes: Readonly<Record<string, number>>
  readonly sockets: number
  readonly timers: number
  readonly listeners: number
}

describe('10,000 streams each that end in one way', () => {
  let left: Left

  before(async function () {
    this.timeout(120_000)
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, '10000'])
    left = JSON.parse(stdout)
  })

  it('ended as they should', () => {
    expect(left.statuses).to.deep.equal({
      completion: 'complete',
      'bad input': 'errored',
      break: 'aborted',
      abort: 'aborted',
      'throwing listener': 'errored',
    })
  })

  for (const name of ['completion', 'bad input', 'break', 'abort', 'throwing listener']) {
    it(`by ${name} keep less than 200 bytes a stream`, () => {
      expect(left.slopes[name]).to.be.lessThan(200)
    })
  }

  it('leave no socket, no timer and no abort listener', () => {
    expect(left).to.include({ sockets: 0, timers: 0, listeners: 0 })
  })
})

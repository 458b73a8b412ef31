import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'

const program = fileURLToPath(new URL('./helpers/idle-child.js', import.meta.url))

/** Bytes of the heap for each stream. */
interface Kept {
  readonly plain: number
  readonly templates: number
  readonly hits: number
}

describe('2,000 streams that wait in mid-answer, each with an id of its own', () => {
  let kept: Kept

  before(async function () {
    this.timeout(120_000)
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, '2000'])
    kept = JSON.parse(stdout)
  })

  it('keep less than 2.75 KB each, read plainly', () => {
    expect(kept.plain).to.be.lessThan(2816)
  })

  it('keep less than 3.5 KB each, on the template path', () => {
    expect(kept.hits).to.be.greaterThan(40)
    expect(kept.templates).to.be.lessThan(3584)
  })
})

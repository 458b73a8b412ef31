import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { describeShared, readSharedJsonLines, sharedDir } from '../helpers/shared.ts'
import { linesOf, run } from './command.ts'

describeShared('the command over the corpus', function () {
  this.timeout(60_000)

  it('folds all of it in one process, in seconds, with a heap of 64 MB', async () => {
    const folder = join(sharedDir(), 'corpus')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sse'))
      .map((name) => join(folder, name))
    const started = Date.now()
    const { code, stdout } = await run(['--jsonl', '--format', 'result', '--quiet', ...files], {
      nodeFlags: ['--max-old-space-size=64'],
    })
    expect(Date.now() - started).to.be.below(15_000)
    expect(code).to.equal(4)
    const rows = linesOf(stdout) as { file: string; status: string }[]
    expect(rows.map(({ file }) => file)).to.deep.equal(files)
    const expected = readSharedJsonLines<{ status: string }>('corpus', 'expected.jsonl')
    const count = (all: readonly { status: string }[], wanted: string) =>
      all.filter(({ status }) => status === wanted).length
    for (const status of ['complete', 'truncated', 'errored'])
      expect(count(rows, status), status).to.equal(count(expected, status))
  })
})

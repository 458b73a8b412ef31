import { expect } from 'chai'
import { linesOf, run } from './command.ts'
import { beginning, LoopbackServer } from './loopback-server.ts'
import { truncated } from './wire.ts'

describe('Ctrl-C', () => {
  const server = new LoopbackServer({ '/': beginning(truncated, 'pings') })

  it('ends with 130 and what came before, as text', async () => {
    const ran = await run(['-f', 'text', server.url('/')], { onOutput: (child) => child.kill('SIGINT') })
    expect(ran).to.deep.include({ code: 130, signal: null, stdout: 'Hel\n' })
    expect(ran.stderr).to.match(/aborted at frame 1, byte \d+: Interrupted\. What came before is kept\.\n$/)
  })

  it('ends with 130 and the result of each input that was begun', async () => {
    const args = ['--jsonl', '-f', 'events', server.url('/'), server.url('/')]
    const ran = await run(args, { onOutput: (child) => child.kill('SIGINT') })
    expect(ran.code).to.equal(130)
    const ends = linesOf(ran.stdout).filter((line) => (line as { type: string }).type === 'end')
    expect(ends).to.have.length(1)
    expect((ends[0] as { result: { status: string } }).result.status).to.equal('aborted')
  })
})

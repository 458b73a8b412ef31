import { spawn } from 'node:child_process'
import { expect } from 'chai'
import { demoRecordings } from '../../lib/cli/demo/demo.ts'
import { bytesOf } from '../../lib/cli/recording/cassette.ts'
import { assemble } from '../../lib/core.ts'
import { commandFile, run } from './command.ts'

describe('deltafold demo', () => {
  it('plays every recording, tells what came of it, and succeeds although one of them dies', async () => {
    const { code, stdout, stderr } = await run(['demo', '--fast'])
    expect(code).to.equal(0)
    for (const { title } of demoRecordings) expect(stdout).to.contain(title)
    expect(stdout).to.contain('Only the first finger points the other way. 🪞')
    expect(stdout.match(/The message \((\w+)\)/g)).to.deep.equal([
      'The message (complete)',
      'The message (complete)',
      'The message (errored)',
    ])
    expect(stderr).to.match(/^deltafold: transport at frame \d+, byte \d+: The connection broke/)
  })

  it('prints each message as JSON', async () => {
    const { stdout } = await run(['demo', '--fast'])
    const messages = [...stdout.matchAll(/^\{\n[\s\S]*?^\}$/gm)].map(([json]) => JSON.parse(json))
    expect(messages).to.have.length(3)
    expect(messages[0].reasoning_content).to.match(/^They ask why/)
    expect(messages[1].tool_calls.map(({ id }: { id: string }) => id)).to.deep.equal([
      'call_oslo',
      'call_lisbon',
    ])
    expect(messages[2].content).to.match(/reached for the lamp, and found that$/)
  })

  it('takes less than 15 seconds at the pace of the recordings', () => {
    const pauses = 2 * 700
    const total = demoRecordings.reduce((sum, { entries }) => sum + (entries.at(-1)?.ms ?? 0), pauses)
    expect(total).to.be.within(5_000, 13_000)
  })

  it('has recordings whose reads do not end where frames do', async () => {
    for (const { entries, title } of demoRecordings) {
      const reads = entries.map(bytesOf).filter((bytes) => bytes !== undefined)
      const atFrameEnd = reads.filter((bytes) => Buffer.from(bytes).toString('latin1').endsWith('\n\n'))
      expect(atFrameEnd.length / reads.length, title).to.be.below(0.1)
      expect((await assemble(reads).result).completion.choices, title).to.have.length(1)
    }
  })

  it('--serve serves them to any client until it is stopped', async () => {
    const child = spawn(process.execPath, [commandFile, 'demo', '--serve', '--fast'])
    const closed = new Promise((settle) => child.once('close', settle))
    const address = await new Promise<string>((found) => {
      child.stdout.on('data', (bytes) => {
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(bytes)) ?? []
        if (url !== undefined) found(url)
      })
    })
    const ran = await run(['-f', 'message', `${address}/parallel-tool-calls`])
    expect(JSON.parse(ran.stdout).tool_calls).to.have.length(2)
    expect((await fetch(`${address}/nothing`)).status).to.equal(404)
    child.kill('SIGINT')
    expect(await closed).to.equal(130)
  })
})

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { commandFile } from '../command.ts'
import { Folder } from '../folder.ts'
import { hello, truncated } from '../wire.ts'
import { VirtualTerminal } from './virtual-terminal.ts'

/** `script` of util-linux gives the command a terminal of its own, and us what it writes to it. */
const script = '/usr/bin/script'

describe('the command on a terminal', () => {
  const folder = new Folder()

  before(function () {
    if (!existsSync(script) || process.platform !== 'linux') this.skip()
  })

  async function seen(args: string, env: Record<string, string> = {}): Promise<VirtualTerminal> {
    const { NO_COLOR, FORCE_COLOR, ...inherited } = process.env
    const line = `stty cols 80; '${process.execPath}' '${commandFile}' ${args}`
    const { stdout } = await promisify(execFile)(script, ['-qec', line, '/dev/null'], {
      env: { ...inherited, TERM: 'xterm', ...env },
    })
    const terminal = new VirtualTerminal()
    terminal.write(stdout.replaceAll('\r\n', '\n'))
    return terminal
  }

  it('shows text by default, with what happened beside it', async () => {
    const { lines, written } = await seen(folder.file('hello.sse', hello))
    expect(lines).to.deep.equal([
      'Greet them.',
      '',
      'Hello, wörld 👋',
      '',
      '✓ complete · stop · 3 tokens in, 5 out',
    ])
    expect(written).to.contain('\x1b[2mGreet')
  })

  it('NO_COLOR is honoured', async () => {
    const { written } = await seen(folder.file('hello.sse', hello), { NO_COLOR: '1' })
    expect(written).not.to.contain('\x1b[')
  })

  it('JSON is indented there, and nothing else is shown of what was folded at once', async () => {
    const { lines } = await seen(`--format message '${folder.file('hello.sse', hello)}'`)
    expect(lines.slice(0, 2)).to.deep.equal(['{', '  "role": "assistant",'])
    expect(lines.at(-1)).to.equal('}')
  })

  it('many inputs are told apart', async () => {
    const files = [folder.file('1.sse', truncated), folder.file('2.sse', hello)]
    const { lines } = await seen(`'${files.join("' '")}' || true`)
    expect(lines.filter((line) => line.startsWith('==> '))).to.deep.equal(
      files.map((file) => `==> ${file} <==`),
    )
    expect(lines.filter((line) => /^[✓✗]/.test(line)).map((line) => line.slice(0, 11))).to.deep.equal([
      '✗ truncated',
      '✓ complete ',
    ])
  })

  it('nothing to read is a usage error, not a wait', async () => {
    const { lines } = await seen('|| echo "exit $?"')
    expect(lines.join(' ')).to.match(/^deltafold: nothing to read: name a file or a URL.* exit 2$/)
  })
})

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { commandFile, run } from './command.ts'
import { Folder } from './folder.ts'
import { chunk, DONE, hello, truncated } from './wire.ts'

/** Runs the command in a shell line, where `deltafold` stands for it. */
async function shell(line: string): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const child = spawn(
    '/bin/bash',
    ['-c', `set -o pipefail; deltafold() { "$NODE" "$COMMAND" "$@"; }; ${line}`],
    {
      env: { ...process.env, NODE: process.execPath, COMMAND: commandFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (bytes) => (stdout += bytes))
  child.stderr.on('data', (bytes) => (stderr += bytes))
  const code = await new Promise<number | null>((settle) => child.once('close', settle))
  return { stdout, stderr, code }
}

describe('output of the command', () => {
  const folder = new Folder()
  const long = Array.from({ length: 20_000 }, (_, line) => chunk({ content: `line ${line}\n` })).join('')

  before(function () {
    if (!existsSync('/bin/bash')) this.skip()
  })

  it('a reader that goes away ends it quietly', async () => {
    const file = folder.file('long.sse', `${long}${chunk({}, 'stop')}${DONE}`)
    for (const format of ['text', 'events', 'completion']) {
      const { stdout, stderr, code } = await shell(`deltafold -f ${format} '${file}' | head -c 6`)
      expect(stdout, format).to.have.length(6)
      expect([stderr, code], format).to.deep.equal(['', 0])
    }
  })

  it('a reader that goes away ends reading too, of a stream that would never end', async () => {
    const { stdout, stderr, code } = await shell(
      `while printf %s "$(cat '${folder.file('one.sse', chunk({ content: 'again\n' }))}')"; do printf '\\n\\n'; done 2>/dev/null | deltafold -f text | head -n 2; echo "\${PIPESTATUS[1]}"`,
    )
    expect(stdout).to.equal('again\nagain\n0\n')
    expect([stderr, code]).to.deep.equal(['', 0])
  })

  it('a slow reader gets everything', async () => {
    const file = folder.file('long.sse', `${long}${chunk({}, 'stop')}${DONE}`)
    const { stdout } = await shell(`deltafold -f text '${file}' | (sleep 0.2; wc -l)`)
    expect(stdout.trim()).to.equal('20000')
  })

  it('a full disk is told in one sentence', async function () {
    if (!existsSync('/dev/full')) this.skip()
    const { stderr, code } = await shell(`deltafold '${folder.file('hello.sse', hello)}' > /dev/full`)
    expect(stderr).to.equal('deltafold: standard output: no space left on the device\n')
    expect(code).to.equal(1)
  })

  it('has no colour when piped, unless it is forced', async () => {
    const colored = '\x1b[31mdeltafold:\x1b[39m truncated'
    const stderrWith = async (env: Record<string, string>) =>
      (await run([], { stdin: truncated, env })).stderr
    expect(await stderrWith({})).to.match(/^deltafold: truncated/)
    expect(await stderrWith({ FORCE_COLOR: '1' })).to.have.string(colored)
    expect(await stderrWith({ FORCE_COLOR: '0' })).to.match(/^deltafold: truncated/)
  })

  it('help and version go to standard output', async () => {
    const { stdout, stderr, code } = await run(['--help'])
    expect([stderr, code]).to.deep.equal(['', 0])
    for (const word of ['--format', '--jsonl', '--record', 'completion', 'maxStreamBytes', '130', 'curl -sN'])
      expect(stdout).to.contain(word)
    expect((await run(['--version'])).stdout).to.match(/^deltafold \d+\.\d+\.\d+/)
  })

  it('a wrong flag is told in one sentence, and nothing is read', async () => {
    const { code, stdout, stderr } = await run(['--formt', 'text'], { stdin: hello })
    expect([code, stdout]).to.deep.equal([2, ''])
    expect(stderr).to.equal(
      'deltafold: unknown option --formt; did you mean --format? (deltafold --help says more)\n',
    )
  })
})

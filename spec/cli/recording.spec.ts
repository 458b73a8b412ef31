import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { linesOf, run } from './command.ts'
import { Folder } from './folder.ts'
import { answer, beginning, eventStream, LoopbackServer } from './loopback-server.ts'
import { DONE, hello, truncated } from './wire.ts'

interface Line {
  readonly ms: number
  readonly text?: string
  readonly b64?: string
}

function readsOf(file: string): Line[] {
  return (linesOf(readFileSync(file, 'utf8')) as Line[]).slice(1)
}

/** The bytes of each read: what was received, and where it was cut. */
function cutsOf(file: string): string[] {
  return readsOf(file)
    .filter(({ text, b64 }) => text !== undefined || b64 !== undefined)
    .map(({ text, b64 }) =>
      (text === undefined ? Buffer.from(b64 ?? '', 'base64') : Buffer.from(text)).toString('hex'),
    )
}

describe('recordings', () => {
  const folder = new Folder()
  const bytes = Buffer.from(hello)
  // One cut lies within the two bytes of ö, one within the four of 👋, the others anywhere.
  const cutPoints = [0, 100, bytes.indexOf('ö') + 1, bytes.indexOf('👋') + 2, bytes.length - 20, bytes.length]
  const pieces = cutPoints.slice(1).map((end, index) => bytes.subarray(cutPoints[index], end))
  const server = new LoopbackServer({
    '/hello': eventStream(pieces, 30),
    '/reset': beginning(truncated, 'reset'),
    '/limited': answer(429, 'application/json', '{"error":{"message":"Slow down"}}'),
    '/page': answer(200, 'text/html', '<h1>Hi</h1>'),
  })

  it('keep every byte of a response, and when it came', async () => {
    const file = folder.path('hello.jsonl')
    const { code } = await run([server.url('/hello'), '--record', file])
    expect(code).to.equal(0)
    expect(cutsOf(file).join('')).to.equal(bytes.toString('hex'))
    const times = readsOf(file).map(({ ms }) => ms)
    expect(times).to.deep.equal([...times].sort((one, other) => one - other))
    // The server waited four times before it wrote the last piece; a timer may be a little early.
    expect(times.at(-1)).to.be.greaterThan(4 * 30 - 4)
  })

  it('keep no address and no header but the content type', () => {
    const [header] = linesOf(readFileSync(folder.path('hello.jsonl'), 'utf8'))
    expect(header).to.include({
      deltafold: 'recording',
      version: 1,
      status: 200,
      contentType: 'text/event-stream',
    })
    expect(Object.keys(header as object)).to.have.length(5)
  })

  it('replayed give the same events', async () => {
    const direct = await run(['-f', 'events', server.url('/hello')])
    const replayed = await run(['-f', 'events', '--replay', folder.path('hello.jsonl'), '--speed', 'max'])
    expect(linesOf(replayed.stdout)).to.deep.equal(linesOf(direct.stdout))
  })

  it('keep where reads were cut; text as text, and as base64 what is none by itself', async () => {
    const lines = [
      { deltafold: 'recording', version: 1 },
      ...pieces.map((piece) => ({ ms: 0, b64: piece.toString('base64') })),
    ]
    const file = folder.file('cuts.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'))
    const again = folder.path('cuts-again.jsonl')
    expect((await run(['-q', '--replay', file, '--record', again])).code).to.equal(0)
    expect(cutsOf(again)).to.deep.equal(pieces.map((piece) => piece.toString('hex')))
    const kinds = readsOf(again).map((line) => ('text' in line ? 'text' : 'b64' in line ? 'b64' : 'end'))
    expect(kinds).to.deep.equal(['text', 'b64', 'b64', 'b64', 'text'])
  })

  it('are replayed at their pace, or as fast as asked', async () => {
    const file = folder.path('pace.jsonl')
    const lines = [
      { deltafold: 'recording', version: 1 },
      { ms: 150, text: truncated },
      { ms: 300, text: DONE },
    ]
    folder.file('pace.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'))
    const recordedMs = async (...speed: string[]): Promise<number[]> => {
      const again = folder.path('pace-again.jsonl')
      expect((await run(['-q', '--replay', file, ...speed, '--record', again])).code).to.equal(0)
      return readsOf(again).map(({ ms }) => ms)
    }
    const [first = 0, second = 0] = await recordedMs()
    expect(first).to.be.within(148, 1000)
    expect(second).to.be.within(298, 1500)
    const [, faster = 0] = await recordedMs('--speed', '4x')
    const [, fastest = 0] = await recordedMs('--speed', 'max')
    expect(faster).to.be.within(73, second)
    expect(fastest).to.be.below(faster)
  })

  it('of a response that was no stream give the same error', async () => {
    for (const path of ['/limited', '/page', '/reset']) {
      const file = folder.path('failed.jsonl')
      const direct = await run(['-f', 'result', server.url(path), '--record', file])
      const replayed = await run(['-f', 'result', '--replay', file])
      expect(linesOf(replayed.stdout), path).to.deep.equal(linesOf(direct.stdout))
      expect(replayed.code, path).to.equal(direct.code)
      expect(replayed.stderr.replace(file, '')).to.equal(direct.stderr.replace(server.url(path), ''))
    }
  })

  it('of a server that is not there hold the reason', async () => {
    const file = folder.path('nobody.jsonl')
    expect((await run(['-q', 'http://127.0.0.1:1/', '--record', file])).code).to.equal(4)
    expect((await run(['--replay', file])).stderr).to.match(
      /transport: The connection failed before any data came\. The reason: \w/,
    )
  })

  it('of a file and of standard input are as good', async () => {
    const file = folder.path('stdin.jsonl')
    const { stdout } = await run(['--record', file], { stdin: hello })
    expect((await run(['--replay', file])).stdout).to.equal(stdout)
    await run([folder.file('hello.sse', hello), '--record', file])
    expect((await run(['--replay', file])).stdout).to.equal(stdout)
  })

  it('that are none are refused: 5 for what is in them, 2 for what cannot be read', async () => {
    const sse = folder.file('hello.sse', hello)
    const broken = folder.file(
      'broken.jsonl',
      '{"deltafold":"recording","version":1}\n{"ms":0,"text":""}\n{"ms":"0"}\n',
    )
    for (const { args, code, sentence } of [
      { args: ['--replay', sse], code: 5, sentence: /hello\.sse: not a recording: make one with --record/ },
      {
        args: ['--replay', broken],
        code: 5,
        sentence: /broken\.jsonl: line 3 holds neither bytes nor an end/,
      },
      { args: ['--replay', folder.path('nope')], code: 2, sentence: /nope: no such file/ },
      { args: [folder.path('stdin.jsonl')], code: 2, sentence: /is a recording: read it with --replay/ },
      {
        args: [sse, '--record', folder.path('no/such')],
        code: 2,
        sentence: /no such file \(named by --record\)/,
      },
    ]) {
      const ran = await run(args)
      expect(ran.stderr).to.match(sentence)
      expect(ran.stderr.trim().split('\n')).to.have.length(1)
      expect(ran.code, args.join(' ')).to.equal(code)
    }
  })
})

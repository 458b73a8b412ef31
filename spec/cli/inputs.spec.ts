import { expect } from 'chai'
import { CommandError } from '../../lib/cli/command-error.ts'
import { requestFrom } from '../../lib/cli/request.ts'
import { linesOf, run } from './command.ts'
import { Folder } from './folder.ts'
import { answer, eventStream, LoopbackServer } from './loopback-server.ts'
import { badJson, hello, helloText, toolCall, truncated, upstreamError } from './wire.ts'

const text = ['--format', 'text']

describe('inputs of the command', () => {
  const folder = new Folder()
  const server = new LoopbackServer({
    '/chat': eventStream([hello]),
    '/document': answer(
      200,
      'application/json',
      JSON.stringify({
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }],
      }),
    ),
    '/moved': (_, response) => response.writeHead(307, { location: '/chat' }).end(),
  })

  it('a file, standard input by default, standard input as -', async () => {
    const file = folder.file('hello.sse', hello)
    for (const { args, stdin } of [
      { args: [file], stdin: '' },
      { args: [], stdin: hello },
      { args: ['-'], stdin: hello },
      { args: ['assemble', '-'], stdin: hello },
    ]) {
      const ran = await run([...text, ...args], { stdin })
      expect(ran, args.join(' ')).to.deep.include({ stdout: `${helloText}\n`, stderr: '', code: 0 })
    }
  })

  it('a URL is asked for an event stream', async () => {
    const ran = await run([...text, server.url('/chat')])
    expect(ran).to.deep.include({ stdout: `${helloText}\n`, stderr: '', code: 0 })
    expect(server.asked?.method).to.equal('GET')
    expect(server.asked?.headers.accept).to.match(/^text\/event-stream/)
  })

  it('--data and --header make the request, as with curl', async () => {
    const body = '{"model":"m","stream":true}'
    const request = folder.file('request.json', body)
    for (const { data, stdin } of [
      { data: body, stdin: '' },
      { data: `@${request}`, stdin: '' },
      { data: '@-', stdin: body },
    ]) {
      const args = [...text, server.url('/chat'), '-H', 'Authorization: Bearer k:1', '-d', data]
      expect((await run(args, { stdin })).code).to.equal(0)
      expect(server.asked).to.deep.include({ method: 'POST', body })
      expect(server.asked?.headers).to.include({
        authorization: 'Bearer k:1',
        'content-type': 'application/json',
      })
    }
  })

  it('a header that is none is refused without being shown: it may be a key', async () => {
    for (const header of ['secret', ': secret', 'a: sec\nret', 'a b: secret']) {
      const refused = await requestFrom({ headers: [header], data: undefined }).catch((error) => error)
      expect(refused, header).to.be.instanceOf(CommandError)
      expect(refused.message).to.contain('--header').and.not.to.contain('sec')
    }
    expect((await run([server.url('/chat'), '-H', 'secret'])).code).to.equal(2)
  })

  it('an answer that was not streamed, and one that was moved', async () => {
    expect((await run([...text, server.url('/document')])).stdout).to.equal('whole\n')
    expect((await run([...text, server.url('/moved')])).stdout).to.equal(`${helloText}\n`)
  })

  it('many inputs are folded in turn; the worst one gives the exit code', async () => {
    const files = [
      folder.file('1.sse', hello),
      folder.file('2.sse', truncated),
      folder.file('3.sse', badJson),
      folder.file('4.sse', upstreamError),
      folder.file('5.sse', toolCall),
    ]
    const { code, stdout, stderr } = await run(['--jsonl', '--format', 'result', ...files])
    const rows = linesOf(stdout) as { file: string; status: string }[]
    expect(rows.map(({ file }) => file)).to.deep.equal(files)
    expect(rows.map(({ status }) => status)).to.deep.equal([
      'complete',
      'truncated',
      'errored',
      'errored',
      'complete',
    ])
    expect(code).to.equal(5)
    expect(stderr.split('\n').filter(Boolean)).to.have.length(3)
    expect((await run(['-q', '--jsonl', ...files.slice(0, 2)])).code).to.equal(3)
    expect((await run(['-q', '--jsonl', ...files.filter((_, index) => index !== 2)])).code).to.equal(4)
  })

  it('one that cannot be opened does not keep the others from being read', async () => {
    const { code, stdout, stderr } = await run([...text, folder.path('nope'), folder.file('1.sse', hello)])
    expect(stdout).to.equal(`${helloText}\n`)
    expect(stderr).to.equal(`deltafold: ${folder.path('nope')}: no such file\n`)
    expect(code).to.equal(2)
  })

  it('a folder, a URL that is none, a request body that is not there', async () => {
    for (const { args, sentence } of [
      { args: [folder.path('')], sentence: /is a folder, not a file/ },
      { args: ['http://'], sentence: /http:\/\/: not a URL/ },
      {
        args: [server.url('/chat'), '-d', '@/nope.json'],
        sentence: /\/nope\.json: no such file \(named by --data\)/,
      },
    ]) {
      const { code, stdout, stderr } = await run(args)
      expect([code, stdout]).to.deep.equal([2, ''])
      expect(stderr).to.match(sentence)
      expect(stderr.trim().split('\n')).to.have.length(1)
    }
  })
})

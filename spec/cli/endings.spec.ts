import { expect } from 'chai'
import { linesOf, run } from './command.ts'
import { answer, beginning, eventStream, LoopbackServer } from './loopback-server.ts'
import { badJson, truncated, upstreamError } from './wire.ts'

const text = ['--format', 'text']

describe('endings of the command', () => {
  for (const { name, stdin, code, sentence } of [
    { name: 'cut off', stdin: truncated, code: 3, sentence: /^deltafold: truncated at frame 1, .+\n$/ },
    {
      name: 'an error of the provider',
      stdin: upstreamError,
      code: 4,
      sentence: /^deltafold: upstream_error at frame 2, .+\n$/,
    },
    { name: 'bad JSON', stdin: badJson, code: 5, sentence: /^deltafold: bad_json at frame 2, .+\n$/ },
  ]) {
    it(`${name}: ${code}, one sentence, and what came before`, async () => {
      const ran = await run(text, { stdin })
      expect(ran).to.include({ stdout: 'Hel\n', code })
      expect(ran.stderr).to.match(sentence)
    })
  }

  it('--quiet says nothing; the exit code still does', async () => {
    expect(await run(['-q', ...text], { stdin: truncated })).to.include({
      stderr: '',
      stdout: 'Hel\n',
      code: 3,
    })
  })

  describe('of a server', () => {
    const server = new LoopbackServer({
      '/limited': answer(429, 'application/json', '{"error":{"message":"Slow down","code":"rate_limit"}}'),
      '/broken': answer(502, 'text/html', '<h1>Bad gateway</h1>'),
      '/page': answer(200, 'text/html', '<h1>Hi</h1>'),
      '/reset': beginning(truncated, 'reset'),
      '/ended': eventStream([truncated]),
      '/silent': beginning(truncated, 'silence'),
      '/pings': beginning(truncated, 'pings'),
      '/dead': () => {},
    })

    it('that refuses, breaks or ends too early: one sentence each, with what the server said', async () => {
      const paths = ['/limited', '/broken', '/page', '/reset', '/ended']
      const urls = [...paths.map((path) => server.url(path)), 'http://127.0.0.1:1/']
      const { code, stdout, stderr } = await run(['--jsonl', ...text, ...urls])
      expect(code).to.equal(5) // of the page; the others are 4 and 3
      const texts = linesOf(stdout).map((line) => (line as { text: string }).text)
      expect(texts).to.deep.equal(['', '', '', 'Hel', 'Hel', ''])
      const sentences = [
        /: http_status: .* Status 429\. The provider said: "Slow down" \(rate_limit\)\.$/,
        /: http_status: .* Status 502\.$/,
        /: bad_content_type: .*web page/,
        /: transport at frame 1, .*The reason: [^.]+\. What came before is kept\.$/,
        /: truncated at frame 1/,
        /: transport: The connection failed before any data came\. The reason: \w/,
      ]
      const told = stderr.trimEnd().split('\n')
      expect(told).to.have.length(urls.length)
      for (const [index, url] of urls.entries()) {
        expect(told[index])
          .to.have.string(`deltafold: ${url}: `)
          .and.to.match(sentences[index] ?? /^$/)
      }
    })

    for (const { path, args, sentence } of [
      { path: '/dead', args: ['--first-event-timeout', '80ms'], sentence: /: first_event_timeout: / },
      { path: '/silent', args: ['--timeout', '80ms'], sentence: /: total_timeout/ },
      { path: '/pings', args: ['--stall-timeout', '80ms'], sentence: /: stall_timeout/ },
    ]) {
      it(`that is too slow, ${args.join(' ')}: 4`, async () => {
        const { code, stderr } = await run([...text, ...args, server.url(path)])
        expect(code).to.equal(4)
        expect(stderr)
          .to.match(sentence)
          .and.to.contain(args[0])
          .and.to.match(/^[^\n]+\n$/)
      })
    }
  })
})

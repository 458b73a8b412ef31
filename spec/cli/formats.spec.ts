import { expect } from 'chai'
import { assemble } from '../../lib/core.ts'
import { linesOf, run, untimed } from './command.ts'
import { Folder } from './folder.ts'
import { chunk, DONE, hello, helloText, toolCall, truncated } from './wire.ts'

describe('formats of the command', () => {
  const folder = new Folder()

  it('completion, one line where the output is no terminal, is what it gives by default', async () => {
    const file = folder.file('hello.sse', hello)
    const { code, stdout, stderr } = await run([file])
    expect([code, stderr]).to.deep.equal([0, ''])
    const [completion, ...more] = linesOf(stdout)
    expect(more).to.deep.equal([])
    expect(completion).to.deep.equal(await assemble(hello).completion())
    expect(await run([file, '--format', 'completion'])).to.deep.include({ stdout })
  })

  it('message is the message of the first choice', async () => {
    const { stdout } = await run(['--format', 'message'], { stdin: toolCall })
    expect(linesOf(stdout)).to.deep.equal([await assemble(toolCall).message()])
  })

  it('message is null where there is no choice', async () => {
    const { stdout, code } = await run(['--format', 'message'], { stdin: '' })
    expect([stdout, code]).to.deep.equal(['null\n', 5])
  })

  it('result is the whole result, the error with its code and place', async () => {
    const { stdout } = await run(['--format', 'result'], { stdin: truncated })
    const expected = JSON.parse(JSON.stringify(await assemble(truncated).result), untimed)
    expect(linesOf(stdout)).to.deep.equal([expected])
    expect(expected.error).to.include({ code: 'truncated' })
    expect(expected.error.at).to.deep.equal({ frame: 1, byte: truncated.length })
  })

  it('text is the text and a line end, raw, whatever the model said it in', async () => {
    const rows = [
      { stream: hello, text: `${helloText}\n` },
      { stream: chunk({ content: 'a\x1b[31mred\r\n\tb' }, 'stop'), text: 'a\x1b[31mred\r\n\tb\n' },
      { stream: chunk({ content: 'line\n' }, 'stop'), text: 'line\n' },
      { stream: toolCall, text: '' },
      { stream: chunk({ refusal: 'I can' }) + chunk({ refusal: 'not.' }, 'stop'), text: 'I cannot.\n' },
      {
        stream:
          chunk({ audio: { id: 'a', transcript: 'Good ' } }) +
          chunk({ audio: { transcript: 'day' } }, 'stop'),
        text: 'Good day\n',
      },
      // Two choices that came interleaved.
      {
        stream: [
          chunk({ content: 'first ' }, null, 1),
          chunk({ content: 'second ' }, null, 0),
          chunk({ content: 'one' }, 'stop', 1),
          chunk({ content: 'two' }, 'stop', 0),
        ].join(''),
        text: 'first one\nsecond two\n',
      },
    ]
    const files = rows.map(({ stream }, index) => folder.file(`text-${index}.sse`, stream))
    const { code, stdout } = await run(['-f', 'text', ...files])
    expect(stdout).to.equal(rows.map(({ text }) => text).join(''))
    expect(code).to.equal(0)
  })

  it('text comes while the stream goes on, a surrogate pair cut in two as one', async () => {
    const started = Date.now()
    let firstAt = 0
    const server = folder.file(
      'recording.jsonl',
      [
        '{"deltafold":"recording","version":1,"started":""}',
        JSON.stringify({ ms: 0, text: chunk({ content: 'now \ud83d' }) }),
        JSON.stringify({ ms: 400, text: `${chunk({ content: '\udc4b later' }, 'stop')}${DONE}` }),
      ].join('\n'),
    )
    const { stdout } = await run(['-f', 'text', '--replay', server], {
      onOutput: () => (firstAt = Date.now() - started),
    })
    expect(stdout).to.equal('now 👋 later\n')
    expect(Date.now() - started - firstAt).to.be.greaterThan(250)
  })

  it('deltas are a line for each piece of reasoning, content and tool calls', async () => {
    const { stdout } = await run(['-f', 'deltas'], { stdin: hello })
    expect(linesOf(stdout)).to.deep.equal([
      { type: 'reasoning.delta', choice: 0, delta: 'Greet ', keys: ['reasoning_content'] },
      { type: 'reasoning.delta', choice: 0, delta: 'them.', keys: ['reasoning_content'] },
      { type: 'content.delta', choice: 0, delta: 'Hello, ' },
      { type: 'content.delta', choice: 0, delta: 'wörld 👋' },
    ])
    const calls = linesOf((await run(['-f', 'deltas'], { stdin: toolCall })).stdout)
    expect(calls.map((line) => (line as { type: string }).type)).to.deep.equal([
      'tool_calls.start',
      'tool_calls.arguments.delta',
      'tool_calls.arguments.delta',
    ])
  })

  it('events are a line for each event, the result in the last one', async () => {
    const { stdout } = await run(['-f', 'events'], { stdin: hello })
    const expected: unknown[] = []
    for await (const event of assemble(hello)) expected.push(JSON.parse(JSON.stringify(event), untimed))
    expect(linesOf(stdout)).to.deep.equal(expected)
    expect(expected.at(-1)).to.include({ type: 'end' })
  })

  it('with --jsonl each line carries the file, in every format', async () => {
    const a = folder.file('a.sse', hello)
    const b = folder.file('b.sse', toolCall)
    const formats = ['text', 'message', 'completion', 'result', 'deltas', 'events']
    const runs = await Promise.all(formats.map((format) => run(['--jsonl', '--format', format, a, b])))
    for (const [index, { stdout, code }] of runs.entries()) {
      const files = linesOf(stdout).map((line) => (line as { file: string }).file)
      expect([...new Set(files)], formats[index]).to.deep.equal([a, b])
      expect(code).to.equal(0)
    }
    const [first] = linesOf((await run(['--jsonl', '-f', 'text', a])).stdout)
    expect(first).to.deep.equal({ file: a, text: helloText })
  })

  it('options of the assembler are applied', async () => {
    const segments = [
      chunk({ reasoning: 'Hm. ' }, null, 0),
      chunk({ content: 'Yes.' }, 'stop', 1),
      DONE,
    ].join('')
    const [one] = linesOf((await run(['--choices', '1'], { stdin: segments })).stdout)
    expect((one as { choices: unknown[] }).choices).to.have.length(1)
    const whole = [chunk({ content: 'He' }), chunk({ content: 'Hello' }, 'stop'), DONE].join('')
    expect((await run(['-f', 'text', '--cumulative'], { stdin: whole })).stdout).to.equal('Hello\n')
    const skipped = `${chunk({ content: 'a' })}data: {"\n\n${chunk({ content: 'b' }, 'stop')}${DONE}`
    expect(await run(['-f', 'text', '--skip-bad-chunks'], { stdin: skipped })).to.deep.include({
      stdout: 'ab\n',
      code: 0,
    })
    const noReason = `${chunk({ content: 'a' })}${DONE}`
    expect((await run(['--require-finish-reason', '-q'], { stdin: noReason })).code).to.equal(3)
    expect((await run(['--limit', 'maxMessageBytes=1', '-q'], { stdin: hello })).code).to.equal(5)
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { TextWriter } from '../../../lib/cli/formats/text.ts'
import { Output } from '../../../lib/cli/output.ts'
import { LiveView } from '../../../lib/cli/terminal/live-view.ts'
import { paletteFor } from '../../../lib/cli/terminal/palette.ts'
import { Screen } from '../../../lib/cli/terminal/screen.ts'
import { Assembler } from '../../../lib/core.ts'
import { chunk, DONE, hello, toolCall, truncated } from '../wire.ts'
import { VirtualTerminal } from './virtual-terminal.ts'

interface Watched {
  readonly terminal: VirtualTerminal
  readonly assembler: Assembler
  end(): void
}

/** A view and a text on one terminal, fed by an assembler: what the command does, without the process. */
function watch(options: { env?: Record<string, string>; columns?: number } = {}): Watched {
  const terminal = new VirtualTerminal(options.columns)
  const env = options.env ?? {}
  const screen = new Screen(terminal, paletteFor(true, env), env.TERM !== 'dumb')
  // What Output needs of a stream is that it is a terminal, writes, and may fail.
  const stream = Object.assign(terminal, { on: () => stream }) as unknown as NodeJS.WriteStream
  const output = new Output(stream, () => {})
  output.neighbour = screen
  const writer = new TextWriter(output)
  const view = new LiveView(screen, true)
  const assembler = new Assembler({
    onEvent(event) {
      view.event(event)
      writer.event(event)
    },
  })
  return {
    terminal,
    assembler,
    end() {
      const result = assembler.end()
      writer.end(result)
      view.end(result)
    },
  }
}

function watched(stream: string, options?: Parameters<typeof watch>[0]): VirtualTerminal {
  const { terminal, assembler, end } = watch(options)
  assembler.write(stream)
  end()
  return terminal
}

describe('live view', () => {
  it('shows reasoning dimmed, then the answer, then how it ended', () => {
    const terminal = watched(hello)
    expect(terminal.lines).to.deep.equal([
      'Greet them.',
      '',
      'Hello, wörld 👋',
      '',
      '✓ complete · stop · 3 tokens in, 5 out',
    ])
    expect(terminal.written).to.contain('\x1b[2mGreet \x1b[22m').and.to.contain('\x1b[32m✓ complete\x1b[39m')
  })

  it('without colour, words tell the thought from the answer', () => {
    const terminal = watched(hello, { env: { NO_COLOR: '1' } })
    expect(terminal.written).not.to.contain('\x1b[2m')
    expect(terminal.lines.slice(0, 5)).to.deep.equal([
      '[reasoning]',
      'Greet them.',
      '',
      '[answer]',
      'Hello, wörld 👋',
    ])
  })

  it('shows a finished tool call, and that a cut one must not be run', () => {
    expect(watched(toolCall).lines).to.deep.equal([
      '✓ get_time {"city":"Paris"}',
      '',
      '✓ complete · tool_calls',
    ])
    const cut = toolCall.slice(0, toolCall.indexOf('Paris') - 20)
    const lines = watched(cut).lines
    expect(lines[0]).to.equal('✗ get_time {"city": (cut: not to be run)')
    expect(lines.slice(2).join('')).to.equal(
      '✗ truncated · no finish_reason · 2 diagnostics (discarded_tail, incomplete_tool_call)',
    )
  })

  it('shows tool calls while their arguments grow, each on a line of its own', async () => {
    const { terminal, assembler, end } = watch({ columns: 40 })
    const call = (index: number, name: string) => ({
      index,
      id: `call_${index}`,
      type: 'function',
      function: { name, arguments: '' },
    })
    const grow = (index: number, text: string) =>
      chunk({ tool_calls: [{ index, function: { arguments: text } }] })
    assembler.write(chunk({ content: 'Let me see.' }))
    assembler.write(chunk({ tool_calls: [call(0, 'first'), call(1, 'second')] }))
    assembler.write(grow(0, '{"a":"'))
    assembler.write(grow(1, '{"b":"'))
    assembler.write(grow(1, 'x'.repeat(60)))
    await sleep(120)
    expect(terminal.lines.slice(0, 3)).to.deep.equal(['Let me see.', '', terminal.lines[2]])
    expect(terminal.lines[2]).to.match(/^. first {"a":"$/)
    expect(terminal.lines[3]).to.match(/^. second …x{25,30}$/)
    assembler.write(grow(0, '1"}') + grow(1, '"}') + chunk({}, 'tool_calls') + DONE)
    end()
    expect(terminal.lines.slice(2, 5)).to.deep.equal([
      '✓ first {"a":"1"}',
      `✓ second {"b":"${'x'.repeat(25)}`,
      `${'x'.repeat(35)}"}`,
    ])
    expect(terminal.lines.at(-2)).to.match(/^✓ complete · tool_calls/)
  })

  it('says that it waits, and takes that away when something comes', async () => {
    const { terminal, assembler, end } = watch()
    await sleep(420)
    expect(terminal.lines).to.have.length(1)
    expect(terminal.lines[0]).to.match(/^. waiting for the first token 0\.\d\d s$/)
    assembler.write(truncated)
    expect(terminal.lines).to.deep.equal(['Hel'])
    end()
    expect(terminal.lines.join('\n')).to.match(/^Hel\n\n✗ truncated · no finish_reason/)
  })

  it('on a dumb terminal nothing is drawn twice', async () => {
    const { terminal, assembler, end } = watch({ env: { TERM: 'dumb' } })
    await sleep(420)
    assembler.write(toolCall)
    end()
    expect(terminal.written).to.equal('✓ get_time {"city":"Paris"}\n\n✓ complete · tool_calls\n')
  })

  it('what the model sends does not drive the terminal: not in text, names, arguments or reasons', () => {
    const evil = '\x1b[2J\x9b31m\x07\r'
    const stream = [
      chunk({ reasoning: `r${evil}` }),
      chunk({ content: `c${evil}` }),
      chunk({ tool_calls: [{ index: 0, id: 'x', function: { name: `n${evil}`, arguments: `a${evil}` } }] }),
      chunk({}, `f${evil}`),
      DONE,
    ].join('')
    // The virtual terminal throws on every control character and on every sequence the command does not use.
    const lines = watched(stream).lines
    for (const start of ['r', 'c', '✗ n', '✓ complete · f'])
      expect(
        lines.some((line) => line.startsWith(`${start}\\x1b[2J\\x9b31m\\x07`)),
        start,
      ).to.equal(true)
  })

  it('shows that a part of the content is no text', () => {
    const image = chunk(
      {
        content: [
          { type: 'text', text: 'See: ' },
          { type: 'image_url', image_url: { url: 'data:x' } },
        ],
      },
      'stop',
    )
    expect(watched(image + DONE).lines.slice(0, 3)).to.deep.equal(['See:', '', '[image_url]'])
  })
})

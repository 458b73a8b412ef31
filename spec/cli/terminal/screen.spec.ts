import { expect } from 'chai'
import { paletteFor } from '../../../lib/cli/terminal/palette.ts'
import { Screen } from '../../../lib/cli/terminal/screen.ts'
import { VirtualTerminal } from './virtual-terminal.ts'

function newScreen(columns = 80, canRedraw = true): { terminal: VirtualTerminal; screen: Screen } {
  const terminal = new VirtualTerminal(columns)
  return { terminal, screen: new Screen(terminal, paletteFor(true, {}), canRedraw) }
}

describe('screen', () => {
  it('live lines are drawn over themselves', () => {
    const { terminal, screen } = newScreen()
    screen.printLine('above')
    screen.draw(['one', 'two'])
    screen.draw(['one more', 'two', 'three'])
    expect(terminal.lines).to.deep.equal(['above', 'one more', 'two', 'three'])
    screen.draw(['last'])
    expect(terminal.lines).to.deep.equal(['above', 'last'])
  })

  it('live lines are gone before anything else is written, and leave no trace', () => {
    const { terminal, screen } = newScreen()
    screen.draw(['waiting', 'still'])
    screen.print('text')
    expect(terminal.lines).to.deep.equal(['text'])
    screen.draw(['waiting'])
    screen.clear()
    expect(terminal.lines).to.deep.equal(['text'])
  })

  it('live lines longer than the terminal are cut, so that they can be taken away', () => {
    const { terminal, screen } = newScreen(10)
    screen.draw(['0123456789abcdef', 'x'.repeat(35)])
    expect(terminal.lines).to.have.length(2)
    screen.clear()
    screen.print('a text that wraps')
    expect(terminal.lines).to.deep.equal(['a text tha', 't wraps'])
  })

  it('text that others write to the same terminal counts', () => {
    const { terminal, screen } = newScreen()
    screen.draw(['waiting'])
    screen.beforeText()
    terminal.write('answer')
    screen.afterText('answer')
    screen.printLine('status')
    expect(terminal.lines).to.deep.equal(['answer', 'status'])
  })

  it('a section begins below one blank line, whatever was above', () => {
    for (const above of ['text', 'text\n', 'text\n\n', 'text\n\n\n']) {
      const { terminal, screen } = newScreen()
      screen.print(above)
      screen.startSection()
      screen.startSection()
      screen.print('section')
      const blank = Math.max(1, above.length - 5)
      expect(terminal.lines, JSON.stringify(above)).to.deep.equal([
        'text',
        ...Array(blank).fill(''),
        'section',
      ])
    }
    const { terminal, screen } = newScreen()
    screen.startSection()
    screen.print('first')
    expect(terminal.lines).to.deep.equal(['first'])
  })

  it('a terminal that cannot move its cursor gets no live lines', () => {
    const { terminal, screen } = newScreen(80, false)
    screen.draw(['waiting'])
    screen.clear()
    screen.printLine('text')
    expect(terminal.written).to.equal('text\n')
  })
})

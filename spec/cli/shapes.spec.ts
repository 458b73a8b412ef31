import { expect } from 'chai'
import { assemble } from '../../lib/core.ts'
import { shapes, toDatasetItem, toShape } from '../../lib/shapes.ts'
import { linesOf, run } from './command.ts'
import { Folder } from './folder.ts'
import { chunk, DONE, hello, toolCall, truncated } from './wire.ts'

/** Reasoning with a signature, which not every shape can carry. */
const signed = [
  chunk({ reasoning_details: [{ type: 'reasoning.text', text: 'Hm.', signature: 'S', index: 0 }] }),
  chunk({ content: 'Yes' }, 'stop'),
  DONE,
].join('')

describe('shapes as formats of the command', () => {
  const folder = new Folder()

  it('are every shape, and the next request of every provider', async () => {
    for (const name of [
      'openai',
      'openrouter-sdk',
      'orq',
      'reasoning-content',
      'langchain',
      'request:openrouter',
    ]) {
      expect(shapes.has(name as never), name).to.equal(true)
      const { stdout, code } = await run(['--format', name], { stdin: toolCall })
      const { message } = toShape(await assemble(toolCall).completion(), name)
      expect([code, linesOf(stdout)], name).to.deep.equal([0, [JSON.parse(JSON.stringify(message))]])
    }
  })

  it('name on standard error each field that they cannot carry', async () => {
    const { stderr, code } = await run(['--format', 'openai'], { stdin: signed })
    expect(code).to.equal(0)
    expect(stderr).to.match(/^deltafold: reasoning_details.*left out\.$/m)
    expect((await run(['--format', 'openai', '-q'], { stdin: signed })).stderr).to.equal('')
  })

  it('dataset writes an item a line, and leaves out an answer that is not complete', async () => {
    const files = [folder.file('a.sse', hello), folder.file('b.sse', truncated), folder.file('c.sse', signed)]
    const { stdout, stderr, code } = await run(['dataset', ...files])
    const items = await Promise.all(
      [hello, signed].map(async (wire) => toDatasetItem(await assemble(wire).completion())),
    )
    expect(linesOf(stdout)).to.deep.equal(JSON.parse(JSON.stringify(items.map(({ item }) => item))))
    expect(stderr).to.include('b.sse: truncated')
    expect(code).to.equal(3)
  })

  it('that do not exist are a mistake that is explained', async () => {
    const { stderr, code } = await run(['--format', 'openia'], { stdin: hello })
    expect([code, stderr.includes('openai')]).to.deep.equal([2, true])
  })
})

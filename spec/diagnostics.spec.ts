import { expect } from 'chai'
import { Diagnostics } from '../lib/diagnostics.ts'
import { delta, frame } from './cases/inputs.ts'
import { foldText } from './helpers/fold-text.ts'

const at = () => ({ frame: 1, byte: 0 })

describe('diagnostics', () => {
  it('are one of a kind, counted, with the place where it was first seen', () => {
    const text = ['data:\n\n', delta({ content: 'a' }), 'data:\n\n', 'data:\n\n'].join('')
    const { events, result } = foldText(text)
    const [found] = result.diagnostics.filter(({ code }) => code === 'empty_data')
    expect(found).to.deep.include({ count: 3, at: { frame: 1, byte: 0 } })
    const told = events.filter(
      (event) => event.type === 'diagnostic' && event.diagnostic.code === 'empty_data',
    )
    expect(told.length).to.equal(1)
  })

  it('are two of a kind where they speak of two fields', () => {
    const { result } = foldText(frame({ id: {}, model: {}, choices: [] }))
    const paths = result.diagnostics.filter(({ code }) => code === 'unexpected_type').map(({ path }) => path)
    expect(paths).to.deep.equal(['id', 'model'])
  })

  it('are bounded: what is new beyond the bound is left out, what is known still counts', () => {
    const diagnostics = new Diagnostics(1)
    expect(diagnostics.add('empty_data', at)?.count).to.equal(1)
    expect(diagnostics.add('no_done', at)).to.equal(undefined)
    expect(diagnostics.add('empty_data', at)).to.equal(undefined)
    expect(diagnostics.list().map(({ code, count }) => [code, count])).to.deep.equal([['empty_data', 2]])
  })

  it('handed out do not change when they are seen again', () => {
    const diagnostics = new Diagnostics(9)
    const first = diagnostics.add('empty_data', at)
    const [listed] = diagnostics.list()
    diagnostics.add('empty_data', at)
    expect([first?.count, listed?.count, diagnostics.list()[0]?.count]).to.deep.equal([1, 1, 2])
  })

  it('go on counting from a saved list', () => {
    const diagnostics = new Diagnostics(9)
    diagnostics.add('unexpected_type', at, 'id')
    const restored = new Diagnostics(9)
    restored.load(JSON.parse(JSON.stringify(diagnostics.list())))
    expect(restored.add('unexpected_type', at, 'id')).to.equal(undefined)
    expect(restored.list().map(({ count, path }) => [count, path])).to.deep.equal([[2, 'id']])
  })
})

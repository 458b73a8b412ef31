import { expect } from 'chai'
import { importsOfLib, reachedFrom } from '../helpers/imports.ts'

describe('the entry ./shapes', () => {
  const { imports } = importsOfLib()
  /** The one judgement that pages and shapes share. */
  const isShared = (file: string): boolean => file === 'poison.ts'

  it('loads its own files and the types of the wire: no package, no Node, nothing of the fold', () => {
    const loaded = [
      ...reachedFrom(
        'shapes.ts',
        imports.filter(({ isTypeOnly }) => !isTypeOnly),
      ),
    ]
    expect(loaded).to.include.members(['shapes/table.ts', 'shapes/deltas.ts'])
    expect(loaded.filter((file) => !/^(shapes\.ts|shapes\/)/.test(file) && !isShared(file))).to.deep.equal([])
    const types = imports.filter(({ from }) => from.startsWith('shapes/')).map(({ to }) => to)
    expect(types.filter((file) => !/^(shapes|wire)\//.test(file) && !isShared(file))).to.deep.equal([])
  })

  it('is not loaded by the core', () => {
    expect([...reachedFrom('core.ts', imports)].filter((file) => file.startsWith('shapes'))).to.deep.equal([])
  })
})

import { expect } from 'chai'
import { importsOfLib, reachedFrom } from '../helpers/imports.ts'

describe('what is loaded', () => {
  const { imports } = importsOfLib()
  const packagesOf = (entry: string): string[] =>
    [...reachedFrom(entry, imports)].filter((name) => !name.endsWith('.ts'))

  it('with ./ui is nothing: no Node, no rxjs, no package, and not the assembler', () => {
    expect(packagesOf('ui.ts')).to.deep.equal([])
    expect([...reachedFrom('ui.ts', imports)])
      .to.include('ui/steps.ts')
      .and.not.include('assembler.ts')
  })

  it('with ./run is neither Node nor rxjs', () => {
    expect(packagesOf('run.ts').filter((name) => /^(rxjs|node:)/.test(name))).to.deep.equal([])
    expect([...reachedFrom('run.ts', imports)]).to.include('run/feed-run.ts')
  })
})

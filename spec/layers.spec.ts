import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { cycleOf, type Import, importsOf, importsOfLib, reachedFrom } from './helpers/imports.ts'

/**
 * The layers of lib/, lowest first. A file imports its own layer and lower ones; two layers of one rank know
 * nothing of each other, so that `from` and `merge` can be read, tested and replaced one at a time.
 */
const layers: readonly (readonly string[])[] = [
  ['wire'],
  ['tables'],
  ['dialect'],
  ['from', 'merge'],
  ['line'],
  ['to'],
  ['ui', 'shapes', 'resume'],
  ['run'],
  ['entry'],
  ['cli'],
]

/** Files outside of the folders; any other is a station of the line. */
const layerOfFile: Readonly<Record<string, string>> = {
  ...of(
    'tables',
    'errors limits diagnostics events options result growing-text ascii-lanes ascii-words poison',
  ),
  ...of('entry', 'core index node web ui run run-rxjs resume shapes'),
}

/** Type-only imports that go up because the upper file is where the one table stands that the type is made of. */
const exceptions: readonly string[] = [
  // The names of the merge rules are the keys of a table of functions, which needs the classes of merge/.
  'options.ts → merge/fields.ts',
  // What a stopwatch measures is described where it is measured.
  'result.ts → timing.ts',
]

function of(layer: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [`${name}.ts`, layer]))
}

function layerOf(file: string): string | undefined {
  const folder = file.includes('/') ? file.slice(0, file.indexOf('/')) : undefined
  return folder === undefined
    ? (layerOfFile[file] ?? 'line')
    : layers.flat().find((layer) => layer === folder)
}

const rankOf = (file: string): number => {
  const layer = layerOf(file)
  return layers.findIndex((names) => layer !== undefined && names.includes(layer))
}

function goesDown({ from, to }: Import): boolean {
  return layerOf(from) === layerOf(to) || rankOf(to) < rankOf(from)
}

const describeImport = ({ from, to }: Import): string => `${from} → ${to}`

describe('the layers of lib', () => {
  const { files, imports } = importsOfLib()
  const own = imports.filter(({ to }) => to.endsWith('.ts'))
  const packages = imports.filter(({ to }) => !to.endsWith('.ts'))

  it('are one for each file', () => {
    expect(files.filter((file) => rankOf(file) === -1)).to.deep.equal([])
    expect(files.length).to.be.greaterThan(50)
  })

  it('are imported from above only', () => {
    const upward = own.filter((edge) => !goesDown(edge))
    const allowed = upward.filter((edge) => edge.isTypeOnly && exceptions.includes(describeImport(edge)))
    expect(upward.filter((edge) => !allowed.includes(edge)).map(describeImport)).to.deep.equal([])
    expect([...new Set(allowed.map(describeImport))], 'needed exceptions').to.have.members(exceptions)
  })

  it('have no circle of imports, types included', () => {
    const allowed = (edge: Import): boolean => exceptions.includes(describeImport(edge))
    expect(cycleOf(own.filter((edge) => !edge.isTypeOnly))).to.equal(undefined)
    expect(cycleOf(own.filter((edge) => !allowed(edge)))).to.equal(undefined)
  })

  it('load neither rxjs nor Node with the core: it runs in browsers and edge runtimes', () => {
    const reached = [...reachedFrom('core.ts', imports)]
    expect(reached).to.include.members(['assembler.ts', 'from/frames.ts', 'merge/fields.ts'])
    const loaded = reached.filter((name) => !name.endsWith('.ts'))
    expect(loaded.filter((name) => /^(rxjs|node:)/.test(name))).to.deep.equal([])
    const inTypes = packages.filter(({ from }) => rankOf(from) < rankOf('to/assembly.ts'))
    expect(inTypes.filter(({ to }) => /^(rxjs|node:)/.test(to)).map(describeImport)).to.deep.equal([])
  })

  it('import the packages that package.json names, and Node by its prefix', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
    const named = Object.keys({ ...dependencies, ...peerDependencies })
    const unknown = packages.filter(
      ({ to }) => !to.startsWith('node:') && !named.some((name) => to === name || to.startsWith(`${name}/`)),
    )
    expect(unknown.map(describeImport)).to.deep.equal([])
  })

  it('would be seen to be broken: upward, sideways, in a circle, and by any way to write an import', () => {
    const written = importsOf(
      'from/x.ts',
      `import { a } from '../merge/a.ts'
       import type { B } from '../to/b.ts'
       export * from './y.ts'
       export type { C } from '../wire/c.ts'
       const d = await import('node:fs')`,
    )
    expect(written.map(({ to, isTypeOnly }) => `${to} ${isTypeOnly}`)).to.deep.equal([
      'merge/a.ts false',
      'to/b.ts true',
      'from/y.ts false',
      'wire/c.ts true',
      'node:fs false',
    ])
    expect(written.slice(0, 4).map(goesDown)).to.deep.equal([false, false, true, true])
    const circle = [...written, ...importsOf('from/y.ts', "import './x.ts'")]
    expect(cycleOf(circle)).to.deep.equal(['from/x.ts', 'from/y.ts', 'from/x.ts'])
  })
})

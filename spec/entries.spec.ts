import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from 'chai'
import { build } from 'esbuild'

/** Of its own files, those that an entry loads; and of packages, their names. */
async function loadedBy(entry: string): Promise<{ files: string[]; packages: string[] }> {
  const { metafile } = await build({
    entryPoints: [`lib/${entry}.ts`],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser', // an import of Node would not resolve
    logLevel: 'silent',
  })
  const inputs = Object.keys(metafile.inputs)
  const packages = inputs.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])
  return {
    files: inputs.filter((file) => file.startsWith('lib/')),
    packages: [...new Set(packages)].sort(),
  }
}

describe('the entries of the package', () => {
  const ofCore = ['@streamparser/json', 'eventsource-parser']

  it('./core and ./web load in a browser, without rxjs', async () => {
    for (const entry of ['core', 'web']) expect((await loadedBy(entry)).packages, entry).to.deep.equal(ofCore)
  })

  it('. loads in a browser, and adds nothing to the core but rxjs', async () => {
    const core = await loadedBy('core')
    const index = await loadedBy('index')
    expect(index.packages).to.deep.equal([...ofCore, 'rxjs', 'tslib'])
    const added = index.files.filter((file) => !core.files.includes(file))
    expect(added.filter((file) => !/^lib\/\w+\/rxjs\//.test(file))).to.deep.equal(['lib/index.ts'])
    expect(core.files.filter((file) => !index.files.includes(file))).to.deep.equal([])
  })

  it('./node does not load in a browser, so that the two specs above can fail', async () => {
    expect(await loadedBy('node').catch(({ message }) => message)).to.contain('node:stream')
  })

  it('./core is one file, and each that stands on it one more: they are found and opened when it is imported', async () => {
    for (const entry of ['core', 'index', 'node', 'web', 'run', 'run-rxjs', 'ui', 'shapes']) {
      const { metafile } = await build({
        entryPoints: [`dist/${entry}.js`],
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        external: ['node:*', 'rxjs'],
      })
      const others = Object.keys(metafile.inputs).filter((file) => file !== `dist/${entry}.js`)
      const standsOnCore = ['index', 'node', 'web', 'run'].includes(entry)
      expect(others, entry).to.deep.equal(standsOnCore ? ['dist/core.js'] : [])
    }
  })

  it('share one Assembler, and tell the errors of each other', async () => {
    const core = await import('deltafold/core')
    const { createAssemblerStream } = await import('deltafold/node')
    const { Assembler, AssemblyError } = await import('deltafold')
    expect([Assembler, AssemblyError]).to.deep.equal([core.Assembler, core.AssemblyError])
    const stream = createAssemblerStream().on('error', () => {})
    stream.destroy(new core.Assembler({ contentType: 'text/html' }).result?.error)
    const { error } = await stream.result
    expect(error).to.be.instanceOf(AssemblyError).and.include({ code: 'bad_content_type' })
  })

  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const [name, conditions] of Object.entries<Record<string, Record<string, string>>>(exports)) {
    if (name === './package.json') continue
    it(`${name} has its files, and the same names for import and require`, async () => {
      const files = Object.values(conditions).flatMap((kind) => Object.values(kind))
      expect(files).to.have.length(4)
      expect(files.filter((file) => !existsSync(file))).to.deep.equal([])
      const specifier = name.replace('.', 'deltafold')
      // What ./core exports by such a name, and does not declare, is for the other entries.
      const imported = Object.keys(await import(specifier)).filter((name) => !name.startsWith('$'))
      const required = Object.keys(createRequire(import.meta.url)(specifier))
      expect(imported.length).to.be.greaterThan(0)
      expect(imported.sort()).to.deep.equal(required.sort())
    })
  }
})

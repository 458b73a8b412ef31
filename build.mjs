// Builds the package into dist/ (ESM, CommonJS, declarations for both); with --specs also the specs into
// .specs/. Specs are prebuilt because Node 20 does not strip types, and esbuild does it in under a second.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build } from 'esbuild'

/** Public entries: dist/<name>.js, .cjs, .d.ts and .d.cts. package.json `exports` names the same ones. */
const entries = {
  index: 'lib/index.ts',
  core: 'lib/core.ts',
  node: 'lib/node.ts',
  web: 'lib/web.ts',
  ui: 'lib/ui.ts',
  run: 'lib/run.ts',
  'run-rxjs': 'lib/run-rxjs.ts',
  shapes: 'lib/shapes.ts',
}

const options = {
  bundle: true,
  packages: 'external',
  platform: 'neutral',
  target: 'es2022',
  sourcemap: true,
  logLevel: 'warning',
}

/** The licences of the two dependencies ask to be carried along with their code: where it goes, in any bundle. */
const licences = {
  name: 'licences',
  setup({ onLoad }) {
    const carried =
      /node_modules[\\/](eventsource-parser|@streamparser[\\/]json)[\\/]\w+[\\/](parse\.js|tokenizer\.ts)$/
    onLoad({ filter: carried }, ({ path }) => {
      const [, name = ''] = carried.exec(path) ?? []
      const licence = readFileSync(`node_modules/${name}/LICENSE`, 'utf8')
      return { contents: `${readFileSync(path, 'utf8')}\n/*! ${name}\n${licence}*/`, loader: 'default' }
    })
  },
}

/**
 * The library carries its two dependencies along: to find them in node_modules was a third of what importing ./core
 * costs (5 of 16 ms). And eventsource-parser is ESM only: our engines can require() that, but a loader of a test runner
 * or a bundler may not. They stay in `dependencies`: the command imports them, the declarations name their types, and
 * an audit sees them.
 */
const library = {
  packages: 'bundle',
  external: ['node:*', 'rxjs'],
  plugins: [licences],
  // The same release, but its TypeScript: there an enum is a number, and not a table that no bundler can leave out.
  alias: {
    '@streamparser/json/tokenizer.js': resolve('node_modules/@streamparser/json/src/tokenizer.ts'),
  },
  // All text is read before any of it runs, at 30 ns a byte. The maps, and lib/ beside them, are for people.
  minify: true,
}

/** Entries that carry the table or two that they share with the core; all others stand on it. */
const ownFiles = ['ui', 'shapes']

const esm = { ...options, ...library, format: 'esm' }

/** What a module exports beside its types, and of which files it is made. */
async function outputOf(file) {
  const built = await build({ ...esm, entryPoints: [file], outdir: '.', write: false, metafile: true })
  return Object.values(built.metafile.outputs).find(({ entryPoint }) => entryPoint === file)
}

/** Imports from core.js whatever is in it, and notes in `internals` what ./core does not export: `$name` → its line. */
const standingOn = (core, { exports, inputs }, internals) => ({
  name: 'on core',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/, namespace: 'file' }, ({ path, resolveDir }) => {
      const file = relative('.', join(resolveDir, path))
      if (file in inputs) return { path: file, namespace: 'core' }
    })
    onLoad({ filter: /./, namespace: 'core' }, async ({ path }) => {
      if (path === core) return { contents: `export { ${exports} } from './core.js'` }
      const names = (await outputOf(path)).exports
      for (const name of names) {
        const line = `export { ${name} as $${name} } from './${path}'`
        if ((internals.get(`$${name}`) ?? line) !== line)
          throw new Error(`Two modules of the core export ${name}`)
        internals.set(`$${name}`, line)
      }
      return { contents: `export { ${names.map((name) => `$${name} as ${name}`)} } from './core.js'` }
    })
    onResolve({ filter: /./, namespace: 'core' }, ({ path }) => ({ path, external: true }))
  },
})

/**
 * The whole core in one file: one more, which all entries share, would have to be found and opened, and that costs a
 * millisecond on Node 20, a tenth of what importing ./core takes. So the entries that stand on it import from core.js
 * what is in it. What ./core does not export has a `$` before its name there, and no declaration.
 */
async function buildModules({ core, ...others }, outdir) {
  const pick = (isOwn) => Object.entries(others).filter(([name]) => ownFiles.includes(name) === isOwn)
  const own = build({ ...esm, entryPoints: Object.fromEntries(pick(true)), outdir })
  const internals = new Map()
  const { outputFiles } = await build({
    ...esm,
    entryPoints: Object.fromEntries(pick(false)),
    outdir,
    plugins: [licences, standingOn(core, await outputOf(core), internals)],
    write: false,
  })
  mkdirSync(outdir, { recursive: true })
  for (const { path, contents } of outputFiles) writeFileSync(path, contents)
  const isUsed = (name) =>
    outputFiles.some(({ path, text }) => /js$/.test(path) && text.includes(`${name} as `))
  const lines = [...internals].filter(([name]) => isUsed(name)).map(([, line]) => line)
  const contents = [`export * from './${core}'`, ...lines].join('\n')
  await build({
    ...esm,
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    outfile: join(outdir, 'core.js'),
  })
  await own
}

const commonJs = { format: 'cjs', outExtension: { '.js': '.cjs' } }

const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)))

/** Every file below a folder whose name ends so. */
function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
}

/** A CommonJS consumer needs declarations that say so: the same text with .cjs specifiers. */
function copyDeclarationsForCommonJs() {
  for (const file of filesBelow('dist', '.d.ts')) {
    const text = readFileSync(file, 'utf8').replaceAll(
      /(from |import\()(['"])(\.[^'"]*)\.js\2/g,
      '$1$2$3.cjs$2',
    )
    writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), text.replace(/\/\/# sourceMappingURL.*\n?$/, ''))
  }
}

async function buildPackage() {
  rmSync('dist', { recursive: true, force: true })
  await Promise.all([
    buildModules(present, 'dist'),
    build({ ...options, ...library, ...commonJs, entryPoints: present, outdir: 'dist' }),
    existsSync('lib/cli/main.ts') &&
      build({
        ...options,
        entryPoints: { cli: 'lib/cli/main.ts' },
        outdir: 'dist',
        format: 'esm',
        platform: 'node',
      }),
  ])
  if (existsSync('dist/cli.js')) chmodSync('dist/cli.js', 0o755)
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
  copyDeclarationsForCommonJs()
}

async function buildSpecs() {
  rmSync('.specs', { recursive: true, force: true })
  await build({
    ...options,
    entryPoints: filesBelow('spec', '.ts'),
    outbase: 'spec',
    outdir: '.specs',
    format: 'esm',
    splitting: true,
    platform: 'node',
  })
}

/**
 * The benchmarks of this tree over the library of another (`npm run bench -- compare`). What that one does not have
 * is empty, so that a case that needs it fails, and not the build.
 */
const libraryIn = (folder) => ({
  name: 'library',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(\.\.\/)+lib\// }, ({ path }) => {
      const file = join(folder, path.slice(path.indexOf('lib/') + 'lib/'.length))
      return { path: file, namespace: existsSync(file) ? 'file' : 'absent' }
    })
    onLoad({ filter: /./, namespace: 'absent' }, () => ({ contents: 'exports.matching = {}' }))
  },
})

/** The benchmarks, and beside them the package as it is published, whose start-up they measure. */
async function buildBenchmarks({ folder = 'lib', output = '.benchmarks' }) {
  const common = { ...options, format: 'esm', splitting: true }
  rmSync(output, { recursive: true, force: true })
  await build({
    ...common,
    entryPoints: ['benchmarks/main.ts'],
    outdir: output,
    platform: 'node',
    plugins: folder === 'lib' ? [] : [libraryIn(folder)],
  })
  const { core, index } = present
  const outdir = join(output, 'package')
  if (folder === 'lib') return buildModules({ core, index }, outdir)
  const published = [core, index].map((file) => join(folder, relative('lib', file))).filter(existsSync)
  await build({ ...common, ...library, entryPoints: published, outdir })
}

/** The value of `--name=value`. */
const argument = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)

if (process.argv.includes('--benchmarks')) {
  await buildBenchmarks({ folder: argument('lib'), output: argument('output') })
} else await Promise.all([buildPackage(), process.argv.includes('--specs') && buildSpecs()])

// Builds the package into dist/ (ESM, CommonJS, declarations for both); with --specs also the specs into
// .specs/. Specs are prebuilt because Node 20 does not strip types, and esbuild does it in under a second.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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

/** Entries that stand on the whole core, and those that share a table or two with it, which they carry themselves. */
const onCore = ['index', 'core', 'node', 'web', 'run', 'run-rxjs']
const ownFiles = ['ui', 'shapes']

/**
 * The core in two files: esbuild makes a chunk for each set of entries that share it, so that it was five, and to find
 * and open one takes half a millisecond on Node 20. Here the other entries import ./core for what it alone exports, so
 * that this stands in core.js (and all of it in a bundle without an Assembler); a last line that needs the rest makes it
 * one chunk.
 */
const coreInTwoFiles = {
  name: 'core in two files',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.?\/(core|assembly|validation)\.ts$/ }, () => ({
      path: './core.js',
      external: true,
    }))
    onLoad({ filter: /lib[\\/](index|node|web|run)\.ts$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\nimport './to/feed.ts'`,
      loader: 'ts',
    }))
  },
}

const shared = {
  format: 'esm',
  splitting: true,
  plugins: [licences, coreInTwoFiles],
  logOverride: { 'ignored-bare-import': 'silent' }, // the last line, which has done its work by then
}

const pick = (names) => Object.fromEntries(Object.entries(present).filter(([name]) => names.includes(name)))
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
    build({ ...options, ...library, ...shared, entryPoints: pick(onCore), outdir: 'dist' }),
    build({ ...options, ...library, entryPoints: pick(ownFiles), outdir: 'dist', format: 'esm' }),
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
  const published = ['core', 'index'].map((name) => join(folder, `${name}.ts`)).filter(existsSync)
  const asPublished = folder === 'lib' ? shared : {}
  await build({
    ...common,
    ...library,
    ...asPublished,
    entryPoints: published,
    outdir: join(output, 'package'),
  })
}

/** The value of `--name=value`. */
const argument = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)

if (process.argv.includes('--benchmarks')) {
  await buildBenchmarks({ folder: argument('lib'), output: argument('output') })
} else await Promise.all([buildPackage(), process.argv.includes('--specs') && buildSpecs()])

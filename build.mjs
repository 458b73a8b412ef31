// Builds the package into dist/ (ESM, CommonJS, declarations for both); with --specs also the specs into
// .specs/. Specs are prebuilt because Node 20 does not strip types, and esbuild does it in under a second.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

const carried = ['eventsource-parser', '@streamparser/json']
const notices = carried.map(
  (name) => `/*! ${name}\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}*/`,
)

/**
 * The library carries its two dependencies along, with the licences that ask to be carried along too: to find them in
 * node_modules was a third of what importing ./core costs (5 of 16 ms). And eventsource-parser is ESM only: our engines
 * can require() that, but a loader of a test runner or a bundler may not. They stay in `dependencies`: the command
 * imports them, the declarations name their types, and an audit sees them.
 */
const library = { packages: 'bundle', external: ['node:*', 'rxjs'], banner: { js: notices.join('\n') } }
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
    build({
      ...options,
      ...library,
      entryPoints: present,
      outdir: 'dist',
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
    }),
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
  await build({ ...common, ...library, entryPoints: published, outdir: join(output, 'package') })
}

/** The value of `--name=value`. */
const argument = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)

if (process.argv.includes('--benchmarks')) {
  await buildBenchmarks({ folder: argument('lib'), output: argument('output') })
} else await Promise.all([buildPackage(), process.argv.includes('--specs') && buildSpecs()])

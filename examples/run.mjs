// Runs an example: `npm run example -- terminal`. Built first, because Node 20 does not strip types.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(here).flatMap((file) => /^(?!upstream)(.*)\.ts$/.exec(file)?.[1] ?? [])
const [name = ''] = process.argv.slice(2)

if (!names.includes(name)) {
  console.error(`Name one of: ${names.join(', ')}`)
  process.exit(2)
}
const outfile = `${here}../.examples/${name}.js`
await build({
  entryPoints: [`${here}${name}.ts`],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
})
await import(outfile)

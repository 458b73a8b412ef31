// Runs an example: `npm run example -- terminal` or `npm run example -- backends/hono`. Built first, because Node 20 does
// not strip types.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
/** `terminal.ts`, `backends/hono.ts`, `chat/main.ts`: a name is what one types, its file what is run. */
const files = new Map(
  readdirSync(here, { recursive: true }).flatMap((file) => {
    const [, name, folder] = /^(?:((?:backends\/)?(?!upstream)[^/]+)|([^/]+)\/main)\.ts$/.exec(file) ?? []
    return name || folder ? [[name ?? folder, file]] : []
  }),
)
const [name = ''] = process.argv.slice(2)
const file = files.get(name)

if (file === undefined) {
  console.error(`Name one of: ${[...files.keys()].join(', ')}`)
  process.exit(2)
}
const outfile = `${here}../.examples/${name}.js`
await build({
  entryPoints: [here + file],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
})
await import(outfile)

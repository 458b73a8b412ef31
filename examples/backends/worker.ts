// A worker on your machine: worker/chat.ts is the handler, bundled by esbuild and run by workerd, as Cloudflare does.
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { visit } from './around/client.ts'

const { outputFiles } = await build({
  entryPoints: ['examples/backends/worker/chat.ts'],
  bundle: true,
  format: 'esm',
  write: false,
  logLevel: 'error',
})
const worker = new Miniflare({
  modules: true,
  script: outputFiles.map(({ text }) => text).join(),
  compatibilityDate: '2025-10-01',
  bindings: { UPSTREAM_URL: process.env.UPSTREAM_URL ?? '' },
})
await visit((await worker.ready).href, () => worker.dispose())

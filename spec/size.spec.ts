import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { build } from 'esbuild'

/** What a page that takes these names from an entry has to load, with all they need. */
async function gzippedSizeOf(names: string, entry: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export ${names} from './lib/${entry}.ts'`, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

/** Bytes, minified and compressed: to go beyond one is a decision, and not an accident. */
const ceilings: readonly (readonly [names: string, entry: string, bytes: number])[] = [
  ['*', 'core', 42_000],
  ['{ aiSdk }', 'ui', 5000],
  ['{ agUi }', 'ui', 5000],
  ['{ tanstack }', 'ui', 5000],
  ['{ assistantUi }', 'ui', 5000],
  ['{ openai }', 'ui', 3500],
  ['{ text }', 'ui', 1000],
]

describe('the size of a bundle', () => {
  for (const [names, entry, bytes] of ceilings) {
    it(`${names} from ./${entry} is below ${bytes / 1000} kB`, async () => {
      expect(await gzippedSizeOf(names, entry)).to.be.within(100, bytes)
    })
  }
})

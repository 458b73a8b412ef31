import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Bytes of a bundle for browsers of some code with all it needs: minified, and compressed as well. */
export async function bundleSize(
  code: string,
  external: string[] = [],
): Promise<{ readonly min: number; readonly gzip: number }> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
    logLevel: 'silent', // what fails is thrown
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error('Nothing was bundled')
  return { min: file.contents.length, gzip: gzipSync(file.contents, { level: 9 }).length }
}

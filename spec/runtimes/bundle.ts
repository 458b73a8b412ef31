import { build } from 'esbuild'

/**
 * A program of this folder as one module, with the built package of `dist` and what it needs inside it.
 * @param conditions those of the runtime, as it would resolve the package itself
 */
export async function bundle(program: 'console' | 'worker', conditions: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`spec/runtimes/${program}.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral', // an import of Node would not resolve
    mainFields: ['module', 'main'],
    conditions: [...conditions],
    target: 'es2022',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

import { execFileSync } from 'node:child_process'
import { bundleSize } from '../../spec/helpers/bundle-size.ts'
import type { Sample, Suite } from '../harness/suite.ts'

/** Our entries as they are published; `npm run bench` builds them here. */
const entry = (name: string): string => new URL(`./package/${name}.js`, import.meta.url).href

/** What is imported, or bundled: a line of code for each. */
const imports: Readonly<Record<string, string>> = {
  'deltafold/core': `export * from '${entry('core')}'`,
  deltafold: `export * from '${entry('index')}'`,
  rxjs: "export * from 'rxjs'",
  'eventsource-parser': "export * from 'eventsource-parser'",
  'openai 6': "export { default } from 'openai'",
  'openai 7': "export { default } from 'openai7'",
  'ai 7 and openai-compatible':
    "export { streamText } from 'ai7'; export { createOpenAICompatible } from '@ai-sdk/openai-compatible'",
  '@langchain/openai': "export { ChatOpenAI } from '@langchain/openai'",
  '@tanstack/ai and ai-openai':
    "export { chat } from '@tanstack/ai'; export { createOpenaiChatCompletions } from '@tanstack/ai-openai'",
  'assistant-stream': "export * from 'assistant-stream'",
}

/** A process of its own that does nothing else, from its start to when everything has been imported. */
function importCost(code: string): Sample {
  const tell = `const { user, system } = process.cpuUsage()
    console.log(JSON.stringify({ wall: performance.now(), cpu: (user + system) / 1000 }))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', `${code}\n${tell}`])
  return JSON.parse(String(output))
}

/** What some of the others import and no page has. */
const external = ['node:*', 'async_hooks', 'util']

const shared = { kind: 'own', unit: 'process', sizes: [1], input: () => undefined, check: () => [] } as const

export const startUpSuites = (): Suite<undefined>[] => [
  {
    ...shared,
    name: 'start-up/import',
    metric: 'wall',
    compares: 'above',
    rounds: (asked) => Math.ceil((asked * 5) / 3),
    cases: Object.entries({ 'an empty process': '', ...imports }).map(([name, code]) => ({
      name,
      // A static import is hoisted above what is told.
      prepare: () => ({ run: () => importCost(code) }),
    })),
  },
  {
    ...shared,
    name: 'start-up/bundle',
    metric: 'gzip',
    rounds: () => 1,
    cases: Object.entries(imports).map(([name, code]) => ({
      name,
      prepare: () => ({ run: () => bundleSize(code.replaceAll('file://', ''), external) }),
    })),
  },
]

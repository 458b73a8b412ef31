import type { Suite } from './harness/suite.ts'

/**
 * The first part of a suite's name → its suites, loaded when they are asked for: the process of one case must not
 * pay for what the others import. In the order in which `npm run bench` runs them.
 */
const groups: Readonly<Record<string, () => Promise<readonly Suite[]>>> = {
  fold: async () => (await import('./fold/suites.ts')).foldSuites(),
  first: async () => (await import('./first/suites.ts')).firstSuites(),
  hosts: async () => (await import('./hosts/suites.ts')).hostSuites(),
  sockets: async () => (await import('./sockets/suites.ts')).socketSuites(),
  memory: async () => (await import('./memory/suites.ts')).memorySuites(),
  throughput: async () => (await import('./throughput/suites.ts')).throughputSuites(),
  'start-up': async () => (await import('./start-up/suites.ts')).startUpSuites(),
  ui: async () => (await import('./ui/suites.ts')).uiSuites(),
  arguments: async () => [(await import('./arguments/suite.ts')).argumentsSuite],
}

/** The suites of these names, or whose names begin with them: `fold` is `fold/text/16k` and all others. */
export async function suitesNamed(names: readonly string[]): Promise<Suite[]> {
  const isAsked = (name: string): boolean =>
    names.length === 0 || names.some((asked) => name === asked || name.startsWith(`${asked}/`))
  const suites: Suite[] = []
  for (const [group, load] of Object.entries(groups)) {
    if (names.length > 0 && !names.some((asked) => asked.split('/')[0] === group)) continue
    suites.push(...(await load()).filter(({ name }) => isAsked(name)))
  }
  const unknown = names.filter((asked) => !suites.some(({ name }) => `${name}/`.startsWith(`${asked}/`)))
  if (unknown.length > 0)
    throw new Error(`There is no suite ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`)
  return suites
}

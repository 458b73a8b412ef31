// `npm run runtimes`: every fixture in every runtime, against this Node; `-- --suite` adds the whole suite on the
// other Nodes. Bun, Deno and Node are installed from npm into .runtimes: half a gigabyte, so not with the package.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from './bundle.ts'
import { type RuntimeReport, runtimeReport } from './report.ts'
import { workerdReport } from './workerd.ts'

const folder = resolve('.runtimes')

interface Runtime {
  readonly name: string
  /** What npm installs. */
  readonly package: string
  readonly program: string
  readonly args: readonly string[]
}

const runtimes: readonly Runtime[] = [
  { name: 'Node 22', package: 'node22@npm:node@22', program: 'node22/bin/node', args: [] },
  { name: 'Node 24', package: 'node24@npm:node@24', program: 'node24/bin/node', args: [] },
  { name: 'Bun', package: 'bun@1', program: '.bin/bun', args: ['run'] },
  { name: 'Deno', package: 'deno@2', program: '.bin/deno', args: ['run', '--no-remote'] },
]

const pathOf = ({ program }: Runtime): string => join(folder, 'node_modules', program)

async function install(): Promise<void> {
  if (runtimes.every((runtime) => existsSync(pathOf(runtime)))) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  console.log('Installing Node 22, Node 24, Bun and Deno into .runtimes')
  const packages = runtimes.map((runtime) => runtime.package)
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder })
}

async function reportOf(runtime: Runtime, file: string): Promise<RuntimeReport> {
  const { stdout } = await promisify(execFile)(pathOf(runtime), [...runtime.args, file])
  return JSON.parse(stdout)
}

async function compare(): Promise<boolean> {
  const here = await runtimeReport()
  console.log(
    `${here.fixtures} fixtures through ./core, ./web and ./run; Node ${process.versions.node} is the measure`,
  )
  const file = join(folder, 'console.mjs')
  writeFileSync(file, await bundle('console', []))
  const reports = [
    ...runtimes.map((runtime) => [runtime.name, reportOf(runtime, file)] as const),
    ['workerd', workerdReport()] as const,
  ]
  let areEqual = true
  for (const [name, pending] of reports) {
    const { digests } = await pending
    const differing = Object.entries(digests).flatMap(([entry, digest]) =>
      digest === here.digests[entry as keyof typeof digests] ? [] : [entry],
    )
    if (differing.length > 0) areEqual = false
    console.log(
      `${name.padEnd(8)} ${differing.length === 0 ? 'the same' : `differs in ${differing.join(', ')}`}`,
    )
  }
  return areEqual
}

async function runSuite(runtime: Runtime): Promise<boolean> {
  console.log(`\nThe suite on ${runtime.name}`)
  const mocha = spawn(pathOf(runtime), ['node_modules/mocha/bin/mocha.js'], { stdio: 'inherit' })
  const [code] = await once(mocha, 'exit')
  return code === 0
}

await install()
let isGreen = await compare()
if (process.argv.includes('--suite')) {
  for (const runtime of runtimes.filter(({ name }) => name.startsWith('Node'))) {
    isGreen = (await runSuite(runtime)) && isGreen
  }
}
process.exitCode = isGreen ? 0 : 1

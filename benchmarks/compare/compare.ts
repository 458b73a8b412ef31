import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Contender, measure } from '../harness/rounds.ts'
import { against, type Row, spreadOf } from '../harness/rows.ts'
import type { Suite } from '../harness/suite.ts'
import { table } from '../output/markdown.ts'
import { spreadText, whole } from '../output/numbers.ts'
import { peers } from '../peers/index.ts'
import { suitesNamed } from '../suites.ts'

/** What is compared where no suite is named. */
const usual = ['fold', 'first', 'hosts']

const NOW = 'this tree'

/**
 * This tree's library and a revision's, in the same rounds: the benchmarks are this tree's, built a second time over
 * the other's `lib`. The floor, which is the same in both, shows how much of a difference is noise.
 */
export async function compareWith(
  revision: string,
  names: readonly string[],
  program: string,
  rounds: number,
): Promise<void> {
  const suites = await suitesNamed(names.length > 0 ? names : usual)
  const commit = git('rev-parse', '--short', '--verify', `${revision}^{commit}`)
  const tree = mkdtempSync(join(tmpdir(), 'deltafold-'))
  // In this folder, so that the packages it imports are found.
  const output = resolve('.benchmarks', commit)
  git('worktree', 'add', '--detach', tree, commit)
  try {
    // Its library, too: what is published carries two of them.
    symlinkSync(resolve('node_modules'), join(tree, 'node_modules'))
    if (!builds(join(tree, 'lib'), output)) throw new Error(`The library of ${commit} does not build`)
    for (const suite of suites) {
      const contenders = contendersOf(suite, { [NOW]: program, [commit]: join(output, 'main.js') })
      console.log(compared(suite, commit, await measure(suite, contenders, rounds)))
    }
  } finally {
    git('worktree', 'remove', '--force', tree)
    rmSync(output, { recursive: true, force: true })
  }
}

function builds(library: string, output: string): boolean {
  const command = ['build.mjs', '--benchmarks', `--lib=${library}`, `--output=${output}`]
  return spawnSync(process.execPath, command, { stdio: ['ignore', 'inherit', 'pipe'] }).status === 0
}

const git = (...args: string[]): string =>
  execFileSync('git', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .trim()

const labelOf = (caseName: string, whose: string): string => `${caseName}, ${whose}`

/** What is ours of a suite, as each of the programs has it; a peer is the same in both. */
function contendersOf(suite: Suite, programs: Readonly<Record<string, string>>): Contender[] {
  return suite.cases
    .filter(({ name }) => !peers.some((peer) => peer.name === name))
    .flatMap(({ name }) =>
      Object.entries(programs).map(([whose, program]) => ({
        label: labelOf(name, whose),
        caseName: name,
        program,
      })),
    )
}

function compared(suite: Suite, commit: string, rows: readonly Row[]): string {
  const { metric = 'cpu' } = suite
  const rowOf = (name: string, whose: string, size: number): Row | undefined =>
    rows.find(({ caseName, size: other }) => caseName === labelOf(name, whose) && other === size)
  const lines = suite.sizes.flatMap((size) =>
    suite.cases.flatMap(({ name }) => {
      const [mine, theirs] = [rowOf(name, NOW, size), rowOf(name, commit, size)]
      if (mine === undefined || theirs === undefined) return []
      const failed = [mine, theirs].flatMap((row) => (row.failed ? `fails: ${row.failed}` : []))
      const ratio = spreadText(spreadOf(against(mine, theirs, metric, 'ratio')))
      return [[name, `${whole(size)} ${suite.unit}`, failed.length > 0 ? failed.join('; ') : ratio]]
    }),
  )
  const head = ['case', 'size', `${NOW} ÷ ${commit}: min / **median** / max`]
  return `### ${suite.name}, ${metric}\n\n${table(head, lines)}\n`
}

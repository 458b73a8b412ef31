import { readFileSync, writeFileSync } from 'node:fs'
import { svgOf } from './plot.ts'
import { plotsOf } from './plots.ts'
import { majors, RESULTS, Results } from './results.ts'
import { sections } from './sections.ts'
import { targetTable } from './targets.ts'

const README = 'benchmarks/README.md'
const [START, END] = ['<!-- results:start -->', '<!-- results:end -->']

/** Writes the plots, and the generated part of the README, from what is kept in the results. */
export function renderResults(): void {
  const all = majors().map((major) => new Results(major))
  const [main] = all
  if (main === undefined) throw new Error(`There are no results in ${RESULTS}: npm run bench -- --write`)
  const plots = Object.entries(plotsOf(main)).filter(([, { lines }]) => lines.length > 0)
  for (const [file, plot] of plots) writeFileSync(`${RESULTS}/${file}`, svgOf(plot))
  const parts = [
    madeWith(all),
    `### Targets\n\n${targetTable(all)}`,
    ...plots.map(([file, { title }]) => `![${title}](results/${file})`),
    ...sections.flatMap((section) => section(main) ?? []),
  ]
  const text = readFileSync(README, 'utf8')
  const [before, after] = [text.indexOf(START), text.indexOf(END)]
  if (before === -1 || after === -1) throw new Error(`${README} has lost its marks ${START} and ${END}`)
  const made = `${START}\n\n${parts.join('\n\n')}\n\n`
  writeFileSync(README, text.slice(0, before) + made + text.slice(after))
}

/** The tables are those of the first Node; the targets are told for all. */
function madeWith(all: readonly Results[]): string {
  const lines = all.flatMap(({ circumstances }) =>
    circumstances.map(
      ({ node, cpu, cores, date, rounds }) =>
        `- Node ${node}, ${cpu} (${cores} cores), ${date}, ${rounds} rounds`,
    ),
  )
  return lines.join('\n')
}

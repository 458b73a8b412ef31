import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { type Limits, limitTable } from '../lib/limits.ts'
import { inMiB } from './helpers/quantities.ts'

const readme = readFileSync('README.md', 'utf8')

/** What stands between two markers of the README. */
function section(name: string): string {
  return new RegExp(`<!-- ${name}:start -->\n([^]*?)<!-- ${name}:end -->`).exec(readme)?.[1] ?? ''
}

describe('the README', () => {
  it('prints the table of limits as it is in the code', () => {
    const names = Object.keys(limitTable) as (keyof Limits)[]
    const rows = names.map(
      (name) => `| \`${name}\` | ${inMiB(limitTable[name].value)} | ${limitTable[name].reason} |`,
    )
    const table = ['| option | default | because |', '|---|--:|---|', ...rows, ''].join('\n')
    expect(section('limits')).to.equal(table)
  })

  it('links only to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '')
    for (const link of links) expect(() => readFileSync(link), link).not.to.throw()
  })
})

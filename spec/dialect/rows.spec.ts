import { expect } from 'chai'
import { doneMarks } from '../../lib/dialect/done.ts'
import { errorShapes } from '../../lib/dialect/errors.ts'
import { padding } from '../../lib/dialect/padding.ts'
import { reasoningKeys } from '../../lib/dialect/reasoning.ts'
import type { DialectRow } from '../../lib/dialect/row.ts'
import { usagePlaces } from '../../lib/dialect/usage.ts'
import { bytesOf, fixtureNamed } from '../fixtures/index.ts'
import { type Folded, foldText } from '../helpers/fold-text.ts'

/** A row, and how its fixture reads where the thing that the row names has another name. */
interface Exercise {
  readonly title: string
  readonly row: DialectRow
  readonly rename: readonly [from: string, to: string]
  /** What the row is for; not so any more under the other name. */
  readonly isSeen: (folded: Folded) => boolean
}

const key = (name: string): readonly [string, string] => [`"${name}":`, `"other_${name}":`]

const exercises: readonly Exercise[] = [
  ...doneMarks.map((row) => ({
    title: `the end is ${row.data}`,
    row,
    rename: [`data: ${row.data}`, ': over'] as const,
    isSeen: ({ codes }: Folded) => !codes.includes('no_done'),
  })),
  ...padding.map((row) => ({
    title: `padding in ${row.field}`,
    row,
    rename: key(row.field),
    isSeen: ({ completion }: Folded) => !Object.hasOwn(completion, `other_${row.field}`),
  })),
  ...reasoningKeys.map((row) => ({
    title: `reasoning in ${row.key}`,
    row,
    rename: key(row.key),
    isSeen: ({ events }: Folded) =>
      events.some((event) => event.type === 'reasoning.delta' && event.keys.includes(row.key)),
  })),
  ...usagePlaces.map((row) => ({
    title: `usage in ${row.level}.${row.path.join('.')}`,
    row,
    rename: key(row.path.at(-1) ?? ''),
    isSeen: ({ completion }: Folded) => completion.usage !== undefined,
  })),
  ...errorShapes.map((row) => ({
    title: `an error in ${row.path.join('.') || `a chunk with ${row.when?.field ?? 'event: error'}`}`,
    row,
    rename: row.named
      ? (['event: error', 'event: other'] as const)
      : key(row.path.at(-1) ?? row.when?.field ?? ''),
    isSeen: ({ result }: Folded) => result.error?.code === 'upstream_error',
  })),
]

describe('every row of a dialect', () => {
  for (const { title, row, rename, isSeen } of exercises) {
    it(`${title} (${row.provider}) is shown by its fixture, ${row.fixture}`, () => {
      const fixture = fixtureNamed(row.fixture)
      expect(fixture.provider).to.equal(row.provider)
      const text = new TextDecoder().decode(bytesOf(fixture))
      expect(text).to.include(rename[0])
      expect(isSeen(foldText(text, fixture.options))).to.equal(true)
      expect(isSeen(foldText(text.replaceAll(...rename), fixture.options)), 'under another name').to.equal(
        false,
      )
    })
  }
})

import { table } from './markdown.ts'
import type { Results } from './results.ts'

/** A part of the README that is made of results; undefined: nothing of it was measured. */
export type Section = (results: Results) => string | undefined

export function section(
  title: string,
  text: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string | undefined {
  if (rows.length === 0) return undefined
  return `### ${title}\n\n${text}\n\n${table(head, rows)}`
}

import type { DialectRow } from './row.ts'

interface DoneMark extends DialectRow {
  readonly data: string
}

/** What the data of the last frame begins with, white space aside. Nothing after it is read. */
export const doneMarks: readonly DoneMark[] = [
  { data: '[DONE]', provider: 'openai', fixture: 'openai-usage-then-moderation' },
]

/** Is this the mark of the end? */
export function isDone(data: string): boolean {
  if (data === '[DONE]') return true
  if (data.length > 64) return false // a mark is short: do not trim a large frame
  const text = data.trim()
  return doneMarks.some((mark) => text.startsWith(mark.data))
}

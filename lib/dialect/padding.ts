import type { DialectRow } from './row.ts'

interface Padding extends DialectRow {
  readonly field: string
}

/** Fields of a chunk that hold random text against traffic analysis. They say nothing and are dropped. */
export const padding: readonly Padding[] = [
  { field: 'obfuscation', provider: 'openai', fixture: 'openai-obfuscation-dropped' },
  { field: 'p', provider: 'mistral', fixture: 'mistral-string-then-thinking-then-string' },
]

import type { DialectRow } from './row.ts'

interface Padding extends DialectRow {
  readonly field: string
}

/** Fields of a chunk that hold random text against traffic analysis. They say nothing and are dropped. */
export const padding: readonly Padding[] = [
  { field: 'obfuscation', provider: 'OpenAI', fixture: 'openai-obfuscation' },
  { field: 'p', provider: 'Mistral', fixture: 'mistral-padding' },
]

import type { DialectRow } from './row.ts'

interface UsagePlace extends DialectRow {
  readonly level: 'chunk' | 'choice'
  readonly path: readonly [string] | readonly [string, string]
}

/** Where usage stands, the less believed places first: a later one in the same chunk wins. */
export const usagePlaces: readonly UsagePlace[] = [
  { level: 'choice', path: ['usage'], provider: 'kimi', fixture: 'kimi-usage-inside-choice' },
  { level: 'chunk', path: ['x_groq', 'usage'], provider: 'groq', fixture: 'groq-usage-in-x-groq' },
  { level: 'chunk', path: ['usage'], provider: 'openai', fixture: 'openai-usage-then-moderation' },
]

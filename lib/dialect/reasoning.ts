import type { DialectRow } from './row.ts'

interface ReasoningKey extends DialectRow {
  readonly key: string
}

/**
 * The keys of a delta that hold plain reasoning text, in the order in which one is believed when a delta holds
 * the same thought under several.
 */
export const reasoningKeys: readonly ReasoningKey[] = [
  { key: 'reasoning_content', provider: 'DeepSeek', fixture: 'deepseek-reasoning-content' },
  { key: 'reasoning', provider: 'OpenRouter', fixture: 'openrouter-reasoning-and-details' },
  { key: 'reasoning_text', provider: 'GitHub Copilot', fixture: 'copilot-reasoning-text-and-opaque' },
]

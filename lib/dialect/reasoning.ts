import type { DialectRow } from './row.ts'

interface ReasoningKey extends DialectRow {
  readonly key: string
}

/**
 * The keys of a delta that hold plain reasoning text, in the order in which one is believed when a delta holds
 * the same thought under several.
 */
export const reasoningKeys: readonly ReasoningKey[] = [
  { key: 'reasoning_content', provider: 'deepseek', fixture: 'deepseek-usage-on-finish-frame' },
  { key: 'reasoning', provider: 'openrouter', fixture: 'openrouter-signature-after-content' },
  { key: 'reasoning_text', provider: 'copilot', fixture: 'copilot-reasoning-text-and-opaque' },
]

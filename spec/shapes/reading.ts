import type { ChatCompletionResponseMessage } from '../../lib/wire/index.ts'

/**
 * Readers of reasoning that are no part of the library: a round trip is judged by what a stranger finds in the
 * message, wherever it stands.
 */

type Message = ChatCompletionResponseMessage

/** The longest readable thought of a message: every carrier has the same one, or a part of it. */
export function readableReasoning(message: Message): string {
  const texts = [
    message.reasoning_content ?? '',
    message.reasoning ?? '',
    message.reasoning_text ?? '',
    textsIn(message.reasoning_details, 'text', 'summary'),
    textsIn(message.thinking_blocks, 'thinking'),
    Array.isArray(message.content) ? textsIn(message.content.map(inner), 'text') : '',
  ]
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '')
}

function textsIn(list: unknown, ...keys: string[]): string {
  if (!Array.isArray(list)) return ''
  return list
    .flat()
    .map((item) => keys.map((key) => (typeof item?.[key] === 'string' ? item[key] : '')).join(''))
    .join('')
}

/** What is inside a thinking or reasoning part. */
function inner(part: { type: string; [field: string]: unknown }): unknown {
  if (part.type === 'thinking') return part.thinking
  if (part.type !== 'reasoning') return []
  return typeof part.reasoning === 'string' ? [{ text: part.reasoning }] : (part.summary ?? [])
}

/** Every signature and every ciphertext of a message, in order of appearance, wherever it stands. */
export function sealsOf(message: Message): string[] {
  const seals: string[] = []
  const keys = new Set([
    'signature',
    'data',
    'thought_signature',
    'reasoning_signature',
    'redacted_reasoning',
  ])
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && keys.has(key) && value !== '') seals.push(value)
    else if (Array.isArray(value)) for (const item of value) visit(item, key)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, own] of Object.entries(value)) visit(own, name)
    }
  }
  const { audio: _sound, ...rest } = message
  visit(rest, '')
  return seals
}

import { type Fields, fieldsOf, isFields, textOf } from './fields.ts'
import { detailBlocks } from './reasoning-blocks.ts'

/**
 * Gemini signs each tool call and refuses the next turn without the signature. Four systems keep it in four
 * places: Google on the call in extra_content, orq.ai on the call, LiteLLM in the call's provider_specific_fields,
 * OpenRouter in an encrypted reasoning detail with the id of the call.
 */
export const geminiFormat = 'google-gemini-v1'

/** The signature of a call, wherever its message has it; '' if nowhere. */
export function thoughtSignature(call: Fields, message: Fields): string {
  return signatureOnCall(call) || signatureInDetails(call, message)
}

export function signatureOnCall(call: Fields): string {
  const google = isFields(call.extra_content) ? call.extra_content.google : undefined
  return (
    textOf(call.thought_signature) ||
    (isFields(google) ? textOf(google.thought_signature) : '') ||
    (isFields(call.provider_specific_fields) ? textOf(call.provider_specific_fields.thought_signature) : '')
  )
}

function signatureInDetails(call: Fields, message: Fields): string {
  const id = textOf(call.id)
  if (id === '') return ''
  const entry = detailBlocks(message.reasoning_details).find(
    (block) => block.format === geminiFormat && block.id === id,
  )
  return entry?.data ?? ''
}

/** The signatures of all calls as OpenRouter's details, where the message has none of its own. */
export function signatureDetails(message: Fields, from: number): Fields[] {
  return fieldsOf(message.tool_calls)
    .map((call): Fields => ({ data: signatureOnCall(call), id: textOf(call.id) }))
    .filter(({ data }) => data !== '')
    .map(({ data, id }, i) => ({
      type: 'reasoning.encrypted',
      data,
      id,
      format: geminiFormat,
      index: from + i,
    }))
}

/** Does this field of a call hold its signature and nothing else? */
export function isOnlySignature(key: string, value: unknown): boolean {
  if (!isFields(value)) return false
  const inner = key === 'extra_content' ? value.google : value
  const keys = key === 'extra_content' ? ['google'] : ['thought_signature']
  if (Object.keys(value).join() !== keys.join()) return false
  return isFields(inner) && Object.keys(inner).join() === 'thought_signature'
}

import { isNativePart } from './carry-reasoning.ts'
import type { ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, isFields, textOf } from './fields.ts'
import { isReasoningPart } from './reasoning-blocks.ts'
import { type Column, rowBelow } from './table.ts'

/** What of a content goes over: text, or the parts a shape has; and a refusal that stood among the parts. */
export interface CarriedContent {
  readonly content: string | Fields[] | null
  readonly refusal: string
}

/**
 * Content for a shape: a string stays one. Parts the shape has stay parts, as they are; of the others, text is
 * joined, reasoning goes where reasoning goes, and the rest is named. `before`: parts that come first.
 */
export function carryContent(
  message: Fields,
  column: Column,
  before: readonly Fields[],
  diagnostics: ShapeDiagnostics,
): CarriedContent {
  const { content } = message
  if (!Array.isArray(content)) {
    const text = typeof content === 'string' ? content : null
    return { content: before.length === 0 ? text : [...before, ...textPart(text)], refusal: '' }
  }
  const sorted = sortParts(content, column, diagnostics)
  const kept = [...before, ...sorted.kept]
  const isWhole = sorted.kept.length === content.length
  const hasParts = column('content[] text') === '=' && (isWhole || kept.some((part) => part.type !== 'text'))
  return { content: hasParts ? kept : joinedText(kept), refusal: sorted.refusal }
}

function sortParts(content: readonly unknown[], column: Column, diagnostics: ShapeDiagnostics) {
  const kept: Fields[] = []
  let refusal = ''
  content.forEach((part, i) => {
    if (!isFields(part)) return
    const cell = column(rowBelow('content[]', textOf(part.type)))
    if (isReasoningPart(part)) {
      if (isNativePart(part, (field) => column(field) === '=')) kept.push(part)
    } else if (cell === '=' || cell === 'content') kept.push(part)
    else if (part.type === 'refusal' && cell !== '') refusal += textOf(part.refusal)
    else diagnostics.add('not_carried', `content[${i}]`)
  })
  return { kept, refusal }
}

function joinedText(parts: readonly Fields[]): string | null {
  if (parts.length === 0) return null
  return parts.map((part) => textOf(part.text)).join('')
}

function textPart(text: string | null): Fields[] {
  return text === null || text === '' ? [] : [{ type: 'text', text }]
}

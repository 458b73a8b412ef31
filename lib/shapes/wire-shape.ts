import { carryCalls } from './carry-calls.ts'
import { carryContent } from './carry-content.ts'
import { carryReasoning, diagnoseReasoning, isReasoningField } from './carry-reasoning.ts'
import type { ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, fieldsOf, isFields, setField, textOf } from './fields.ts'
import { type Column, type FieldName, isRow, rowBelow, rowOf } from './table.ts'

/** Written by hand, in this order; every other field of the message by its row. */
const byHand: ReadonlySet<string> = new Set(['role', 'content', 'refusal', 'tool_calls'])

/** A message in a shape of the wire: the fields its column of the table has. */
export function toWireShape(message: Fields, column: Column, diagnostics: ShapeDiagnostics): Fields {
  const reasoning = carryReasoning(message, column)
  const { content, refusal } = carryContent(message, column, reasoning.parts, diagnostics)
  const written: Fields = { role: textOf(message.role) || 'assistant' }
  const others: Fields = {}
  addAlways(written, 'content', content, column)
  const refused = typeof message.refusal === 'string' ? message.refusal : refusal === '' ? null : refusal
  if (column('refusal') === 'provider_specific_fields') {
    if (refused !== null) others.refusal = refused
  } else if (column('refusal') !== '') addAlways(written, 'refusal', refused, column)
  else if (refused !== null) diagnostics.add('not_carried', 'refusal')
  for (const key of Object.keys(message)) {
    if (!byHand.has(key) && !isReasoningField(key))
      carryField(key, message[key], column, written, others, diagnostics)
  }
  Object.assign(written, reasoning.fields)
  if (column('reasoning_details') === 'provider_specific_fields' && message.reasoning_details !== undefined) {
    others.reasoning_details = message.reasoning_details
  }
  addOthers(written, others)
  const calls = carryCalls(message, written, column, diagnostics)
  if (calls.length > 0 || (Array.isArray(message.tool_calls) && message.tool_calls.length === 0)) {
    written.tool_calls = calls
  }
  diagnoseReasoning(message, written, diagnostics)
  return written
}

/** A field that is always there, or only when it says something. */
function addAlways(written: Fields, field: 'content' | 'refusal', value: unknown, column: Column): void {
  if (column(field) === '!' || value !== null) written[field] = value
}

function carryField(
  key: string,
  value: unknown,
  column: Column,
  written: Fields,
  others: Fields,
  diagnostics: ShapeDiagnostics,
): void {
  if (value === undefined) return
  const cell = column(rowOf(key))
  // OpenRouter's audio may be absent but not null; where it is all there or null, its id is required.
  if (value === null && key === 'audio' && column('audio.id') === '=') return
  if (cell === '=') {
    setField(written, key, carryInside(key, value, column, diagnostics))
  } else if (value === null) {
    // null says nothing, and a shape without the field says nothing too
  } else if (cell === 'provider_specific_fields') setField(others, key, value)
  else diagnostics.add('not_carried', key)
}

/** LiteLLM keeps what has no name of its own in one object; the message's own entries there win. */
function addOthers(written: Fields, others: Fields): void {
  if (Object.keys(others).length === 0) return
  const own = isFields(written.provider_specific_fields) ? written.provider_specific_fields : {}
  written.provider_specific_fields = { ...others, ...own }
}

function carryInside(key: string, value: unknown, column: Column, diagnostics: ShapeDiagnostics): unknown {
  if (key === 'audio' && isFields(value)) return carryObject(value, 'audio', 'audio', column, diagnostics)
  if (key === 'annotations' && Array.isArray(value)) return carryAnnotations(value, column, diagnostics)
  return value
}

function carryAnnotations(list: readonly unknown[], column: Column, diagnostics: ShapeDiagnostics): Fields[] {
  return fieldsOf(list).flatMap((annotation, i): Fields[] => {
    const path = `annotations[${i}]`
    if (column(rowBelow('annotations[]', textOf(annotation.type))) !== '=') {
      diagnostics.add('not_carried', path)
      return []
    }
    const citation = annotation.url_citation
    if (!isFields(citation)) return [annotation]
    const carried = carryObject(citation, 'url_citation', `${path}.url_citation`, column, diagnostics)
    return [{ ...annotation, url_citation: carried }]
  })
}

/** An object of which the table has a row for each key. What must be there and is not is filled in. */
function carryObject(
  source: Fields,
  name: 'audio' | 'url_citation',
  path: string,
  column: Column,
  diagnostics: ShapeDiagnostics,
): Fields {
  const carried: Fields = {}
  for (const key of Object.keys(source)) {
    const row = `${name}.${key}`
    const cell = column(isRow(row) ? row : `${name} other fields`)
    if (cell !== '') setField(carried, key, source[key])
    else diagnostics.add('not_carried', `${path}.${key}`)
  }
  for (const row of requiredKeys[name]) {
    const key = row.slice(row.indexOf('.') + 1)
    if (column(row) !== '!' || (carried[key] !== undefined && carried[key] !== null)) continue
    carried[key] = row === 'audio.expires_at' || row.endsWith('_index') ? 0 : ''
    diagnostics.add('filled_in', `${path}.${key}`)
  }
  return carried
}

const requiredKeys = {
  audio: ['audio.id', 'audio.data', 'audio.transcript', 'audio.expires_at'],
  url_citation: [
    'url_citation.url',
    'url_citation.title',
    'url_citation.start_index',
    'url_citation.end_index',
  ],
} as const satisfies { readonly [name: string]: readonly FieldName[] }

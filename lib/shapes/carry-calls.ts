import type { ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, fieldsOf, isFields, textOf } from './fields.ts'
import { type Column, type FieldName, isRow } from './table.ts'
import { isOnlySignature, signatureOnCall, thoughtSignature } from './thought-signatures.ts'

const identity: ReadonlySet<string> = new Set(['id', 'type', 'function', 'custom'])

/** The tool calls of a message for a shape, with the fields beside them that it has a place for. */
export function carryCalls(
  message: Fields,
  written: Fields,
  column: Column,
  diagnostics: ShapeDiagnostics,
): Fields[] {
  return fieldsOf(message.tool_calls).flatMap((call, i): Fields[] => {
    const path = `tool_calls[${i}]`
    if (isFields(call.custom) && column('tool_calls[] custom') !== '=') {
      diagnostics.add('not_carried', path)
      return []
    }
    return [carryCall(call, path, message, written, column, diagnostics)]
  })
}

function carryCall(
  call: Fields,
  path: string,
  message: Fields,
  written: Fields,
  column: Column,
  diagnostics: ShapeDiagnostics,
): Fields {
  const carried: Fields = { id: textOf(call.id), type: textOf(call.type) || 'function', ...innerOf(call) }
  addSignature(carried, call, message, column)
  for (const key of Object.keys(call)) {
    const value = call[key]
    if (identity.has(key) || value === null || value === undefined) continue
    if (column(rowOfCall(key)) === '=') carried[key] ??= value
    else if (!isSignatureCarried(key, value, call, carried, written)) {
      diagnostics.add('not_carried', `${path}.${key}`)
    }
  }
  return carried
}

function innerOf(call: Fields): Fields {
  if (isFields(call.custom)) {
    return { custom: { name: textOf(call.custom.name), input: textOf(call.custom.input) } }
  }
  const inner = isFields(call.function) ? call.function : {}
  return { function: { name: textOf(inner.name), arguments: argumentsText(inner.arguments) } }
}

/** Mistral's SDK and Ollama's own API hand arguments out parsed. */
export function argumentsText(value: unknown): string {
  return isFields(value) || Array.isArray(value) ? JSON.stringify(value) : textOf(value)
}

function rowOfCall(key: string): FieldName {
  const row = `tool_calls[].${key}`
  return isRow(row) ? row : 'tool_calls[] other fields'
}

/** Gemini's signature, in the place the shape has for it. */
function addSignature(carried: Fields, call: Fields, message: Fields, column: Column): void {
  const signature = thoughtSignature(call, message)
  if (signature === '') return
  const has = (field: FieldName) => column(field) === '='
  const inExtra = has('tool_calls[].extra_content') && call.extra_content === undefined
  const inFields = has('tool_calls[].provider_specific_fields')
  if (has('tool_calls[].thought_signature')) carried.thought_signature = signature
  else if (inExtra) carried.extra_content = { google: { thought_signature: signature } }
  else if (inFields && signatureOnCall({ provider_specific_fields: call.provider_specific_fields }) === '') {
    const fields = isFields(call.provider_specific_fields) ? call.provider_specific_fields : {}
    carried.provider_specific_fields = { ...fields, thought_signature: signature }
  }
}

/** The field had the signature only, and the signature is in the written message, on the call or in the details. */
function isSignatureCarried(
  key: string,
  value: unknown,
  call: Fields,
  carried: Fields,
  written: Fields,
): boolean {
  if (key !== 'thought_signature' && !isOnlySignature(key, value)) return false
  const signature = signatureOnCall(call)
  return signatureOnCall(carried) === signature || thoughtSignature({ id: call.id }, written) === signature
}

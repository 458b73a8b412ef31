import type { ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, filled, isFields, textOf } from './fields.ts'
import {
  allBlocks,
  bestBlocks,
  detailBlocks,
  flatKeys,
  isAnthropic,
  isSealed,
  type ReasoningBlock,
  textOfBlocks,
} from './reasoning-blocks.ts'
import type { Column, FieldName } from './table.ts'
import { geminiFormat, signatureDetails } from './thought-signatures.ts'

/** The fields that hold reasoning. Those a shape has go over as they are; the others are written into those. */
const reasoningFields = [
  'reasoning',
  'reasoning_content',
  'reasoning_text',
  'reasoning_signature',
  'redacted_reasoning',
  'reasoning_details',
  'thinking_blocks',
] as const satisfies readonly FieldName[]

export const isReasoningField: (field: string) => boolean = (field) =>
  (reasoningFields as readonly string[]).includes(field)

/** What a shape gets: fields of the message, and parts that stand before its content. */
export interface CarriedReasoning {
  readonly fields: Fields
  readonly parts: Fields[]
}

/** Brings the reasoning of a message into the places a shape has for it. */
export function carryReasoning(message: Fields, column: Column): CarriedReasoning {
  const has = (field: FieldName) => column(field) === '='
  const fields: Fields = {}
  for (const field of reasoningFields) {
    if (has(field) && message[field] !== undefined) fields[field] = message[field]
  }
  // Several pieces of ciphertext are a list; where one text is asked for, they have no place.
  if (Array.isArray(fields.redacted_reasoning)) delete fields.redacted_reasoning
  const blocks = bestBlocks(message)
  const foreign = blocks.filter((block) => !isNative(block, fields, has))
  const parts = partsOf(foreign, has)
  // A thought that is now a part would be said twice: in the part, and flat.
  for (const key of flatKeys) {
    if (parts.some((part) => part.reasoning === fields[key])) delete fields[key]
  }
  Object.assign(fields, sealedFields(foreign, fields, has))
  addSignatures(message, fields, has)
  addFlatText(message, foreign, fields, parts, has)
  return { fields, parts }
}

/** Does the block's own carrier go over unchanged? Plain text is looked after by itself. */
function isNative(block: ReasoningBlock, fields: Fields, has: (field: FieldName) => boolean): boolean {
  const { carrier, part, data, signature } = block
  if (part !== undefined) return isNativePart(part, has)
  if (carrier !== 'flat') return carrier !== 'content' && has(carrier)
  if (data !== '') return fields.redacted_reasoning !== undefined
  return signature !== '' && has('reasoning_signature')
}

/** orq.ai's reasoning parts have text and signature; Databricks' parts of the same name do not. */
export function isNativePart(part: Fields, has: (field: FieldName) => boolean): boolean {
  if (part.type === 'thinking') return has('content[] thinking')
  if (part.type === 'redacted_reasoning') return has('content[] redacted_reasoning')
  const isOrq = typeof part.reasoning === 'string' && typeof part.signature === 'string'
  return part.type === 'reasoning' && isOrq && has('content[] reasoning')
}

/** Parts before the content: orq.ai's dataset for what is sealed, Mistral for every thought that can be read. */
function partsOf(blocks: readonly ReasoningBlock[], has: (field: FieldName) => boolean): Fields[] {
  if (has('content[] thinking')) {
    return blocks
      .filter((block) => block.text !== '')
      .map(({ text }) => ({ type: 'thinking', thinking: [{ type: 'text', text }], closed: true }))
  }
  if (!has('content[] reasoning')) return []
  return blocks
    .filter((block) => isSealed(block) && isAnthropic(block))
    .map((block) =>
      block.data === ''
        ? { type: 'reasoning', reasoning: block.text, signature: block.signature }
        : { type: 'redacted_reasoning', data: block.data },
    )
}

/** What is sealed, in the first place for it that the message has not filled itself. */
function sealedFields(
  blocks: readonly ReasoningBlock[],
  fields: Fields,
  has: (field: FieldName) => boolean,
): Fields {
  if (!blocks.some(isSealed)) return {}
  if (has('reasoning_details') && fields.reasoning_details === undefined) {
    return { reasoning_details: blocks.map(toDetail) }
  }
  const anthropic = blocks.filter((block) => isSealed(block) && isAnthropic(block))
  if (has('thinking_blocks') && fields.thinking_blocks === undefined) {
    return anthropic.length === 0 ? {} : { thinking_blocks: anthropic.map(toThinkingBlock) }
  }
  if (!has('reasoning_signature') || has('content[] reasoning')) return {}
  return flatSeals(blocks, anthropic, fields)
}

/** One field holds one signature: it proves the whole text, so the text must be of one block. */
function flatSeals(
  blocks: readonly ReasoningBlock[],
  anthropic: readonly ReasoningBlock[],
  fields: Fields,
): Fields {
  const signed = anthropic.filter((block) => block.signature !== '')
  const redacted = anthropic.filter((block) => block.data !== '')
  const said = flatKeys.map((key) => textOf(fields[key])).find((text) => text !== '')
  const isWhole =
    signed.length === 1 &&
    blocks.filter((block) => block.text !== '').length === 1 &&
    (said === undefined || said === signed[0]?.text)
  return filled({
    reasoning_signature: isWhole ? signed[0]?.signature : '',
    redacted_reasoning: redacted.length === 1 ? redacted[0]?.data : '',
  })
}

function toDetail(block: ReasoningBlock, index: number): Fields {
  const { entry, text, signature, data, format } = block
  if (entry !== undefined) return entry
  return data === ''
    ? { type: 'reasoning.text', text, ...filled({ signature, format }), index }
    : { type: 'reasoning.encrypted', data, ...filled({ format }), index }
}

function toThinkingBlock({ text, signature, data }: ReasoningBlock): Fields {
  return data === '' ? { type: 'thinking', thinking: text, signature } : { type: 'redacted_thinking', data }
}

/** The signatures of tool calls, for the shape that keeps them among the details. */
function addSignatures(message: Fields, fields: Fields, has: (field: FieldName) => boolean): void {
  if (!has('reasoning_details') || message.reasoning_details !== undefined) return
  const written = Array.isArray(fields.reasoning_details) ? fields.reasoning_details : []
  const signatures = signatureDetails(message, written.length)
  if (signatures.length > 0) fields.reasoning_details = [...written, ...signatures]
}

/**
 * The readable text under the shape's own key, unless one is there already: the text that came under another key,
 * or that of blocks the shape has no place for.
 */
function addFlatText(
  message: Fields,
  foreign: readonly ReasoningBlock[],
  fields: Fields,
  parts: readonly Fields[],
  has: (field: FieldName) => boolean,
): void {
  const key = flatKeys.find(has)
  if (key === undefined || flatKeys.some((name) => textOf(fields[name]) !== '')) return
  const inParts = new Set(parts.map((part) => part.reasoning))
  const other = flatKeys.map((name) => textOf(message[name])).find((text) => text !== '') ?? ''
  const text = other || textOfBlocks(foreign)
  const rest = textOfBlocks(foreign.filter((block) => !inParts.has(block.text)))
  if (parts.length === 0 ? text !== '' : rest !== '') fields[key] = parts.length === 0 ? text : rest
}

/**
 * Names what of the reasoning is not found again in what was written. The written message is read by the same
 * reader, so a block counts as carried only if it really is.
 */
export function diagnoseReasoning(message: Fields, written: Fields, diagnostics: ShapeDiagnostics): void {
  const found = [...allBlocks(written), ...keptDetails(written)]
  const texts = [...found.map(({ text }) => text), textOfBlocks(found)].filter((text) => text !== '')
  for (const key of flatKeys) if (textOf(written[key]) !== '') texts.push(textOf(written[key]))
  const blocks = allBlocks(message)
  const losses = blocks.map((block) => lossesOf(block, texts, found, written))
  for (const [path, lost] of groupByCarrier(blocks, losses)) {
    for (const field of lost) diagnostics.add('not_carried', field === '' ? path : field)
  }
  for (const key of flatKeys) {
    const text = textOf(message[key])
    if (text !== '' && !texts.some((other) => other.includes(text))) diagnostics.add('not_carried', key)
  }
  diagnoseEmptyLists(message, written, diagnostics)
}

/** The paths of what a block lost; the block's own path if it lost everything. */
function lossesOf(
  block: ReasoningBlock,
  texts: readonly string[],
  found: readonly ReasoningBlock[],
  written: Fields,
): string[] {
  const { path, keys, text, signature, data, entry } = block
  const has = {
    text: text === '' || texts.some((other) => other.includes(text)),
    signature: signature === '' || found.some((other) => other.signature === signature),
    data: data === '' || found.some((other) => other.data === data) || isOnCall(block, written),
    entry: entry === undefined || found.some((other) => other.entry === entry),
  }
  if (!has.entry) return [path]
  const lost = (['text', 'signature', 'data'] as const).filter((key) => !has[key])
  const held = (['text', 'signature', 'data'] as const).filter((key) => block[key] !== '')
  if (lost.length === 0) return []
  return path !== '' && lost.length === held.length ? [path] : lost.map((key) => path + keys[key])
}

/** LiteLLM's place for the details of others: unchanged, under their own name. */
function keptDetails(written: Fields): ReasoningBlock[] {
  const kept = written.provider_specific_fields
  return isFields(kept) ? detailBlocks(kept.reasoning_details) : []
}

function isOnCall(block: ReasoningBlock, written: Fields): boolean {
  if (block.format !== geminiFormat || !Array.isArray(written.tool_calls)) return false
  return JSON.stringify(written.tool_calls).includes(JSON.stringify(block.data))
}

/** A carrier of which nothing went over is named once, by its field. */
function groupByCarrier(
  blocks: readonly ReasoningBlock[],
  losses: readonly string[][],
): Map<string, string[]> {
  const grouped = new Map<string, string[]>()
  for (const carrier of ['reasoning_details', 'thinking_blocks', 'content', 'flat'] as const) {
    const own = blocks
      .map((block, i) => ({ block, lost: losses[i] ?? [] }))
      .filter(({ block }) => block.carrier === carrier)
    const isGone =
      own.length > 0 && own.every(({ block, lost }) => lost.includes(block.path) && block.path !== '')
    const isList = carrier === 'reasoning_details' || carrier === 'thinking_blocks'
    grouped.set(carrier, isGone && isList ? [''] : own.flatMap(({ lost }) => lost))
  }
  return grouped
}

/** An empty list was sent and means something (DeepSeek V4 at OpenRouter): it is not the same as none. */
function diagnoseEmptyLists(message: Fields, written: Fields, diagnostics: ShapeDiagnostics): void {
  for (const field of ['reasoning_details', 'thinking_blocks'] as const) {
    const value = message[field]
    const kept = written.provider_specific_fields
    const isKept = written[field] !== undefined || (isFields(kept) && kept[field] !== undefined)
    if (Array.isArray(value) && value.length === 0 && !isKept) diagnostics.add('not_carried', field)
  }
}

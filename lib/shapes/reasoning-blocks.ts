import { type Fields, fieldsOf, isFields, textOf } from './fields.ts'

/**
 * One piece of reasoning, whoever carries it: readable text, perhaps with the signature that proves it, or data
 * only its provider can read. Empty where the carrier has nothing. `path`: where it stands in the message.
 */
export interface ReasoningBlock {
  readonly carrier: ReasoningCarrier
  readonly path: string
  readonly text: string
  readonly signature: string
  readonly data: string
  /** Whose signature or data it is: OpenRouter's `format`. */
  readonly format: string
  /** A Gemini signature has the id of the tool call it belongs to. */
  readonly id: string
  /** A kind of entry that has no other form (a tool the server ran): it goes over unchanged or not at all. */
  readonly entry: Fields | undefined
  /** The part of the content that it is. */
  readonly part: Fields | undefined
  /** The keys that hold the three, for diagnostics. */
  readonly keys: { readonly text: string; readonly signature: string; readonly data: string }
}

export type ReasoningCarrier = 'reasoning_details' | 'thinking_blocks' | 'content' | 'flat'

/** The keys of plain reasoning text, in the order in which one is believed. */
export const flatKeys = ['reasoning_content', 'reasoning', 'reasoning_text'] as const

const nothing = {
  text: '',
  signature: '',
  data: '',
  format: '',
  id: '',
  entry: undefined,
  part: undefined,
  keys: { text: '', signature: '.signature', data: '.data' },
}

/** Every block of a message, of every carrier. */
export function allBlocks(message: Fields): ReasoningBlock[] {
  return [
    ...detailBlocks(message.reasoning_details),
    ...thinkingBlocks(message.thinking_blocks),
    ...partBlocks(message.content),
    ...flatBlocks(message),
  ]
}

/** The blocks of the carrier that says most: the same thought often comes flat and in entries. */
export function bestBlocks(message: Fields): ReasoningBlock[] {
  for (const blocks of [detailBlocks(message.reasoning_details), thinkingBlocks(message.thinking_blocks)]) {
    if (blocks.length > 0) return withFlatText(blocks, message)
  }
  const parts = partBlocks(message.content)
  return parts.length > 0 ? parts : flatBlocks(message)
}

/** Where the entries are all unreadable (encrypted), the flat text beside them is what a reader gets. */
function withFlatText(blocks: ReasoningBlock[], message: Fields): ReasoningBlock[] {
  if (blocks.some((block) => block.text !== '')) return blocks
  return [...flatBlocks(message).filter((block) => block.text !== ''), ...blocks]
}

export function detailBlocks(value: unknown): ReasoningBlock[] {
  return fieldsOf(value).map((entry, i): ReasoningBlock => {
    const type = textOf(entry.type)
    const known = type === 'reasoning.text' || type === 'reasoning.summary' || type === 'reasoning.encrypted'
    const isReadable = known || (type === '' && typeof entry.text === 'string') // MiniMax sends `{text}` alone
    const textKey = type === 'reasoning.summary' ? 'summary' : 'text'
    return {
      carrier: 'reasoning_details',
      path: `reasoning_details[${i}]`,
      text: textOf(entry[textKey]),
      signature: textOf(entry.signature),
      data: type === 'reasoning.encrypted' ? textOf(entry.data) : '',
      format: textOf(entry.format),
      id: textOf(entry.id),
      entry: isReadable ? undefined : entry,
      part: undefined,
      keys: { text: `.${textKey}`, signature: '.signature', data: '.data' },
    }
  })
}

export function thinkingBlocks(value: unknown): ReasoningBlock[] {
  return fieldsOf(value).map(
    (block, i): ReasoningBlock => ({
      ...nothing,
      carrier: 'thinking_blocks',
      path: `thinking_blocks[${i}]`,
      text: textOf(block.thinking),
      signature: textOf(block.signature),
      data: textOf(block.data),
      keys: { ...nothing.keys, text: '.thinking' },
    }),
  )
}

/** The parts of content that reason: Mistral's thinking, Databricks' and orq.ai's reasoning, orq.ai's redacted. */
export function partBlocks(content: unknown): ReasoningBlock[] {
  if (!Array.isArray(content)) return []
  return content.flatMap((part, i): ReasoningBlock[] => {
    if (!isFields(part) || !isReasoningPart(part)) return []
    return [
      {
        ...nothing,
        carrier: 'content',
        path: `content[${i}]`,
        text: textOfPart(part),
        signature: textOf(part.signature),
        data: part.type === 'redacted_reasoning' ? textOf(part.data) : '',
        part,
      },
    ]
  })
}

export function isReasoningPart(part: Fields): boolean {
  return part.type === 'thinking' || part.type === 'reasoning' || part.type === 'redacted_reasoning'
}

export function textOfPart(part: Fields): string {
  const inner = part.type === 'thinking' ? part.thinking : part.summary
  return (
    textOf(part.reasoning) +
    fieldsOf(inner)
      .map((item) => textOf(item.text))
      .join('')
  )
}

/** Flat keys: one text with at most one signature (orq.ai), and encrypted pieces beside it. */
export function flatBlocks(message: Fields): ReasoningBlock[] {
  const signature = textOf(message.reasoning_signature)
  const key = flatKeys.find((name) => textOf(message[name]) !== '')
  const text: ReasoningBlock[] =
    key === undefined && signature === ''
      ? []
      : [
          {
            ...nothing,
            carrier: 'flat',
            path: '',
            text: key === undefined ? '' : textOf(message[key]),
            signature,
            keys: { text: key ?? 'reasoning', signature: 'reasoning_signature', data: '' },
          },
        ]
  return [...text, ...redactedBlocks(message.redacted_reasoning)]
}

/** Several pieces stay a list: two ciphertexts joined could not be read any more. */
function redactedBlocks(value: unknown): ReasoningBlock[] {
  const pieces = Array.isArray(value) ? value : [value]
  return pieces
    .filter((piece) => textOf(piece) !== '')
    .map(
      (piece): ReasoningBlock => ({
        ...nothing,
        carrier: 'flat',
        path: '',
        data: textOf(piece),
        keys: { text: '', signature: '', data: 'redacted_reasoning' },
      }),
    )
}

export function textOfBlocks(blocks: readonly ReasoningBlock[]): string {
  return blocks.map((block) => block.text).join('')
}

/** Is it something only its provider can check or read? Then it needs a place of its own. */
export function isSealed(block: ReasoningBlock): boolean {
  return block.signature !== '' || block.data !== ''
}

const anthropic: ReadonlySet<string> = new Set(['', 'unknown', 'anthropic-claude-v1'])

/** Fields without a format (thinking_blocks, orq.ai's) hold Anthropic's seals; another provider's would be refused. */
export function isAnthropic(block: ReasoningBlock): boolean {
  return anthropic.has(block.format)
}

import { type Fields, fieldsOf, isFields, textOf, without } from './fields.ts'
import {
  detailBlocks,
  flatBlocks,
  flatKeys,
  isReasoningPart,
  type ReasoningBlock,
  textOfPart,
  thinkingBlocks,
} from './reasoning-blocks.ts'

/** A part both AI SDK messages have: text, thought or file, with metadata by provider. */
export interface AiPart {
  readonly type: 'text' | 'reasoning' | 'file' | 'other'
  readonly text: string
  readonly metadata: Fields | undefined
  /** Of a file. */
  readonly url: string
  readonly mediaType: string
  readonly filename: string
  /** A part that has no such form. */
  readonly part: Fields | undefined
}

const blank = { text: '', metadata: undefined, url: '', mediaType: '', filename: '', part: undefined }

/** The reasoning that stands before the content, as parts; and what of it these do not hold. */
export function reasoningParts(message: Fields): { parts: AiPart[]; rest: Fields } {
  const details = detailBlocks(message.reasoning_details).filter((block) => block.text !== '')
  const thinking = thinkingBlocks(message.thinking_blocks)
  const flat = flatBlocks(message)
  const isEntries = Array.isArray(message.reasoning_details)
  const blocks = details.length > 0 ? details : thinking.length > 0 && !isEntries ? thinking : flat
  const parts = blocks.map(
    (block): AiPart => ({
      ...blank,
      type: 'reasoning',
      text: block.text,
      metadata: isEntries ? undefined : sealOf(block),
    }),
  )
  const shown = blocks.map((block) => block.text).join('')
  const rest: Fields = {}
  for (const key of flatKeys) {
    if (typeof message[key] === 'string' && !shown.includes(message[key])) rest[key] = message[key]
  }
  if (message.thinking_blocks !== undefined && blocks !== thinking)
    rest.thinking_blocks = message.thinking_blocks
  if (blocks !== flat || isEntries) {
    for (const key of ['reasoning_signature', 'redacted_reasoning']) {
      if (message[key] !== undefined) rest[key] = message[key]
    }
  }
  return { parts, rest }
}

/** As the AI SDK's Anthropic provider keeps it; it is the only one with signed text and redacted blocks. */
function sealOf({ signature, data }: ReasoningBlock): Fields | undefined {
  if (data !== '') return { anthropic: { redactedData: data } }
  return signature === '' ? undefined : { anthropic: { signature } }
}

/** The content as parts, in order. */
export function contentParts(content: unknown): AiPart[] {
  if (typeof content === 'string') return [{ ...blank, type: 'text', text: content }]
  return fieldsOf(content).map((part) => contentPart(part))
}

function contentPart(part: Fields): AiPart {
  if (part.type === 'text')
    return { ...blank, type: 'text', text: textOf(part.text), metadata: keptIn(part, ['text']) }
  if (isReasoningPart(part)) {
    const text = textOfPart(part)
    return {
      ...blank,
      type: 'reasoning',
      text,
      metadata: keptIn(part, part.type === 'reasoning' ? ['reasoning'] : []),
    }
  }
  const file = isFields(part.file) ? part.file : {}
  if (part.type === 'file' && typeof file.file_data === 'string' && typeof part.media_type === 'string') {
    const [url, mediaType, filename] = [file.file_data, part.media_type, textOf(file.filename)]
    return {
      ...blank,
      type: 'file',
      url,
      mediaType,
      filename,
      metadata: keptIn(part, ['file', 'media_type']),
    }
  }
  const url = isFields(part.image_url) ? textOf(part.image_url.url) : textOf(part.image_url)
  if (part.type === 'image_url' && url !== '') {
    return { ...blank, type: 'file', url, mediaType: mediaTypeOf(url), metadata: { deltafold: { part } } }
  }
  return { ...blank, type: 'other', part }
}

/** Metadata of a part with only these keys and the metadata itself; with more, the part as a whole is kept. */
function keptIn(part: Fields, keys: readonly string[]): Fields | undefined {
  const rest = without(part, new Set(['type', 'provider_metadata', ...keys]))
  if (rest !== undefined || keys.length === 0) return { deltafold: { part } }
  return isFields(part.provider_metadata) ? part.provider_metadata : undefined
}

/** The generated images of a message, as files. */
export function imageParts(images: unknown): AiPart[] {
  return fieldsOf(images).map((image): AiPart => {
    const url = isFields(image.image_url) ? textOf(image.image_url.url) : ''
    const mediaType = textOf(image.media_type) || mediaTypeOf(url)
    const filename = textOf(image.filename)
    const rest = without(image, new Set(['type', 'image_url', 'media_type', 'filename']))
    const isPlain = rest === undefined && image.type === 'image_url'
    return {
      ...blank,
      type: 'file',
      url,
      mediaType,
      filename,
      metadata: isPlain ? undefined : { deltafold: { image } },
    }
  })
}

export function mediaTypeOf(url: string): string {
  return /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/*'
}

/** A file of the AI SDK: an image the model made, or a part of the content. */
export function imageOf(url: string, mediaType: string, filename: string): Fields {
  return {
    type: 'image_url',
    image_url: { url },
    ...(mediaType !== mediaTypeOf(url) && { media_type: mediaType }),
    ...(filename !== '' && { filename }),
  }
}

export function fileOf(url: string, mediaType: string, filename: string): Fields {
  return {
    type: 'file',
    file: { file_data: url, ...(filename !== '' && { filename }) },
    media_type: mediaType,
  }
}

/** Can these thoughts be told apart by what the AI SDK's own providers keep on them? Else they stay parts. */
export function isKnownSeal(metadata: Fields): boolean {
  const [provider, ...more] = Object.keys(metadata)
  if (provider === undefined) return true
  const inner = metadata[provider]
  const keys = isFields(inner) ? Object.keys(inner).join() : ''
  if (more.length > 0) return false
  if (provider === 'openrouter') return keys === 'reasoning_details'
  return provider === 'anthropic' && (keys === 'signature' || keys === 'redactedData')
}

/** The fields of ours that hold the thoughts an AI SDK message begins with. */
export function reasoningFields(
  thoughts: readonly { text: string; metadata: Fields }[],
  details: unknown,
  others: Fields,
): Fields {
  const text = thoughts.map((thought) => thought.text).join('')
  // Two texts under two names: the one that is shown is the one that is believed first.
  const key = typeof others.reasoning === 'string' ? 'reasoning_content' : 'reasoning'
  if (Array.isArray(details)) return { ...(text !== '' && { [key]: text }), reasoning_details: details }
  const [only, ...more] = thoughts
  if (only === undefined) return {}
  const isPlain = Object.keys(only.metadata).length === 0
  if (more.length === 0 && isPlain && only.text !== '') return { [key]: only.text }
  return { thinking_blocks: thoughts.map(toThinkingBlock) }
}

function toThinkingBlock({ text, metadata }: { text: string; metadata: Fields }): Fields {
  const seal = isFields(metadata.anthropic) ? metadata.anthropic : {}
  if (typeof seal.redactedData === 'string') return { type: 'redacted_thinking', data: seal.redactedData }
  const { signature } = seal
  return { type: 'thinking', thinking: text, ...(typeof signature === 'string' && { signature }) }
}

export function openrouterDetails(metadata: Fields): unknown {
  return isFields(metadata.openrouter) ? metadata.openrouter.reasoning_details : undefined
}

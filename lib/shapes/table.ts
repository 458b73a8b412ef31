/** The systems whose message we can write and read, by the name the command takes. */
export const shapeNames = [
  'openai',
  'openrouter',
  'openrouter-sdk',
  'orq',
  'orq-dataset',
  'reasoning-content',
  'litellm',
  'mistral',
  'ai-ui',
  'ai-model',
  'langchain',
] as const

export type ShapeName = (typeof shapeNames)[number]

/**
 * Where a shape keeps a field of ours.
 *
 * - `=`: under its own name, unchanged. `!`: the same, and always there: filled in if the message has none.
 * - `''`: nowhere. It is left out, and a diagnostic names it.
 * - anything else: the place it goes to. Reasoning goes there in the form of that place.
 */
export type Cell = string

/** openrouter-sdk has no column of its own: it is openrouter in camelCase. */
const columns = [
  'openai',
  'openrouter',
  'orq',
  'orq-dataset',
  'reasoning-content',
  'litellm',
  'mistral',
  'ai-ui',
  'ai-model',
  'langchain',
] as const

type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]

const psf = 'provider_specific_fields'
const rsn = 'reasoning'
const rc = 'reasoning_content'
const details = 'reasoning_details'
const blocks = 'thinking_blocks'
const thinking = 'content[] thinking'
const signed = 'content[] reasoning'
const redacted = 'content[] redacted_reasoning'
const openrouter = 'providerOptions.openrouter'
const source = 'source-url part'

/** The last three columns: what has no place of its own, thoughts, tool calls, texts, files, citations. */
const others = ['data part', 'providerOptions.deltafold', 'additional_kwargs'] as const
const thoughts = ['reasoning part', 'reasoning part', 'additional_kwargs'] as const
const thoughtParts = ['reasoning part', 'reasoning part', '='] as const
const calls = ['dynamic-tool part', 'tool-call part', 'additional_kwargs.tool_calls'] as const
const texts = ['text part', 'text part', '='] as const
const files = ['file part', 'file part', '='] as const
const parts = ['data part', 'providerOptions.deltafold', '='] as const
/** A page shows it as the text it is: what streams to one has no other word for it. */
const refused = ['text part', 'providerOptions.deltafold', 'additional_kwargs'] as const
const citations = [source, openrouter, 'additional_kwargs'] as const
const detailed = ['reasoning part', openrouter, 'additional_kwargs'] as const

/**
 * THE TABLE: field of our message → where each shape keeps it. `[]` is an entry of a list, by its type. Columns:
 * openai, openrouter, orq, orq-dataset, reasoning-content, litellm, mistral, then ai-ui, ai-model, langchain.
 *
 * A row that ends in `other` or `other fields` speaks for every field that has no row of its own.
 */
export const fieldRows = {
  role: ['!', '!', '!', '!', '!', '!', '!', '!', '!', 'type'],
  content: ['!', '!', '!', '=', '!', '!', '=', 'text part', 'text part', '!'],
  'content[] text': ['content', '=', 'content', '=', 'content', 'content', '=', ...texts],
  'content[] refusal': ['refusal', 'refusal', 'refusal', '=', 'refusal', psf, '', ...parts],
  'content[] thinking': ['', rsn, rsn, rc, rc, rc, '=', ...thoughtParts],
  'content[] reasoning': ['', rsn, rsn, '=', rc, rc, thinking, ...thoughtParts],
  'content[] redacted_reasoning': ['', details, 'redacted_reasoning', '=', '', blocks, '', ...thoughtParts],
  'content[] image_url': ['', '=', '', '', '', '', '=', ...files],
  'content[] video_url': ['', '=', '', '', '', '', '', ...parts],
  'content[] input_audio': ['', '=', '', '', '', '', '=', ...parts],
  'content[] file': ['', '=', '', '', '', '', '=', ...parts],
  'content[] document_url': ['', '', '', '', '', '', '=', ...parts],
  'content[] reference': ['', '', '', '', '', '', '=', ...parts],
  'content[] other': ['', '', '', '', '', '', '', ...parts],
  refusal: ['!', '!', '!', '=', '!', psf, '', ...refused],
  name: ['', '=', '', '=', '', psf, '', 'data part', 'providerOptions.deltafold', '='],
  tool_calls: ['=', '=', '=', '=', '=', '=', '=', 'dynamic-tool part', 'tool-call part', '='],
  'tool_calls[] custom': ['=', '', '', '', '', '', '', ...calls],
  'tool_calls[].index': ['', '', '=', '', '', '', '=', ...calls],
  'tool_calls[].thought_signature': ['', details, '=', '=', '', psf, '', ...calls],
  'tool_calls[].extra_content': [
    '',
    details,
    'thought_signature',
    'thought_signature',
    '',
    psf,
    '',
    ...calls,
  ],
  'tool_calls[].provider_specific_fields': [
    ...['', details, 'thought_signature', 'thought_signature', '', '=', ''],
    ...calls,
  ],
  'tool_calls[] other fields': ['', '', '', '', '', '', '', ...calls],
  function_call: ['=', '', '', '', '', '=', '', ...others],
  audio: ['=', '=', '=', '=', '', '=', '', ...others],
  'audio.id': ['!', '=', '!', '!', '', '!', '', ...others],
  'audio.data': ['!', '=', '!', '', '', '!', '', ...others],
  'audio.transcript': ['!', '=', '!', '', '', '!', '', ...others],
  'audio.expires_at': ['!', '=', '!', '', '', '!', '', ...others],
  'audio other fields': ['', '', '', '', '', '', '', ...others],
  annotations: ['=', '=', '', '', '', '=', '', ...citations],
  'annotations[] url_citation': ['=', '=', '', '', '', '=', '', ...citations],
  'annotations[] other': ['', '=', '', '', '', '=', '', 'data part', openrouter, 'additional_kwargs'],
  'url_citation.url': ['!', '=', '', '', '', '=', '', ...citations],
  'url_citation.title': ['!', '=', '', '', '', '=', '', ...citations],
  'url_citation.start_index': ['!', '=', '', '', '', '=', '', ...citations],
  'url_citation.end_index': ['!', '=', '', '', '', '=', '', ...citations],
  'url_citation other fields': ['', '=', '', '', '', '=', '', ...citations],
  images: ['', '=', '', '', '', '=', '', 'file part', 'file part', 'additional_kwargs'],
  reasoning: ['', '=', '=', '=', rc, rc, thinking, ...thoughts],
  reasoning_content: ['', rsn, rsn, '=', '=', '=', thinking, ...thoughts],
  reasoning_text: ['', rsn, rsn, rc, rc, rc, thinking, ...thoughts],
  reasoning_signature: ['', details, '=', '=', '', blocks, '', ...thoughts],
  redacted_reasoning: ['', details, '=', '=', '', blocks, '', ...thoughts],
  reasoning_opaque: ['', '', '', '', '', psf, '', ...others],
  reasoning_details: ['', '=', rsn, rc, rc, psf, thinking, ...detailed],
  'reasoning_details[].signature': ['', '=', 'reasoning_signature', signed, '', psf, '', ...detailed],
  'reasoning_details[].data': ['', '=', 'redacted_reasoning', redacted, '', psf, '', ...detailed],
  thinking_blocks: ['', rsn, rsn, rc, rc, '=', thinking, ...thoughts],
  'thinking_blocks[].signature': ['', details, 'reasoning_signature', signed, '', '=', '', ...thoughts],
  'thinking_blocks[].data': ['', details, 'redacted_reasoning', redacted, '', '=', '', ...thoughts],
  executed_tools: ['', '', '', '', '', psf, '', ...others],
  channel: ['', '', '', '', '', psf, '', ...others],
  extra_content: ['', '', '', '', '', psf, '', ...others],
  provider_specific_fields: ['', '', '', '', '', '=', '', ...others],
  provider_metadata: ['', '', '', '', '', psf, '', ...others],
  model: ['', '=', '', '', '', psf, '', ...others],
  prefix: ['', '', '', '', '', psf, '=', ...others],
  id: ['', '', '', '', '', psf, '', '=', 'providerOptions.deltafold', '='],
  metadata: ['', '', '', '', '', psf, '', '=', 'providerOptions.deltafold', 'additional_kwargs'],
  response_metadata: ['', '', '', '', '', psf, '', ...parts],
  usage_metadata: ['', '', '', '', '', psf, '', ...parts],
  'other fields': ['', '', '', '', '', psf, '', ...others],
} as const satisfies { readonly [field: string]: Row }

export type FieldName = keyof typeof fieldRows

export const fieldNames = Object.keys(fieldRows) as FieldName[] // the keys of an object literal

const rows: ReadonlyMap<string, Row> = new Map(Object.entries(fieldRows))

/** Field → cell, of one shape or of one provider's requests. */
export type Column = (field: FieldName) => Cell

export function columnOf(shape: ShapeName): Column {
  const at = columns.indexOf(shape === 'openrouter-sdk' ? 'openrouter' : shape)
  return (field) => fieldRows[field][at] ?? ''
}

/** The row that speaks for a field of the message. */
export function rowOf(field: string): FieldName {
  return isRow(field) ? field : 'other fields'
}

/** The row of an entry or a key below a field: its own, or the one for all others. */
export function rowBelow(field: 'content[]' | 'annotations[]', type: string): FieldName {
  const row = `${field} ${type}`
  return isRow(row) ? row : `${field} other`
}

export function isRow(field: string): field is FieldName {
  return rows.has(field)
}

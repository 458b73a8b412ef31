import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { columnOf } from '../../lib/shapes/table.ts'
import {
  type Cell,
  type FieldName,
  fieldNames,
  providersAsMarkdown,
  providersMarkers,
  type ShapeName,
  shapeNames,
  tableAsMarkdown,
  tableMarkers,
  toMessage,
} from '../../lib/shapes.ts'
import type { ChatCompletionResponseMessage } from '../../lib/wire/index.ts'

/** What is looked for in the written message. It survives being a key's value, a text, or base64. */
const MARK = 'bWFyaw=='

type Fields = Record<string, unknown>

const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }
const citation = { url: 'https://a.example', title: 't', start_index: 1, end_index: 2 }
const sound = { id: 'audio_1', data: 'AAAA', transcript: 't', expires_at: 7 }

const withPart = (part: Fields): Fields => ({ content: [part, { type: 'text', text: 'Hi' }] })
const withCall = (fields: Fields): Fields => ({ content: null, tool_calls: [{ ...call, ...fields }] })
const withSound = (fields: Fields): Fields => ({ content: null, audio: { ...sound, ...fields } })
const withCitation = (fields: Fields): Fields => ({
  annotations: [{ type: 'url_citation', url_citation: { ...citation, ...fields } }],
})

/** Fields → a message that has this one, with the mark in it. */
const samples: { readonly [Field in FieldName]: Fields } = {
  role: { role: MARK },
  content: { content: MARK },
  'content[] text': withPart({ type: 'text', text: MARK }),
  'content[] refusal': { refusal: null, ...withPart({ type: 'refusal', refusal: MARK }) },
  'content[] thinking': withPart({ type: 'thinking', thinking: [{ type: 'text', text: MARK }] }),
  'content[] reasoning': withPart({ type: 'reasoning', reasoning: MARK, signature: 's' }),
  'content[] redacted_reasoning': withPart({ type: 'redacted_reasoning', data: MARK }),
  'content[] image_url': withPart({ type: 'image_url', image_url: { url: `data:image/png;base64,${MARK}` } }),
  'content[] video_url': withPart({ type: 'video_url', video_url: { url: MARK } }),
  'content[] input_audio': withPart({ type: 'input_audio', input_audio: { data: MARK, format: 'wav' } }),
  'content[] file': withPart({ type: 'file', file_id: MARK }),
  'content[] document_url': withPart({ type: 'document_url', document_url: MARK }),
  'content[] reference': withPart({ type: 'reference', reference_ids: [MARK] }),
  'content[] other': withPart({ type: 'hologram', hologram: MARK }),
  refusal: { content: null, refusal: MARK },
  name: { name: MARK },
  tool_calls: withCall({ id: MARK }),
  'tool_calls[] custom': { tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'f', input: MARK } }] },
  'tool_calls[].index': withCall({ index: MARK }),
  'tool_calls[].thought_signature': withCall({ thought_signature: MARK }),
  'tool_calls[].extra_content': withCall({ extra_content: { google: { thought_signature: MARK } } }),
  'tool_calls[].provider_specific_fields': withCall({
    provider_specific_fields: { thought_signature: MARK },
  }),
  'tool_calls[] other fields': withCall({ mood: MARK }),
  function_call: { content: null, function_call: { name: 'f', arguments: MARK } },
  audio: { content: null, audio: { id: MARK } },
  'audio.id': { content: null, audio: { id: MARK } },
  'audio.data': withSound({ data: MARK }),
  'audio.transcript': withSound({ transcript: MARK }),
  'audio.expires_at': withSound({ expires_at: MARK }),
  'audio other fields': withSound({ voice: MARK }),
  annotations: withCitation({ url: MARK }),
  'annotations[] url_citation': withCitation({ url: MARK }),
  'annotations[] other': { annotations: [{ type: 'file', file: { hash: MARK, content: [] } }] },
  'url_citation.url': withCitation({ url: MARK }),
  'url_citation.title': withCitation({ title: MARK }),
  'url_citation.start_index': withCitation({ start_index: MARK }),
  'url_citation.end_index': withCitation({ end_index: MARK }),
  'url_citation other fields': withCitation({ content: MARK }),
  images: { images: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${MARK}` } }] },
  reasoning: { reasoning: MARK },
  reasoning_content: { reasoning_content: MARK },
  reasoning_text: { reasoning_text: MARK },
  reasoning_signature: { reasoning: 'why', reasoning_signature: MARK },
  redacted_reasoning: { redacted_reasoning: MARK },
  reasoning_opaque: { reasoning_opaque: MARK },
  reasoning_details: { reasoning_details: [{ type: 'reasoning.text', text: MARK }] },
  'reasoning_details[].signature': {
    reasoning_details: [
      { type: 'reasoning.text', text: 'why', signature: MARK, format: 'anthropic-claude-v1' },
    ],
  },
  'reasoning_details[].data': {
    reasoning_details: [{ type: 'reasoning.encrypted', data: MARK, format: 'anthropic-claude-v1' }],
  },
  thinking_blocks: { thinking_blocks: [{ type: 'thinking', thinking: MARK }] },
  'thinking_blocks[].signature': {
    thinking_blocks: [{ type: 'thinking', thinking: 'why', signature: MARK }],
  },
  'thinking_blocks[].data': { thinking_blocks: [{ type: 'redacted_thinking', data: MARK }] },
  executed_tools: { executed_tools: [{ output: MARK }] },
  channel: { channel: MARK },
  extra_content: { extra_content: { google: { thought_signature: MARK } } },
  provider_specific_fields: { provider_specific_fields: { x: MARK } },
  provider_metadata: { provider_metadata: { x: MARK } },
  model: { model: MARK },
  prefix: { prefix: MARK },
  id: { id: MARK },
  metadata: { metadata: { x: MARK } },
  response_metadata: { response_metadata: { x: MARK } },
  usage_metadata: { usage_metadata: { x: MARK } },
  'other fields': { mood: MARK },
}

/** A message with what a sample says of it. */
function messageOf(field: FieldName): ChatCompletionResponseMessage {
  return { role: 'assistant', content: 'Hi', refusal: null, ...samples[field] }
}

/** The part of a written message that a cell speaks of; the SDK's spelling counts as the wire's. */
function placeOf(written: unknown, cell: Cell, field: FieldName): unknown {
  const message: Fields = JSON.parse(JSON.stringify(written))
  const top = /^[a-z_]+/.exec(field)?.[0] ?? field
  if (cell === '=' || cell === '!')
    return (
      message[camel(top)] ??
      message[top === 'url_citation' ? 'annotations' : top] ??
      (field === 'other fields' ? message : undefined)
    )
  if (cell === 'thought_signature') return message.tool_calls
  if (cell === 'provider_specific_fields' && field.startsWith('tool_calls')) return message.tool_calls
  if (cell.endsWith(' part')) return partsOf(message, cell.slice(0, -' part'.length))
  if (cell.startsWith('content[] ')) return partsOf(message, cell.slice('content[] '.length))
  return cell
    .split('.')
    .reduce<unknown>((at, key) => (isFields(at) ? (at[camel(key)] ?? at[key]) : undefined), message)
}

function partsOf({ parts, content }: Fields, type: string): unknown[] {
  const list = Array.isArray(parts)
    ? parts
    : Array.isArray(content)
      ? content
      : [{ type: 'text', text: content }]
  return list.filter((part) => (type === 'data' ? String(part.type).startsWith('data-') : part.type === type))
}

function camel(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** What is wrong with a cell; '' if it tells the truth. */
function lieOf(field: FieldName, shape: ShapeName): string {
  const cell = columnOf(shape)(field)
  const { message, diagnostics } = toMessage(messageOf(field), shape)
  const lost = diagnostics
    .filter(({ code }) => code === 'not_carried')
    .map((one) => one.field)
    .filter((path) => field.endsWith('.signature') || !path.endsWith('.signature'))
  const name = `${field} × ${shape}`
  const written = JSON.stringify(message)
  if (cell === '') {
    const top = field === 'other fields' ? 'mood' : (/^(url_citation|[a-z_]+)/.exec(field)?.[0] ?? field)
    const expected = top === 'url_citation' ? 'annotations' : top
    if (written.includes(MARK)) return `${name}: it is there although the cell is empty`
    return lost.some((path) => path.startsWith(expected))
      ? ''
      : `${name}: no diagnostic names it: ${lost.join()}`
  }
  // An AIMessage is its own role, and the AI SDK's two messages have no other.
  if (field === 'role' && !written.includes(MARK)) return /ai-|langchain/.test(shape) ? '' : `${name}: gone`
  if (lost.length > 0) return `${name}: the cell says ${cell}, a diagnostic says ${lost.join()} is lost`
  const place = JSON.stringify(placeOf(message, cell, field) ?? null)
  return place.includes(MARK) ? '' : `${name}: not found at ${cell} of ${written}`
}

describe('the table of shapes tells the truth', () => {
  for (const shape of shapeNames) {
    it(`${shape}: every field is where its cell says, or a diagnostic names it`, () => {
      expect(fieldNames.map((field) => lieOf(field, shape)).filter((lie) => lie !== '')).to.deep.equal([])
    })
  }

  it('a message of plain text loses nothing anywhere', () => {
    for (const shape of shapeNames) {
      const { diagnostics } = toMessage({ role: 'assistant', content: 'Hi', refusal: null }, shape)
      expect(diagnostics, shape).to.deep.equal([])
    }
  })
})

describe('the table as markdown', () => {
  it('has a line a field and a column a shape', () => {
    const lines = tableAsMarkdown().split('\n')
    expect(lines).to.have.length(fieldNames.length + 2)
    expect(new Set(lines.map((line) => line.split(' | ').length))).to.deep.equal(
      new Set([shapeNames.length + 1]),
    )
    expect(lines[0]).to.equal(
      `| field of the message | ${shapeNames.map((name) => `\`${name}\``).join(' | ')} |`,
    )
  })

  const tables = [
    { name: 'the table of shapes', markers: tableMarkers, text: tableAsMarkdown() },
    { name: 'the table of providers', markers: providersMarkers, text: providersAsMarkdown() },
  ]
  for (const { name, markers, text } of tables) {
    it(`${name} stands in the README as it is in the code, where the README has its markers`, () => {
      const readme = existsSync('README.md') ? readFileSync('README.md', 'utf8') : ''
      const start = readme.indexOf(markers.start)
      const end = readme.indexOf(markers.end)
      if (start < 0 && end < 0) return
      expect(readme.slice(start + markers.start.length, end).trim()).to.equal(text)
    })
  }
})

import { mergeKeys } from './unknown-fields.ts'
import { isObject, type JsonObject, list, own, text } from './values.ts'

/** One entry of `choices` of one chunk. */
export interface ContentPiece {
  content: unknown
  /** `choices[].message.content`: the text so far. */
  message: unknown
}

/** In cumulative mode a piece holds the whole text so far; one that does not go on from it is a plain piece. */
export function joinText(pieces: readonly string[], cumulative: boolean): string {
  return pieces.reduce((sofar, piece) => {
    if (cumulative && sofar.startsWith(piece)) return sofar
    return cumulative && piece.startsWith(sofar) ? piece : sofar + piece
  }, '')
}

/** Text items in a row are one item. */
function joinItems(items: readonly unknown[], type: string): unknown[] {
  const joined: unknown[] = []
  for (const item of items) {
    const last = joined.at(-1)
    if (isObject(item) && isObject(last) && own(item, 'type') === type && own(last, 'type') === type) {
      joined[joined.length - 1] = {
        ...mergeKeys([last, item]),
        text: text(own(last, 'text')) + text(own(item, 'text')),
      }
    } else {
      joined.push(item)
    }
  }
  return joined
}

/** Parts that grow: their list of text items, and the type of these items. */
const GROWING = new Map([
  ['thinking', { items: 'thinking', type: 'text' }],
  ['reasoning', { items: 'summary', type: 'summary_text' }],
])

/** dialects.md 3.5: a part goes on with the last one if the type is the same and is one that grows. */
function joinParts(parts: readonly JsonObject[]): JsonObject[] {
  const joined: JsonObject[] = []
  for (const part of parts) {
    const type = own(part, 'type')
    const grows = GROWING.get(text(type))
    const last = type === own(joined.at(-1), 'type') && (grows || type === 'text') ? joined.pop() : undefined
    const merged = mergeKeys(last ? [last, part] : [part])
    if (type === 'text') merged.text = text(own(last, 'text')) + text(own(part, 'text'))
    const items = grows ? [own(last, grows.items), own(part, grows.items)] : []
    if (grows && items.some(Array.isArray)) merged[grows.items] = joinItems(items.flatMap(list), grows.type)
    joined.push(merged)
  }
  return joined
}

function textPart(value: string): JsonObject[] {
  return value === '' ? [] : [{ type: 'text', text: value }]
}

function partsOf(content: unknown): JsonObject[] {
  return typeof content === 'string' ? textPart(content) : list(content).filter(isObject)
}

function textOf(parts: readonly JsonObject[]): string {
  return parts.map((part) => text(own(part, 'text'))).join('')
}

/** What the parts are after one more piece. */
function afterPiece(parts: JsonObject[], piece: ContentPiece, cumulative: boolean): JsonObject[] {
  const whole = text(piece.message)
  const delta = piece.content
  if (whole !== '') {
    if (delta === whole && textOf(parts) === whole) return parts
    if (!Array.isArray(delta) && text(delta) === '') return textPart(whole)
  }
  if (cumulative && typeof delta === 'string') return textPart(joinText([textOf(parts), delta], true))
  return [...parts, ...partsOf(delta)]
}

/** A string if only text came, the list of parts if anything else did, null if no content came at all. */
export function mergeContent(
  pieces: readonly ContentPiece[],
  cumulative: boolean,
): string | JsonObject[] | null {
  let parts: JsonObject[] = []
  for (const piece of pieces) parts = afterPiece(parts, piece, cumulative)
  if (parts.some((part) => own(part, 'type') !== 'text')) return joinParts(parts)
  const sent = pieces.some(({ content }) => typeof content === 'string' || Array.isArray(content))
  return sent || parts.length > 0 ? textOf(parts) : null
}

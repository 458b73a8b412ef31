import fc from 'fast-check'
import type { JsonObject } from '../reference/values.ts'
import type { Segment } from './segments.ts'
import { solidPieces, wireText } from './text.ts'

const segment = (key: string, lists: JsonObject[][]): Segment => ({
  entries: lists.map((list) => ({ delta: { [key]: list } })),
  intended: {},
})

type Addressing = 'own' | 'shared' | 'none'

function addressOf(addressing: Addressing, block: number): JsonObject {
  return addressing === 'none' ? {} : { index: addressing === 'own' ? block : 0 }
}

/** Claude: text, then a frame with the signature alone; two blocks may share an index; an empty signature may open. */
function signedText(): fc.Arbitrary<JsonObject[][]> {
  const blocks = fc.array(solidPieces(), { minLength: 1, maxLength: 2 })
  const addressing = fc.constantFrom<Addressing>('own', 'shared', 'none')
  return fc.tuple(blocks, addressing, fc.boolean(), fc.boolean()).map(([texts, address, opens, closes]) => {
    const lists = texts.flatMap((pieces, block) => {
      const common = { type: 'reasoning.text', format: 'anthropic-claude-v1', ...addressOf(address, block) }
      const opening = opens && block === 0 ? [[{ ...common, text: '', signature: '' }]] : []
      return [
        ...opening,
        ...pieces.map((text) => [{ ...common, text }]),
        [{ ...common, signature: `signature of ${block}` }],
      ]
    })
    return closes ? [...lists, []] : lists
  })
}

/** OpenAI and Gemini: a summary or text and an encrypted entry share index 0, and the encrypted one may come twice. */
function encrypted(): fc.Arbitrary<JsonObject[][]> {
  const kind = fc.constantFrom('summary', 'text')
  return fc.tuple(solidPieces(), kind, fc.boolean(), wireText()).map(([pieces, grows, repeats, data]) => {
    const format = 'openai-responses-v1'
    const secret = { type: 'reasoning.encrypted', id: 'rs_1', data: `${data}=`, format, index: 0 }
    const other = { ...secret, id: 'rs_2' }
    const growing = pieces.map((piece) => [{ type: `reasoning.${grows}`, [grows]: piece, format, index: 0 }])
    return [...growing, [secret], ...(repeats ? [[secret]] : []), [other, { type: 'reasoning.new', what: 1 }]]
  })
}

/** MiniMax: one id on every fragment. */
function identified(): fc.Arbitrary<JsonObject[][]> {
  return solidPieces().map((pieces) =>
    pieces.map((text) => [{ type: 'reasoning.text', id: 'reasoning-text-1', format: null, index: 0, text }]),
  )
}

export function reasoningDetails(): fc.Arbitrary<Segment> {
  const lists = fc.oneof(signedText(), encrypted(), identified(), fc.constant<JsonObject[][]>([[]]))
  return lists.map((details) => segment('reasoning_details', details))
}

/** LiteLLM, before and after it sent whole signed blocks; a redacted block between two. */
export function thinkingBlocks(): fc.Arbitrary<Segment> {
  const blocks = fc.array(fc.tuple(solidPieces(), fc.boolean()), { minLength: 1, maxLength: 2 })
  return fc.tuple(blocks, fc.boolean()).map(([texts, redacted]) => {
    const lists = texts.map(([pieces, whole], block) => {
      const close = (thinking: string): JsonObject => ({
        type: 'thinking',
        thinking,
        signature: `signature ${block}`,
      })
      if (whole) return [[close(pieces.join(''))]]
      return [...pieces.map((thinking) => [{ type: 'thinking', thinking, signature: '' }]), [close('')]]
    })
    const secret = redacted ? [[{ type: 'redacted_thinking', data: 'AAAA' }]] : []
    return segment('thinking_blocks', [...(lists[0] ?? []), ...secret, ...lists.slice(1).flat()])
  })
}

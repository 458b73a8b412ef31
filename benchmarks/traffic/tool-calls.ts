import { answer } from './openai.ts'
import type { Stream } from './stream.ts'
import { tokens } from './tokens.ts'

/** What a provider puts into one delta of arguments. */
export const ARGUMENTS_PIECE = 4

export const TOOL = 'insert_rows'

const opening = (index: number): object => ({
  tool_calls: [
    { index, id: `call_${index}Xq3LmT9`, type: 'function', function: { name: TOOL, arguments: '' } },
  ],
})

const piece = (index: number, text: string): object => ({
  tool_calls: [{ index, function: { arguments: text } }],
})

/** A list of so many rows with names that must be escaped now and then. */
const documentOf = (rows: number, seed: number): string =>
  JSON.stringify({ rows: tokens(rows, seed).map((name, id) => ({ id, name })) })

/** Four calls whose arguments come by turns. */
export function parallelTools(count: number): Stream {
  const indexes = [0, 1, 2, 3]
  const documents = indexes.map((index) => documentOf(Math.ceil(count / 22), 20 + index))
  const each = Math.floor(count / 4)
  const deltas = Array.from({ length: each * 4 }, (_, at) => {
    const document = documents[at % 4] ?? ''
    const start = Math.floor(at / 4) * ARGUMENTS_PIECE
    const isLast = at >= (each - 1) * 4
    return piece(at % 4, document.slice(start, isLast ? undefined : start + ARGUMENTS_PIECE))
  })
  return {
    frames: answer([...indexes.map(opening), ...deltas], 'tool_calls'),
    said: { calls: documents.map((document) => [TOOL, document]) },
  }
}

/** One call with so many characters of arguments. */
export function bigArguments(characters: number): Stream {
  const row = documentOf(1000, 31)
  let document = documentOf(Math.floor((characters / row.length) * 970), 31)
  // To the size exactly, so that a curve has its points where it says.
  document = `${document.slice(0, -1)},"end":"${'x'.repeat(Math.max(0, characters - document.length - 9))}"}`
  const deltas: object[] = [opening(0)]
  for (let at = 0; at < document.length; at += ARGUMENTS_PIECE)
    deltas.push(piece(0, document.slice(at, at + ARGUMENTS_PIECE)))
  return { frames: answer(deltas, 'tool_calls'), said: { calls: [[TOOL, document]] } }
}

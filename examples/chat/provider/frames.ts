/** What a provider sends, piece by piece: a frame of the stream, or the end of the connection in the middle of one. */
export type Piece = string | { readonly hangUpAfter: string }

const envelope = {
  id: 'gen-1763700000-Kettle',
  provider: 'Kettle',
  model: 'kettle/sencha-1',
  object: 'chat.completion.chunk',
  created: 1_763_700_000,
}

/** A comment, as OpenRouter sends while a model is queued. */
export const processing = ': OPENROUTER PROCESSING\n\n'

export function frame(fields: object): string {
  return `data: ${JSON.stringify({ ...envelope, ...fields })}\n\n`
}

export function delta(fields: object): string {
  return frame({ choices: [{ index: 0, delta: fields, finish_reason: null }] })
}

/** The last frames of a whole answer: why it ended, what it cost, and the end itself. */
export function finish(reason: string, tokens = 200): string[] {
  const usage = { prompt_tokens: 30, completion_tokens: tokens, total_tokens: 30 + tokens }
  return [
    frame({ choices: [{ index: 0, delta: {}, finish_reason: reason, native_finish_reason: reason }] }),
    frame({ choices: [], usage }),
    'data: [DONE]\n\n',
  ]
}

/** A text, a word each. */
export function words(text: string): string[] {
  return text.split(/(?<=\s)(?=\S)/).map((content) => delta({ content }))
}

/** A thought, told under both names, as OpenRouter does. */
export function thought(text: string): string[] {
  return text
    .split(/(?<=\s)(?=\S)/)
    .map((reasoning) =>
      delta({ reasoning, reasoning_details: [{ type: 'reasoning.text', text: reasoning, index: 0 }] }),
    )
}

/** A page that the answer cites. */
export function citation(url: string, title: string): string {
  return delta({ annotations: [{ type: 'url_citation', url_citation: { url, title } }] })
}

export interface ScriptedCall {
  readonly id: string
  readonly name: string
  readonly args: object
}

/** Calls that are written side by side, a few characters of each in turn. */
export function calls(...scripted: readonly ScriptedCall[]): string[] {
  const ofCall = (index: number, fields: object): string => delta({ tool_calls: [{ index, ...fields }] })
  const heads = scripted.map(({ id, name }, index) =>
    ofCall(index, { id, type: 'function', function: { name, arguments: '' } }),
  )
  const pieces = scripted.map(({ args }) => JSON.stringify(args).match(/.{1,4}/gsu) ?? [])
  const rounds = Math.max(0, ...pieces.map(({ length }) => length))
  const bodies = Array.from({ length: rounds }, (_, round) =>
    pieces.flatMap(({ [round]: piece }, index) =>
      piece === undefined ? [] : [ofCall(index, { function: { arguments: piece } })],
    ),
  )
  return [...heads, ...bodies.flat()]
}

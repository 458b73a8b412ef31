/** Pieces from which cases are built. */

export type Fields = Readonly<Record<string, unknown>>

export const DONE = 'data: [DONE]\n\n'

export const frame = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`

/** A chunk with one entry of `choices`, of choice 0 unless the fields say otherwise. */
export const choice = (fields: Fields): string => frame({ choices: [{ index: 0, ...fields }] })

export const delta = (fields: Fields): string => choice({ delta: fields })

/** A chunk with entries of `delta.tool_calls`. */
export const calls = (...entries: readonly Fields[]): string => delta({ tool_calls: entries })

/** One entry: identity as given, and a piece of arguments. */
export const call = (fields: Fields, name?: string, args?: unknown): Fields => ({
  ...fields,
  function: { ...(name !== undefined && { name }), ...(args !== undefined && { arguments: args }) },
})

export const finish = (reason: string): string => choice({ delta: {}, finish_reason: reason })

/** What stands before the trouble: it must be in every result. */
export const begun = delta({ role: 'assistant', content: 'Hel' })

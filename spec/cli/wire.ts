type Fields = Readonly<Record<string, unknown>>

/** A frame with a chunk of one choice. */
export function chunk(delta: Fields, finish_reason: string | null = null, index = 0): string {
  return frame({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index, delta, finish_reason }],
  })
}

export function frame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

export const DONE = 'data: [DONE]\n\n'

const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 }

/** Reasoning, text, usage and [DONE]. */
export const hello = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ reasoning_content: 'Greet ' }),
  chunk({ reasoning_content: 'them.' }),
  chunk({ content: 'Hello, ' }),
  chunk({ content: 'wörld 👋' }),
  chunk({}, 'stop'),
  frame({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage }),
  DONE,
].join('')

export const helloText = 'Hello, wörld 👋'

/** A tool call in three pieces. */
export const toolCall = [
  chunk({
    tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'get_time', arguments: '' } }],
  }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '"Paris"}' } }] }),
  chunk({}, 'tool_calls'),
  DONE,
].join('')

/** Ends within the answer. */
export const truncated = chunk({ content: 'Hel' })

export const upstreamError = `${truncated}${frame({ error: { message: 'Overloaded, sorry', type: 'server_error', code: 'overloaded' } })}`

export const badJson = `${truncated}data: {"id":\n\n${chunk({ content: 'lo' }, 'stop')}${DONE}`

import { type DemoRecording, type Moment, recordingOf, said } from '../recording.ts'

const envelope = {
  id: 'chatcmpl-demo-2',
  object: 'chat.completion.chunk',
  created: 1_760_000_100,
  model: 'demo-caller',
}

const delta = (tool_calls: readonly object[]) => ({
  choices: [{ index: 0, delta: { tool_calls }, finish_reason: null }],
})

const begin = (index: number, id: string, name: string): Moment => [
  180,
  delta([{ index, id, type: 'function', function: { name, arguments: '' } }]),
]

const calls = [
  '{"city":"Oslo","from":"2026-03-06","days":3,"hourly":false,"unit":"celsius"}',
  '{"city":"Lisbon","from":"2026-03-06","days":3,"hourly":false,"unit":"celsius"}',
] as const

/** The arguments of both calls, in turn: a piece of one, a piece of the other. */
function inTurn(): Moment[] {
  const pieces = calls.map((text) => text.match(/.{1,4}/g) ?? [])
  const rounds = Math.max(...pieces.map(({ length }) => length))
  return Array.from({ length: rounds }, (_, round) =>
    pieces.flatMap((own, index): Moment[] => {
      const piece = own[round]
      return piece === undefined ? [] : [[52, delta([{ index, function: { arguments: piece } }])]]
    }),
  ).flat()
}

/** Two tool calls whose arguments come interleaved: only their index tells them apart. */
export const parallelToolCalls: DemoRecording = {
  path: '/parallel-tool-calls',
  title: 'Two tool calls at once',
  about: 'Pieces of both come in turn; a call may be run once it is known to be whole.',
  entries: recordingOf(
    envelope,
    [
      [500, { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }],
      ...said('I will compare both forecasts.', 40, (content) => ({ content })),
      begin(0, 'call_oslo', 'get_forecast'),
      begin(1, 'call_lisbon', 'get_forecast'),
      ...inTurn(),
      [60, { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] }],
      [15, { choices: [], usage: { prompt_tokens: 88, completion_tokens: 71, total_tokens: 159 } }],
      [5, 'data: [DONE]\n\n'],
    ],
    'end',
  ),
}

/** The chunks of OpenAI's own endpoint, from which those of most others are copied. */
export const envelope = {
  id: 'chatcmpl-BnCwTqk3xGpZr9Yv2LhJ7sDfA81Ke',
  object: 'chat.completion.chunk',
  created: 1_767_225_600,
  model: 'gpt-4.1-mini-2025-04-14',
  service_tier: 'default',
  system_fingerprint: 'fp_6f2eabb9a5',
}

export const DONE = 'data: [DONE]\n\n'

export const frame = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`

export const choice = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
})

/** A whole answer: the role first, the finish reason last. `more`: what else the frame at a place has. */
export function answer(
  deltas: readonly object[],
  finish: string,
  more: (at: number) => object = () => ({}),
): string[] {
  const opening = { role: 'assistant', content: '', refusal: null }
  return [
    frame({ ...envelope, ...choice(opening), usage: null, ...more(0) }),
    ...deltas.map((delta, at) => frame({ ...envelope, ...choice(delta), usage: null, ...more(at + 1) })),
    frame({ ...envelope, ...choice({}, finish), usage: null, ...more(deltas.length + 1) }),
    DONE,
  ]
}

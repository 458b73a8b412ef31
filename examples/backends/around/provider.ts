/** Asks the provider. Yours: its URL, its key, its model, and the messages of the conversation. */
export function ask(
  question: unknown,
  signal: AbortSignal,
  url = process.env.UPSTREAM_URL,
): Promise<Response> {
  return fetch(url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'tea-1', stream: true, messages: [question] }),
    signal,
  })
}

/**
 * One server-sent event (a frame), after framing and before JSON: what the HTML standard calls an event being
 * dispatched. Chat-completion streams carry one chunk in `data`, the literal `[DONE]` at the end, and seldom
 * an `event` name (`error` from Groq). Made by `parseSse()`, accepted by `Assembler.writeFrame`.
 *
 * `| undefined` lets the messages of eventsource-parser in as they are.
 *
 * @example
 * const frame: ServerSentEvent = { data: '{"choices":[{"index":0,"delta":{"content":"Hi"}}]}' }
 */
export interface ServerSentEvent {
  /** The `event:` field. Absent: an unnamed event, which every chunk is. */
  event?: string | undefined
  /** The `data:` lines joined by line feeds. */
  data: string
  /** The last `id:` seen on the stream; proxies that can resume send it, providers do not. */
  id?: string | undefined
}

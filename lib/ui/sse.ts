/** What can be written as one server-sent event. */
export interface SseFrame {
  readonly event?: string | undefined
  readonly id?: string | undefined
  /** Milliseconds after which a client connects again. */
  readonly retry?: number | undefined
  readonly comment?: string | undefined
  /** Absent: nothing is dispatched, as for a comment that only keeps the connection alive. */
  readonly data?: string | undefined
}

/** All three end a line, wherever they stand (HTML standard, 9.2.5). */
const lineEnd = /\r\n|\r|\n/

/**
 * One frame as text, ended by its blank line. Text in `data` and `comment` is split at every line end, so that nothing
 * in it can end the frame; in `event` and `id`, which have one line each, a line end or a NUL throws a RangeError, as
 * does a `retry` that is not a whole number.
 *
 * ```ts
 * response.write(writeSse({ id: '7', data: JSON.stringify(chunk) }))
 * ```
 */
export function writeSse({ event, id, retry, comment, data }: SseFrame): string {
  let text = ''
  if (comment !== undefined) text += writeLines(': ', comment)
  if (event !== undefined) text += `event: ${oneLine('event', event)}\n`
  if (id !== undefined) text += `id: ${oneLine('id', id)}\n`
  if (retry !== undefined) text += `retry: ${wholeNumber(retry)}\n`
  if (data !== undefined) text += writeLines('data: ', data)
  return `${text}\n`
}

function writeLines(prefix: string, text: string): string {
  return text
    .split(lineEnd)
    .map((line) => `${prefix}${line}\n`)
    .join('')
}

function oneLine(field: 'event' | 'id', value: unknown): string {
  // A NUL in an id makes a client ignore it (HTML standard, 9.2.6); a cursor that is lost is worse than an error.
  if (typeof value === 'string' && !/[\r\n\0]/.test(value)) return value
  throw new RangeError(`The ${field} of a server-sent event must be a string of one line, without NUL`)
}

function wholeNumber(retry: unknown): number {
  if (typeof retry === 'number' && Number.isSafeInteger(retry) && retry >= 0) return retry
  throw new RangeError('The retry of a server-sent event must be a whole number of 0 or more')
}

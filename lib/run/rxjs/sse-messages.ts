/** One server-sent event, in the shape of NestJS's `MessageEvent`. */
export interface SseMessage {
  readonly data: string
  readonly id?: string
  readonly comment?: string
}

/**
 * Takes apart what an encoder has written: its frames end in a blank line, and each of its lines is a field. Only for
 * text of our own writing; the streams of others are read by a real parser.
 */
export function toMessages(text: string): SseMessage[] {
  return text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const lines = frame.split('\n')
      const field = (name: string): string | undefined => {
        const own = lines
          .filter((line) => line.startsWith(`${name}: `))
          .map((line) => line.slice(name.length + 2))
        return own.length === 0 ? undefined : own.join('\n')
      }
      const data = field('data')
      const id = field('id')
      const comment = field('')
      return {
        ...(data !== undefined && { data }),
        ...(id !== undefined && { id }),
        ...(comment !== undefined && { comment }),
      } as SseMessage // a heartbeat has no data; Nest's type asks for it, Nest itself does not
    })
}

import { parses } from './values.ts'

export interface ReferenceFrame {
  event: string
  data: string
}

export const DONE = '[DONE]'
const BOM = '\uFEFF'

export function withoutBom(value: string): string {
  return value.startsWith(BOM) ? value.slice(1) : value
}

/** The whole body as text: UTF-8 always, wrong bytes become U+FFFD, exactly one BOM is stripped. */
export function decode(bytes: Uint8Array): string {
  return withoutBom(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
}

/**
 * The lines of a block of data, if each of them alone is a payload: frames glued together by single line ends.
 * Undefined when the block is one payload, or no payload at all.
 */
export function gluedLines(data: string): string[] | undefined {
  const lines = data.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.every((line) => line.trim() === DONE || parses(line)) ? lines : undefined
}

/** R15: an event that no blank line ended counts only if it is `[DONE]` or whole, strictly valid JSON. */
function isWholePayload(data: string): boolean {
  const payload = withoutBom(data)
  return payload.trim() === DONE || parses(payload) || gluedLines(payload) !== undefined
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}

/** The event that a run of lines without a blank one makes; undefined when no line of it is data. */
function frameOf(lines: readonly string[]): ReferenceFrame | undefined {
  const fields = lines.map(fieldOf)
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value)
  const event = fields.findLast(([name]) => name === 'event')?.[1] ?? ''
  return data.length > 0 ? { event, data: data.join('\n') } : undefined
}

/** Splits a body into events by the rules of the WHATWG event stream, except that the last one may lack its blank line. */
export function framesOf(bytes: Uint8Array): ReferenceFrame[] {
  const lines = decode(bytes).split(/\r\n|\n|\r/)
  const frames: ReferenceFrame[] = []
  let block: string[] = []
  // The piece after the last line end is an unfinished line, so a '' there is no blank line.
  for (const line of lines.slice(0, -1)) {
    if (line !== '') {
      block.push(line)
      continue
    }
    const frame = frameOf(block)
    if (frame) frames.push(frame)
    block = []
  }
  const tail = frameOf([...block, lines.at(-1) ?? ''])
  if (tail && isWholePayload(tail.data)) frames.push(tail)
  return frames
}

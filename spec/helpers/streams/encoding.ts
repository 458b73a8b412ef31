import fc from 'fast-check'
import type { JsonObject } from '../reference/values.ts'
import type { Frame } from './troubles.ts'

export type Ending = 'done' | 'doneSpace' | 'doneJunk' | 'doneUnended' | 'none' | 'unended'
type Json = 'compact' | 'ascii' | 'spaced' | 'lines'

/** How one frame is written. */
interface Style {
  lineEnd: '\n' | '\r\n' | '\r'
  space: boolean
  json: Json
  /** No blank line after it: the next frame's data joins it. */
  glued: boolean
  bom: boolean
  before: string[]
}

export interface Encoding {
  styles: Style[]
  ending: Ending
  bom: boolean
  /** Every U+FFFD is written as one byte that is no UTF-8. */
  broken: boolean
}

export const encoder = new TextEncoder()

/** Python's default: nothing but ASCII. */
function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function jsonLines(chunk: JsonObject, style: Json): string[] {
  const lines = JSON.stringify(chunk, null, 1).split('\n')
  if (style === 'lines') return lines
  if (style === 'spaced') return [lines.map((line) => line.trim()).join(' ')]
  return [style === 'ascii' ? ascii(JSON.stringify(chunk)) : JSON.stringify(chunk)]
}

/** Which neighbours a frame is glued to. */
interface Glue {
  toPrevious: boolean
  toNext: boolean
}

function frameText(frame: Frame, style: Style, glue: Glue): string {
  // Each line of a glued block is a payload, and nothing else may stand in it.
  const glued = glue.toPrevious || glue.toNext
  const data = frame.chunk
    ? jsonLines(frame.chunk, glued && style.json === 'lines' ? 'compact' : style.json)
    : [frame.data ?? '']
  const [first = '', ...rest] = data
  const marked = style.bom && !glued && frame.chunk ? [`\ufeff${first}`, ...rest] : data
  const lines = marked.map((line) => `data:${style.space ? ' ' : ''}${line}`)
  const event = frame.event === undefined ? [] : [`event: ${frame.event}`]
  const before = glue.toPrevious ? [] : style.before
  return [...before, ...event, ...lines, ...(glue.toNext ? [] : [''])]
    .map((line) => `${line}${style.lineEnd}`)
    .join('')
}

/** A frame may be glued to the next one only if both are chunks, so that each of the lines is a payload. */
function gluedTo(frames: readonly Frame[], at: number, styles: readonly Style[]): boolean {
  const here = styles[at % styles.length]
  const isChunk = (frame: Frame | undefined): boolean => frame?.chunk !== undefined
  return Boolean(here?.glued && isChunk(frames[at]) && isChunk(frames[at + 1]))
}

const ENDINGS: Record<Ending, string> = {
  done: 'data: [DONE]\n\n',
  doneSpace: 'data: [DONE] \n\n',
  doneJunk: 'data:[DONE]\n\ndata: {"choices":[{"index":0,"delta":{"content":" EVIL"}}]}\n\ndata: {bad\n\n',
  doneUnended: 'data: [DONE]',
  none: '',
  unended: '',
}

function textOf(frames: readonly Frame[], { styles, ending, bom }: Encoding): string {
  const body = frames.map((frame, at) => {
    const style = styles[at % styles.length]
    const toPrevious = at > 0 && gluedTo(frames, at - 1, styles)
    return style ? frameText(frame, style, { toPrevious, toNext: gluedTo(frames, at, styles) }) : ''
  })
  const written = body.join('')
  const closed = ending === 'unended' ? written.replace(/[\r\n]+$/, '') : written + ENDINGS[ending]
  return bom ? `\ufeff${closed}` : closed
}

const REPLACEMENT = encoder.encode('\ufffd')

/** EF BF BD becomes FF: the same text after decoding. */
function breakUtf8(bytes: Uint8Array): Uint8Array {
  const broken: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    const hit = REPLACEMENT.every((byte, ahead) => bytes[at + ahead] === byte)
    broken.push(hit ? 0xff : (bytes[at] ?? 0))
    if (hit) at += REPLACEMENT.length - 1
  }
  return Uint8Array.from(broken)
}

export function encode(frames: readonly Frame[], encoding: Encoding): Uint8Array {
  const bytes = encoder.encode(textOf(frames, encoding))
  return encoding.broken ? breakUtf8(bytes) : bytes
}

const BEFORE: string[][] = [
  ...[[], [], [], [': OPENROUTER PROCESSING', ''], [':', ''], ['data:', ''], ['', ''], [': inside']],
  ...[['id: 7'], ['retry: 3000'], ['event: message'], ['unknown: field'], ['data', '']],
]

function style(): fc.Arbitrary<Style> {
  return fc.record({
    lineEnd: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    space: fc.constantFrom(true, true, false),
    json: fc.constantFrom<Json[]>('compact', 'compact', 'compact', 'ascii', 'spaced', 'lines'),
    glued: fc.constantFrom(...Array<boolean>(9).fill(false), true),
    bom: fc.constantFrom(...Array<boolean>(19).fill(false), true),
    before: fc.constantFrom(...BEFORE),
  })
}

/** Most streams are written in one way from end to end, as templates expect; some change with every frame. */
export function encoding(): fc.Arbitrary<Encoding> {
  return fc.record({
    styles: fc.oneof(
      { weight: 2, arbitrary: style().map((one) => [{ ...one, glued: false, bom: false }]) },
      { weight: 1, arbitrary: fc.array(style(), { minLength: 1, maxLength: 5 }) },
    ),
    ending: fc.constantFrom<Ending[]>(
      'done',
      'done',
      'done',
      'doneSpace',
      'doneJunk',
      'doneUnended',
      'none',
      'unended',
    ),
    bom: fc.constantFrom(false, false, false, true),
    broken: fc.constantFrom(false, false, true),
  })
}

/** Without any glued frame: half of a glued block is a case that the rules leave open. */
export function unglued(encoding: Encoding): Encoding {
  return { ...encoding, styles: encoding.styles.map((one) => ({ ...one, glued: false })) }
}

import type { Scratch } from './scratch.ts'

/** Bytes that stay in the table: most tokens are shorter. */
const SHORT = 12
const SIZE = 4096
const masks = [0, 0xff, 0xffff, 0xffffff]

const words = new Int32Array(SIZE * 3)
const lengths = new Uint8Array(SIZE)
const texts: string[] = []

/** How the bytes of a JSON string can be read, from the cheapest on. */
export const ASCII = 0
export const UTF8 = 1
export const ESCAPED = 2

/**
 * The text between two quotes, as JSON.parse would read it; undefined where it would not, or where the bytes are not
 * UTF-8, or hold the mark of it. Short texts come again and again: they are found by their bytes, which costs neither
 * a call into native code nor new memory.
 */
export function textOf(scratch: Scratch, start: number, end: number, form: number): string | undefined {
  const length = end - start
  if (length > SHORT) return read(scratch, start, end, form)
  if (length === 0) return ''
  const { view } = scratch
  const a = wordOf(view, start, length)
  const b = wordOf(view, start + 4, length - 4)
  const c = wordOf(view, start + 8, length - 8)
  const at = slotOf(a, b, c, length)
  if (lengths[at] === length && words[at * 3] === a && words[at * 3 + 1] === b && words[at * 3 + 2] === c)
    return texts[at]
  const text = read(scratch, start, end, form)
  if (text === undefined) return undefined
  while (texts.length <= at) texts.push('') // no holes: they would slow every later read
  texts[at] = text
  lengths[at] = length
  words[at * 3] = a
  words[at * 3 + 1] = b
  words[at * 3 + 2] = c
  return text
}

/** Up to four bytes as a number; bytes beyond the text count as zero. */
function wordOf(view: DataView, at: number, length: number): number {
  if (length >= 4) return view.getInt32(at, true)
  return length > 0 ? view.getInt32(at, true) & (masks[length] ?? 0) : 0
}

function slotOf(a: number, b: number, c: number, length: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ length
  mixed ^= mixed >>> 15
  return (mixed ^ (mixed >>> 7)) & (SIZE - 1)
}

function read(scratch: Scratch, start: number, end: number, form: number): string | undefined {
  if (form === ASCII) return scratch.ascii(start, end)
  const text = form === UTF8 ? scratch.utf8(start, end) : unescaped(scratch.utf8(start - 1, end + 1))
  return text?.includes('\ufffd') ? undefined : text
}

/** A JSON string with its quotes, or undefined. */
function unescaped(quoted: string): string | undefined {
  if (quoted.includes('\ufffd')) return undefined
  try {
    return JSON.parse(quoted)
  } catch {
    return undefined
  }
}

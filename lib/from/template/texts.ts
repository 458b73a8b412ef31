import type { Scratch } from './scratch.ts'

/** A text of so many bytes is looked up: three words, and most tokens are shorter. */
const SHORT = 12
const BITS = 13

/** The bytes of a word that are of the text, by how many of them are: from -8 on, for the third word of no text. */
const masks = new Int32Array([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xffff, 0xffffff, -1, -1, -1, -1, -1, -1, -1, -1, -1,
])

/** Slot → its three words: no byte of a text is zero, so they say its length, too. A place of four is never on two lines. */
const keys = new Int32Array(4 << BITS)
const texts: string[] = []

/** How the bytes of a JSON string can be read, from the cheapest on. */
export const ASCII = 0
/** ASCII, and escapes of one character. */
export const SIMPLE = 1
/** It has been read. */
export const READ = 2
/** From here on it is not known that they can: they are read to know it. */
export const UTF8 = 3
export const ESCAPED = 4

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
  const a = view.getInt32(start, true) & (masks[length + 8] ?? 0)
  const b = view.getInt32(start + 4, true) & (masks[length + 4] ?? 0)
  const c = view.getInt32(start + 8, true) & (masks[length] ?? 0)
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ length
  const slot = Math.imul(mixed, 0x27d4eb2f) >>> (32 - BITS)
  if (isAt(slot, a, b, c)) return texts[slot]
  // Two texts that fall on one slot would drive each other out for ever: the second lives next door.
  const other = slot ^ 1
  if (isAt(other, a, b, c)) return texts[other]
  const text = read(scratch, start, end, form)
  if (text !== undefined) keep(texts[slot] ? other : slot, text, [a, b, c])
  return text
}

function isAt(slot: number, a: number, b: number, c: number): boolean {
  const key = slot << 2
  return keys[key] === a && keys[key + 1] === b && keys[key + 2] === c
}

function keep(slot: number, text: string, key: readonly number[]): void {
  while (texts.length <= slot) texts.push('') // no holes: they would slow every later read
  texts[slot] = text
  keys.set(key, slot << 2)
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

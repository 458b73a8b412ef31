import { escapes } from '../ascii-lanes.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const MINUS = 0x2d
const PLUS = 0x2b
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const LOWER_E = 0x65
const LOWER_U = 0x75

const encoder = new TextEncoder()
const words = ['true', 'false', 'null'].map((word) => encoder.encode(word))

/**
 * Would JSON.parse take the text, with nothing in it nested deeper than `maxDepth`? It costs a third of parsing, and
 * makes nothing: most arguments are never looked into by the process that folds them. Half a surrogate pair has other
 * bytes than its own, but they are neither more nor less allowed.
 */
export function isJson(text: string, maxDepth: number): boolean {
  const bytes = encoder.encode(text) // read several times as fast as the characters of a string
  /** The brackets that would close what is open. */
  const open: number[] = []
  let at = 0
  for (;;) {
    at = skipSpace(bytes, at)
    const byte = bytes[at] ?? 0
    let isOpened = false
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (open.length >= maxDepth) return false
      const close = byte + 2 // in ASCII a bracket is closed by the next but one
      open.push(close)
      at = skipSpace(bytes, at + 1)
      isOpened = bytes[at] !== close
    } else at = endOfScalar(bytes, at, byte)
    if (at === -1) return false
    if (!isOpened) {
      // A value has ended, and so may those around it.
      at = skipSpace(bytes, at)
      while (open.length > 0 && bytes[at] === open[open.length - 1]) {
        open.pop()
        at = skipSpace(bytes, at + 1)
      }
      if (open.length === 0) return at === bytes.length
      if (bytes[at] !== COMMA) return false
      at++
    }
    if (open[open.length - 1] === CLOSE_BRACE) at = endOfKey(bytes, at)
    if (at === -1) return false
  }
}

function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start
  for (let byte = bytes[at] ?? 0; byte <= 0x20; byte = bytes[++at] ?? 0)
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break
  return at
}

// Each of these gives where what begins at `start` ends; -1: it is no JSON.

/** A key with its colon. */
function endOfKey(bytes: Uint8Array, start: number): number {
  const quote = skipSpace(bytes, start)
  if (bytes[quote] !== QUOTE) return -1
  const end = endOfString(bytes, quote)
  const colon = end === -1 ? -1 : skipSpace(bytes, end)
  return colon !== -1 && bytes[colon] === COLON ? colon + 1 : -1
}

function endOfScalar(bytes: Uint8Array, start: number, byte: number): number {
  if (byte === QUOTE) return endOfString(bytes, start)
  if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return endOfNumber(bytes, start)
  const word = words.find((known) => known.every((own, i) => bytes[start + i] === own))
  return word === undefined ? -1 : start + word.length
}

function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === QUOTE) return at + 1
    if (byte < 0x20) return -1
    if (byte !== BACKSLASH) continue
    at++
    if (bytes[at] === LOWER_U) {
      for (const last = at + 4; at < last; at++) if (!isHex(bytes[at + 1] ?? 0)) return -1
    } else if (escapes[bytes[at] ?? 0] === 0) return -1
  }
  return -1
}

function isHex(byte: number): boolean {
  const lower = byte | 0x20
  return (byte >= ZERO && byte <= NINE) || (lower >= 0x61 && lower <= 0x66)
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start
  at = bytes[at] === ZERO ? at + 1 : endOfDigits(bytes, at)
  if (at !== -1 && bytes[at] === DOT) at = endOfDigits(bytes, at + 1)
  if (at === -1 || ((bytes[at] ?? 0) | 0x20) !== LOWER_E) return at
  const sign = bytes[at + 1]
  return endOfDigits(bytes, sign === PLUS || sign === MINUS ? at + 2 : at + 1)
}

/** At least one. */
function endOfDigits(bytes: Uint8Array, start: number): number {
  let at = start
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[++at] ?? 0);
  return at > start ? at : -1
}

let encoder: TextEncoder | undefined
/** Half a surrogate pair, for engines that are older than `isWellFormed`. */
const half = /[\ud800-\udfff]/u

/** How much of a text was read, and how many bytes it took. */
export interface Encoded {
  readonly read: number
  readonly written: number
}

/**
 * Writes the UTF-8 of a text, as far as there is room for it. undefined: what was written says something else. Half a
 * surrogate pair has no bytes, and U+FFFD in bytes may stand for one that was broken.
 */
export function encodeText(text: string, target: Uint8Array): Encoded | undefined {
  encoder ??= new TextEncoder()
  const encoded = encoder.encodeInto(text, target)
  const { read, written } = encoded
  if (read === written) return encoded // ASCII
  const part = text.slice(0, read)
  return isWellFormed(part) && !part.includes('\ufffd') ? encoded : undefined
}

/** Is every surrogate one of a pair? */
export function isWellFormed(text: string & { isWellFormed?(): boolean }): boolean {
  return text.isWellFormed?.() ?? !half.test(text)
}

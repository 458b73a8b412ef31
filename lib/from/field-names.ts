const COLON = 58

/** The field names of the SSE standard; a line of any other name, and a comment, is ignored. */
const names = ['data', 'event', 'id', 'retry']
/** So many characters of a line decide whether it can be one of a known field. */
export const LONGEST = 'event:'.length

/** Is text[start, end) a line of a known field: the name alone, or followed by a colon? */
export function isKnownField(text: string, start: number, end: number): boolean {
  for (const name of names) {
    if (!text.startsWith(name, start)) continue
    const after = start + name.length
    if (after === end || (after < end && text.charCodeAt(after) === COLON)) return true
  }
  return false
}

/** Could a line that begins so be one of a known field? Decided by its first characters only. */
export function mayBeKnownField(begin: string): boolean {
  const head = begin.slice(0, LONGEST)
  return names.some((name) => `${name}:`.startsWith(head) || head.startsWith(`${name}:`))
}

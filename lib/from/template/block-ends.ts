const LF = 0x0a
const CR = 0x0d

/** Bytes that a loop looks at sooner than native code is called. */
const FEW = 32

/** Behind the blank line that ends the block; -1: it is not there. Line ends are LF or CR LF. */
export function endOfBlock(bytes: Uint8Array, start: number, end: number): number {
  for (let at = bytes.indexOf(LF, start); at !== -1 && at < end - 1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2
    if (bytes[at + 1] === CR && at + 2 < end && bytes[at + 2] === LF) return at + 3
  }
  return -1
}

export function hasLineEnd(bytes: Uint8Array): boolean {
  if (bytes.length > FEW) return bytes.includes(LF) || bytes.includes(CR)
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === LF || bytes[i] === CR) return true
  return false
}

/** The search is bounded: the scratch is sealed. */
export function hasCr(bytes: Uint8Array, start: number, end: number): boolean {
  const at = bytes.indexOf(CR, start)
  return at !== -1 && at < end
}

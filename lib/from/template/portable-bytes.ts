/** Below this length a loop is faster than a call of a decoder, and gives a text that is no chain of its characters. */
const SHORT = 12
/** A byte order mark within a text is a character of it. */
let decoder: TextDecoder | undefined

/**
 * The two methods of Node's Buffer that frames are read with, for browsers and workers. The texts are of their own
 * memory: a piece of a decoded string would hold all of that string for as long as anybody holds the piece.
 */
export class PortableBytes extends Uint8Array {
  utf8Slice(start: number, end: number): string {
    decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
    return decoder.decode(new Uint8Array(this.buffer, start, end - start))
  }

  latin1Slice(start: number, end: number): string {
    if (end - start <= SHORT) return this.#unitsOf(start, end)
    const text = this.utf8Slice(start, end)
    return isAscii(text, end - start) ? text : this.#unitsOf(start, end)
  }

  #unitsOf(start: number, end: number): string {
    let text = ''
    for (let at = start; at < end; at++) text += String.fromCharCode(this[at] ?? 0)
    return text
  }
}

/** A character of one byte is ASCII, or the mark of a byte that is no UTF-8. */
function isAscii(text: string, bytes: number): boolean {
  return text.length === bytes && !text.includes('\ufffd')
}

/**
 * Providers cut text between the two halves of a surrogate pair. A half cannot be written as UTF-8: it waits for
 * the other one.
 */
export class WholeCharacters {
  #half = ''

  take(text: string): string {
    const all = this.#half + text
    const last = all.charCodeAt(all.length - 1)
    const isCut = last >= 0xd800 && last <= 0xdbff
    this.#half = isCut ? all.slice(-1) : ''
    return isCut ? all.slice(0, -1) : all
  }

  /** The half whose other one never came. */
  rest(): string {
    const half = this.#half
    this.#half = ''
    return half
  }
}

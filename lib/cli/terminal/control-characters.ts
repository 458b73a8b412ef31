/**
 * Every control character but line feed and tab: the C0 set, DEL and the C1 set. A model's text must not move the
 * cursor, set the title or answer a query, and U+009B is as good as ESC [ on some terminals.
 */
const controls = /[^\P{Cc}\n\t]/gu

const hex = (character: string, digits: number): string =>
  character.charCodeAt(0).toString(16).padStart(digits, '0')

/** Text for a terminal: control characters as they are written in source, ESC as `\x1b`. */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(controls, (character) => `\\x${hex(character, 2)}`)
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\s*[\r\n]\s*/g, ' ').replaceAll('\t', ' '))
}

/** JSON for a terminal: JSON.stringify escapes the C0 set but neither DEL nor the C1 set. */
export function jsonSafe(json: string): string {
  return json.replace(controls, (character) => `\\u${hex(character, 4)}`)
}

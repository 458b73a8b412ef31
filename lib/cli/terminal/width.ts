/** Characters that take two columns: East Asian wide and full-width ones, and emoji. Close enough for one line. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

const widthOf = (character: string): number => (wide.test(character) ? 2 : 1)

/** The end of a text, as much of it as fits into so many columns. */
export function endWithin(text: string, columns: number): string {
  const characters = [...text]
  let start = characters.length
  let used = 0
  while (start > 0) {
    used += widthOf(characters[start - 1] ?? '')
    if (used > columns) break
    start--
  }
  return characters.slice(start).join('')
}

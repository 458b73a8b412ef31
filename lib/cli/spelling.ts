/** The name that was probably meant: one that begins so, or is at most two edits away. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  if (text.length < 2) return undefined
  const longer = names.find((name) => name.startsWith(text))
  if (longer !== undefined) return longer
  const ranked = names.map((name) => ({ name, edits: editsBetween(text, name) }))
  const best = ranked.reduce((one, other) => (other.edits < one.edits ? other : one))
  return best.edits <= 2 ? best.name : undefined
}

/** Levenshtein distance, row by row. */
function editsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const replace = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(replace, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[other.length] ?? 0
}

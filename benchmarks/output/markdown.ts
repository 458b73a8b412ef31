/** A table; the first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = `|---|${head
    .slice(1)
    .map(() => '--:|')
    .join('')}`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

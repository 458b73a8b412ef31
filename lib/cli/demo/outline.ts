import { jsonSafe } from '../terminal/control-characters.ts'

/**
 * JSON with a line for each field, and for each entry of a list: what a message is made of can be seen at a glance.
 * On a terminal (`columns`) a line that is too long ends with an ellipsis.
 */
export function outline(value: object, columns: number): string {
  const fields = Object.entries(value).map(([key, field]) => `  ${JSON.stringify(key)}: ${fieldText(field)}`)
  const text = `{\n${fields.join(',\n')}\n}`
  return jsonSafe(text)
    .split('\n')
    .map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line))
    .join('\n')
}

function fieldText(field: unknown): string {
  if (!Array.isArray(field) || field.length === 0) return JSON.stringify(field)
  return `[\n${field.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`
}

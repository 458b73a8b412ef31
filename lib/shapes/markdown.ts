import { camelCase } from './camel-case.ts'
import { type ProviderRule, providerRules } from './providers.ts'
import { type Cell, columnOf, type FieldName, fieldNames, type ShapeName, shapeNames } from './table.ts'

/** The README holds the tables between these lines; a spec compares them. */
export const tableMarkers = { start: '<!-- shapes:start -->', end: '<!-- shapes:end -->' } as const
export const providersMarkers = { start: '<!-- providers:start -->', end: '<!-- providers:end -->' } as const

/** The table as the README prints it: a line a field, a column a shape. */
export function tableAsMarkdown(): string {
  const head = ['field of the message', ...shapeNames.map(code)]
  const lines = fieldNames.map((field) => [
    code(field),
    ...shapeNames.map((shape) => cellText(columnOf(shape)(field), field, shape)),
  ])
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cellText(cell: Cell, field: FieldName, shape: ShapeName): string {
  if (cell === '') return '–'
  if (cell !== '=' && cell !== '!') return cell.includes(' part') ? cell : code(spelled(cell, shape))
  const same = shape === 'openrouter-sdk' ? camelCase(field) : field
  const name = same === field ? '✓' : code(same)
  return cell === '!' ? `${name} always` : name
}

function spelled(cell: Cell, shape: ShapeName): string {
  return shape === 'openrouter-sdk' ? camelCase(cell) : cell
}

function code(text: string): string {
  return `\`${text}\``
}

/** What goes back to which provider, a line each, with the documents that say so. */
export function providersAsMarkdown(): string {
  const rules = Object.entries<ProviderRule>(providerRules)
  const lines = rules.map(([provider, { rule, evidence }]) => [
    code(provider),
    rule,
    evidence.map(linkTo).join(', '),
  ])
  const head = ['provider', 'the assistant message of the next request', 'says']
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function linkTo(source: string, i: number): string {
  return source.startsWith('https://') ? `[${i + 1}](${source})` : source
}

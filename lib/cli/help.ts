import { readFileSync } from 'node:fs'
import { limitTable } from '../core.ts'
import { outcomeTable } from './exit-codes.ts'
import { demoFlagTable, type FlagRow, flagTable } from './flags.ts'
import { shapeFormats } from './formats/shapes.ts'
import { formatTable } from './formats/table.ts'

const COLUMN = 30

/** The text of --help: what is in the tables, and what the tables cannot say. */
export function helpText(): string {
  return `deltafold folds a streamed chat completion back into the one message it is.

Usage
  deltafold [assemble] [options] [FILE | URL | -]...
  deltafold dataset FILE...                 short for --format dataset
  deltafold demo [--fast | --serve]

Reads standard input where nothing is named. On a terminal you see the text as it comes, with reasoning, tool
calls and times beside it on standard error; anywhere else you get the chat.completion object.
${flagSections()}
Formats
${rows(Object.entries(formatTable).map(([name, { help }]) => [name, help]))}
${rows(Object.entries(shapeRows()))}
  JSON is indented on a terminal, and one line anywhere else and with --jsonl.

Limits
${rows(Object.entries(limitTable).map(([name, { value, reason }]) => [name, `${sizeText(value)}: ${reason}`]))}

Exit codes (of many inputs the worst, which is the lowest in this list)
${rows(Object.values(outcomeTable).map(({ code, meaning }) => [String(code), meaning]))}

Examples
  curl -sN $URL -H "authorization: Bearer $KEY" -H 'content-type: application/json' -d @request.json | deltafold
  deltafold $URL -H "authorization: Bearer $KEY" -d @request.json --record answer.jsonl
  deltafold --replay answer.jsonl
  deltafold answer.sse --format message
  deltafold --jsonl --format result recordings/*.sse > results.jsonl
`
}

/** The shapes of other systems; the providers of a request are many, so they share a row. */
function shapeRows(): Record<string, string> {
  const names = Object.keys(shapeFormats)
  const own = names.filter((name) => !name.startsWith('request:'))
  const providers = names
    .filter((name) => name.startsWith('request:'))
    .map((name) => name.slice('request:'.length))
  return {
    ...Object.fromEntries(own.map((name) => [name, shapeFormats[name]?.help ?? ''])),
    'request:PROVIDER': `the message to send back with the next request, for ${providers.join(', ')}`,
  }
}

function flagSections(): string {
  const { help: _, ...demoFlags } = demoFlagTable
  const flags: [string, FlagRow][] = [...Object.entries(flagTable), ...Object.entries(demoFlags)]
  const groups = [...new Set(flags.map(([, { group }]) => group))]
  return groups
    .map((group) => `\n${group}\n${rows(flags.filter(([, row]) => row.group === group).map(flagRow))}\n`)
    .join('')
}

function flagRow([name, { short, value, help }]: [string, FlagRow]): [string, string] {
  return [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]
}

/** Two columns; where the first is too long, the second begins on a line of its own. */
function rows(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .map(([left, right]) =>
      left.length < COLUMN - 3
        ? `  ${left.padEnd(COLUMN - 2)}${right}`
        : `  ${left}\n${' '.repeat(COLUMN)}${right}`,
    )
    .join('\n')
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024}M` : String(bytes)
}

/** Of the package this file is part of: the built command lies in dist/, one folder below package.json. */
export function versionText(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return `deltafold ${version}\n`
}

import type { AssemblyEvent } from '../../core.ts'
import { documentWriter, textDocumentWriter } from './document.ts'
import type { FormatRow } from './format.ts'
import { linesWriter } from './lines.ts'
import { datasetFormat, shapeFormats } from './shapes.ts'
import { TextWriter } from './text.ts'

const deltaTypes: ReadonlySet<AssemblyEvent['type']> = new Set([
  'content.delta',
  'content.part',
  'refusal.delta',
  'reasoning.delta',
  'tool_calls.start',
  'tool_calls.arguments.delta',
  'audio.delta',
])

/** Every format by its name. */
export const formatTable = {
  text: {
    help: 'the words as they come, of all choices one after the other',
    isLive: true,
    open: (page) => (page.file === undefined ? new TextWriter(page.output) : textDocumentWriter(page)),
  },
  message: {
    help: 'choices[0].message',
    isLive: false,
    open: (page) => documentWriter(page, ({ completion }) => completion.choices[0]?.message ?? null),
  },
  completion: {
    help: 'the chat.completion object',
    isLive: false,
    open: (page) => documentWriter(page, ({ completion }) => completion),
  },
  result: {
    help: 'how it ended, the completion, its tool calls, the error, the diagnostics',
    isLive: false,
    open: (page) => documentWriter(page, (result) => result),
  },
  deltas: {
    help: 'a line for each piece of content, reasoning or tool call, as it comes',
    isLive: true,
    open: (page) => linesWriter(page, ({ type }) => deltaTypes.has(type)),
  },
  events: {
    help: 'a line for each event; the last one, "end", holds the result',
    isLive: true,
    open: (page) => linesWriter(page, () => true),
  },
  dataset: datasetFormat,
} as const satisfies Record<string, FormatRow>

export type FormatName = string

/** Every format that can be asked for: those above, and the shapes of other systems. */
export const formats: Readonly<Record<string, FormatRow>> = { ...formatTable, ...shapeFormats }

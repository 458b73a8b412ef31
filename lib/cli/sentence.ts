import { type AssemblyError, type ErrorCode, errorTable, type Limits, type Place } from '../core.ts'
import { reasonOf } from './reason.ts'
import { visibleLine } from './terminal/control-characters.ts'

const KEPT = 'What came before is kept.'

const raiseLimit = (name: keyof Limits) => ({
  help: `Allow more with --limit ${name}=SIZE if that was to be expected.`,
})

type Words = Partial<Record<ErrorCode, { readonly fact?: string; readonly help: string }>>

/** What to say in the words of the command where the library speaks of its options, properties and callers. */
const words: Words = {
  bad_json: { help: 'Send the request again, or pass --skip-bad-chunks to go on without such frames.' },
  bad_type: { help: 'Report it to the provider.' },
  bad_index: { help: 'Report it to the provider.' },
  upstream_error: { help: KEPT },
  finish_error: { help: `It gave no reason. ${KEPT}` },
  http_status: { help: '' },
  transport: { help: KEPT },
  stall_timeout: {
    fact: 'No data came within the stall timeout (comments do not count).',
    help: 'Send the request again, or allow more with --stall-timeout.',
  },
  first_event_timeout: {
    fact: 'No data came within the first-event timeout.',
    help: 'Send the request again, or allow more with --first-event-timeout.',
  },
  total_timeout: {
    fact: 'The stream did not end within the timeout.',
    help: 'Allow more with --timeout, or ask for a shorter answer.',
  },
  limit_event: raiseLimit('maxEventBytes'),
  limit_message: raiseLimit('maxMessageBytes'),
  limit_stream: raiseLimit('maxStreamBytes'),
  limit_tool_calls: raiseLimit('maxToolCalls'),
  limit_choices: raiseLimit('maxChoices'),
  listener: { fact: 'A part of the command failed.', help: 'This is a defect of deltafold.' },
  internal: { help: `This is a defect of deltafold. ${KEPT}` },
  truncated: { help: 'Neither [DONE] nor a finish_reason came; what did come is kept.' },
  aborted: { fact: 'Interrupted.', help: KEPT },
}

/** The same where nothing had come that could be kept. */
const wordsAtStart: Words = {
  transport: { fact: 'The connection failed before any data came.', help: '' },
  aborted: { fact: 'Interrupted before any data came.', help: '' },
}

/** Why an input is not complete: code, place, what it means, who said what, what to do. One line. */
export function sentenceOf(error: AssemblyError): string {
  const { code, at, path } = error
  const { fact, help } = { ...errorTable[code], ...words[code], ...(at.byte === 0 && wordsAtStart[code]) }
  const where = `${placeOf(at)}${path === undefined ? '' : ` (${path})`}`
  return visibleLine([`${code}${where}: ${fact}`, saidBy(error), help].filter(Boolean).join(' '))
}

function placeOf({ frame, byte }: Place): string {
  if (frame > 0) return ` at frame ${frame}, byte ${byte}`
  return byte > 0 ? ` after ${byte} bytes, before the first frame` : ''
}

/** What the provider, or the system, said itself. */
function saidBy({ upstream, cause, code }: AssemblyError): string {
  const said: string[] = []
  if (upstream?.status !== undefined) said.push(`Status ${upstream.status}.`)
  if (upstream !== undefined && upstream.message !== '') {
    const label = upstream.code ?? upstream.type
    const isNew = label !== undefined && label !== upstream.status
    said.push(`The provider said: ${quoted(upstream.message)}${isNew ? ` (${label})` : ''}.`)
  }
  if (cause !== undefined && code !== 'aborted') {
    const reason = reasonOf(cause)
    const parts = [reason.message, reason.message.includes(reason.code ?? '') ? '' : reason.code]
    said.push(`The reason: ${parts.filter(Boolean).join(', ') || reason.code}.`)
  }
  return said.join(' ')
}

/** A provider may send a whole page as its message; the sentence stays one. */
const MAX_QUOTE = 400

function quoted(text: string): string {
  return `"${text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text}"`
}

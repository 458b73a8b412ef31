import { parseArgs } from 'node:util'
import { type AssembleOptions, type Limits, limitTable } from '../core.ts'
import { CommandError } from './command-error.ts'
import { demoFlagTable, flagTable } from './flags.ts'
import { type FormatName, formats } from './formats/table.ts'
import { isUrl } from './inputs.ts'
import { readDuration, readSize, readSpeed } from './quantities.ts'
import type { RequestArguments } from './request.ts'
import { nearest } from './spelling.ts'

export interface AssembleCommand {
  readonly kind: 'assemble'
  /** As they were written: files, URLs, `-`. None: standard input. */
  readonly inputs: readonly string[]
  /** undefined: what suits where the output goes. */
  readonly format: FormatName | undefined
  readonly jsonl: boolean
  readonly quiet: boolean
  readonly options: AssembleOptions
  readonly request: RequestArguments
  readonly record: string | undefined
  readonly replay: string | undefined
  /** Times as fast as recorded. */
  readonly speed: number
}

export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'demo'; readonly fast: boolean; readonly serve: boolean }
  | AssembleCommand

/** Reads the command line. Throws a CommandError of the outcome `usage`. */
export function readArguments(args: readonly string[]): Command {
  try {
    if (args[0] === 'demo') return demoCommand(args.slice(1))
    return assembleCommand(args)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(error.outcome, `${error.message} (deltafold --help says more)`)
  }
}

function demoCommand(args: readonly string[]): Command {
  const { values } = explained(demoFlagTable, () => parseArgs({ args: [...args], options: demoFlagTable }))
  if (values.help) return { kind: 'help' }
  return { kind: 'demo', fast: values.fast === true, serve: values.serve === true }
}

function assembleCommand(args: readonly string[]): Command {
  const { values, positionals } = explained(flagTable, () =>
    parseArgs({ args: [...args], options: flagTable, allowPositionals: true }),
  )
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const { format, jsonl, quiet, record, replay, speed, header, data } = values
  const [verb] = positionals
  const command: AssembleCommand = {
    kind: 'assemble',
    inputs: positionals[0] === undefined || !verbs.has(positionals[0]) ? positionals : positionals.slice(1),
    format: verb === 'dataset' ? 'dataset' : format && oneOf('--format', format, formats),
    jsonl: jsonl === true,
    quiet: quiet === true,
    options: optionsFrom(values),
    request: { headers: header ?? [], data },
    record,
    replay,
    speed: speed === undefined ? 1 : quantity('--speed', speed, readSpeed, '1x, 2x or max'),
  }
  checkTogether(command, speed !== undefined)
  return command
}

/** First words that are no input; `dataset` is short for `--format dataset`. */
const verbs: ReadonlySet<string> = new Set(['assemble', 'dataset'])

interface OptionValues {
  readonly choices?: string | undefined
  readonly cumulative?: boolean | undefined
  readonly 'require-finish-reason'?: boolean | undefined
  readonly 'skip-bad-chunks'?: boolean | undefined
  readonly limit?: readonly string[] | undefined
  readonly timeout?: string | undefined
  readonly 'first-event-timeout'?: string | undefined
  readonly 'stall-timeout'?: string | undefined
}

function optionsFrom(values: OptionValues): AssembleOptions {
  const duration = (name: 'timeout' | 'first-event-timeout' | 'stall-timeout'): number | undefined => {
    const text = values[name]
    return text === undefined ? undefined : quantity(`--${name}`, text, readDuration, '90s, 2m, 500ms or off')
  }
  if (values.choices !== undefined && values.choices !== '1')
    throw new CommandError('usage', '--choices takes 1 and nothing else: without it every choice is kept')
  return {
    ...limitsFrom(values.limit ?? []),
    choices: values.choices === undefined ? undefined : 1,
    cumulative: values.cumulative,
    requireFinishReason: values['require-finish-reason'],
    onBadChunk: values['skip-bad-chunks'] ? 'skip' : undefined,
    totalTimeoutMs: duration('timeout'),
    firstEventTimeoutMs: duration('first-event-timeout'),
    progressTimeoutMs: duration('stall-timeout'),
  }
}

function limitsFrom(settings: readonly string[]): Partial<Limits> {
  const limits: Partial<Limits> = {}
  for (const setting of settings) {
    const [name = '', size = ''] = setting.split(/=(.*)/s)
    limits[oneOf('--limit', name, limitTable)] = quantity(
      '--limit',
      size,
      readSize,
      'NAME=4096, NAME=16M or NAME=off',
    )
  }
  return limits
}

/** What each flag allows by itself but not beside others. */
function checkTogether({ inputs, request, record, replay }: AssembleCommand, hasSpeed: boolean): void {
  const refuse = (sentence: string): never => {
    throw new CommandError('usage', sentence)
  }
  const usesStdin = inputs.filter((input) => input === '-').length
  const isPosting = request.data !== undefined || request.headers.length > 0
  if (usesStdin > 1) refuse('standard input (-) can be read once')
  if (usesStdin > 0 && request.data === '@-')
    refuse('standard input cannot be both the request (--data @-) and the answer (-)')
  if (replay !== undefined && inputs.length > 0)
    refuse('--replay reads a recording: name no other input beside it')
  if (record !== undefined && inputs.length > 1) refuse('--record keeps one input: name one')
  if (record !== undefined && record === replay)
    refuse('--record would overwrite the recording that --replay reads')
  if (hasSpeed && replay === undefined) refuse('--speed is for --replay')
  if (isPosting && !inputs.some(isUrl)) refuse('--header and --data are for a URL: name one')
}

function oneOf<Name extends string>(
  flag: string,
  text: string,
  table: Readonly<Record<Name, unknown>>,
): Name {
  const names = Object.keys(table) as Name[] // the keys of a record are its names
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  throw new CommandError('usage', `${flag} does not know '${text}': it takes ${names.join(', ')}`)
}

function quantity(
  flag: string,
  text: string,
  read: (text: string) => number | undefined,
  forms: string,
): number {
  const value = read(text)
  if (value !== undefined) return value
  throw new CommandError('usage', `${flag} cannot be '${text}': write it as ${forms}`)
}

/** Runs parseArgs, and says in our words what it refused. */
function explained<Parsed>(flags: Readonly<Record<string, unknown>>, parse: () => Parsed): Parsed {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const [, unknown] = /^Unknown option '--?([^']*)'/.exec(error.message) ?? []
    if (unknown === undefined) throw new CommandError('usage', firstSentence(error.message))
    const close = nearest(unknown, Object.keys(flags))
    const dashes = unknown.length === 1 ? '-' : '--'
    throw new CommandError(
      'usage',
      `unknown option ${dashes}${unknown}${close ? `; did you mean --${close}?` : ''}`,
    )
  }
}

function firstSentence(text: string): string {
  const sentence = text.split(/\.\s/)[0] ?? text
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

import type { AssembleCommand } from './arguments.ts'
import { CommandError } from './command-error.ts'
import { type Outcome, outcomeOf, worstOf } from './exit-codes.ts'
import { fold } from './fold.ts'
import type { FormatRow } from './formats/format.ts'
import { formats } from './formats/table.ts'
import { type Input, inputNamed, standardInput } from './inputs.ts'
import { Recorder } from './recording/record.ts'
import { replayInput } from './recording/replay.ts'
import { sentenceOf } from './sentence.ts'
import type { Shell } from './shell.ts'
import { visibleLine } from './terminal/control-characters.ts'
import { LiveView } from './terminal/live-view.ts'
import { ProgressView } from './terminal/progress-view.ts'
import type { View } from './terminal/view.ts'

/** Folds every input in turn: one that fails does not keep the others from being read. */
export async function assembleInputs(command: AssembleCommand, shell: Shell): Promise<Outcome> {
  const inputs = inputsOf(command)
  const recorder = command.record === undefined ? undefined : new Recorder(command.record)
  const outcomes: Outcome[] = []
  for (const [number, input] of inputs.entries()) {
    if (shell.stop.aborted) break
    const position = inputs.length > 1 ? `${number + 1}/${inputs.length}` : ''
    outcomes.push(await assembleInput(command, shell, input, position, recorder))
  }
  recorder?.close()
  return worstOf(outcomes)
}

function inputsOf({ inputs, replay, speed, request }: AssembleCommand): Input[] {
  if (replay !== undefined) return [replayInput(replay, speed)]
  if (inputs.length > 0) return inputs.map((name) => inputNamed(name, request))
  if (!process.stdin.isTTY) return [standardInput]
  throw new CommandError(
    'usage',
    'nothing to read: name a file or a URL, or pipe a stream in (- reads the keyboard)',
  )
}

async function assembleInput(
  command: AssembleCommand,
  shell: Shell,
  input: Input,
  position: string,
  recorder: Recorder | undefined,
): Promise<Outcome> {
  const { jsonl, quiet, options } = command
  const name = command.format ?? (shell.output.isTerminal && !jsonl ? 'text' : 'completion')
  const format = formatNamed(name)
  const note = (sentence: string): void => {
    if (!quiet) shell.tell(`${nameOf(input)}${sentence}`)
  }
  if (position !== '' && name === 'text' && !jsonl && !quiet) announce(shell, input)
  try {
    const result = await fold({
      input,
      options,
      output: shell.output,
      writer: format.open({ output: shell.output, file: jsonl ? input.name : undefined, note }),
      view: quiet ? undefined : viewFor(shell, name === 'text' && !jsonl, format.isLive && !jsonl, position),
      recorder,
      stop: shell.stop,
    })
    if (result.error !== undefined && !quiet && !shell.output.isClosed) {
      shell.tell(`${nameOf(input)}${sentenceOf(result.error)}`)
    }
    return outcomeOf(result)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    shell.tell(error.message)
    return error.outcome
  }
}

/** The arguments have been read: there is such a format. */
function formatNamed(name: string): FormatRow {
  const format = formats[name]
  if (format === undefined) throw new CommandError('usage', `there is no format ${name}`)
  return format
}

/** Standard input needs no name: there is but one. */
function nameOf({ name }: Input): string {
  return name === '-' ? '' : `${name}: `
}

function announce(shell: Shell, { name }: Input): void {
  shell.screen?.startSection()
  shell.screen?.printLine(`==> ${visibleLine(name)} <==`, shell.screen.palette.bold)
}

/** What a person sees beside the output: nothing where lines of output run down the same terminal. */
function viewFor(shell: Shell, isText: boolean, isLive: boolean, position: string): View | undefined {
  if (shell.screen === undefined) return undefined
  if (isText) return new LiveView(shell.screen, shell.isShared)
  return isLive && shell.isShared ? undefined : new ProgressView(shell.screen, position)
}

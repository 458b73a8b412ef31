#!/usr/bin/env node
import { type Command, readArguments } from './arguments.ts'
import { assembleInputs } from './assemble-command.ts'
import { CommandError } from './command-error.ts'
import { playDemo } from './demo/demo.ts'
import { type Outcome, outcomeTable } from './exit-codes.ts'
import { helpText, versionText } from './help.ts'
import { Shell } from './shell.ts'

async function run(command: Command, shell: Shell): Promise<Outcome> {
  switch (command.kind) {
    case 'help':
      shell.output.write(helpText())
      return 'complete'
    case 'version':
      shell.output.write(versionText())
      return 'complete'
    case 'demo':
      return await playDemo(command, shell)
    case 'assemble':
      return await assembleInputs(command, shell)
  }
}

/** Says what went wrong, never with a stack trace unless one is asked for. */
function explain(error: unknown, shell: Shell): Outcome {
  if (error instanceof CommandError) {
    shell.tell(error.message)
    return error.outcome
  }
  const message = error instanceof Error ? error.message : String(error)
  shell.tell(`unexpected: ${message}. This is a defect of deltafold; DELTAFOLD_DEBUG=1 shows where.`)
  if (process.env.DELTAFOLD_DEBUG) console.error(error)
  return 'unexpected'
}

async function main(): Promise<void> {
  const shell = new Shell(process)
  process.on('uncaughtException', (error) => process.exit(outcomeTable[explain(error, shell)].code))
  let outcome: Outcome
  try {
    outcome = await run(readArguments(process.argv.slice(2)), shell)
  } catch (error) {
    outcome = explain(error, shell)
  }
  await shell.output.end()
  process.exit(outcomeTable[shell.settle(outcome)].code)
}

await main()

import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { expect } from 'chai'

/** The built command, as a user's shell would start it. Mocha runs at the root of the package. */
export const commandFile = resolve('dist/cli.js')

export interface Run {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  /** Flags of node itself, such as a bound of its heap. */
  readonly nodeFlags?: readonly string[]
  /** Called once standard output has begun. */
  readonly onOutput?: (child: ChildProcess) => void
}

/** Runs the command to its end. Whatever happened, it never shows a stack trace. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  // Colour is decided by the test, not by the shell or the runner that mocha was started from.
  const { NO_COLOR, FORCE_COLOR, ...env } = process.env
  const child = spawn(process.execPath, [...(options.nodeFlags ?? []), commandFile, ...args], {
    env: { ...env, ...options.env },
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes))
  if (options.onOutput) child.stdout.once('data', () => options.onOutput?.(child))
  child.stdin.on('error', () => {}) // the command may end before it has read everything
  child.stdin.end(options.stdin ?? '')
  const [code, signal] = await new Promise<[number | null, string | null]>((settle, reject) => {
    child.once('error', reject)
    child.once('close', (...ended) => settle(ended))
  })
  const ran = { code, signal, stdout: String(Buffer.concat(stdout)), stderr: String(Buffer.concat(stderr)) }
  expect(ran.stderr, 'a stack trace').not.to.match(/^\s+at /m)
  return ran
}

/** The lines of an output of JSON lines. */
/** For JSON.parse: leaves out the times of a result, which no two runs share. */
export function untimed(key: string, value: unknown): unknown {
  return key === 'timing' ? undefined : value
}

export function linesOf(text: string): unknown[] {
  expect(text.endsWith('\n'), 'the last line is whole').to.equal(true)
  return text
    .slice(0, -1)
    .split('\n')
    .map((line): unknown => JSON.parse(line, untimed))
}

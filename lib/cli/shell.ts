import { systemReason } from './command-error.ts'
import type { Outcome } from './exit-codes.ts'
import { Output } from './output.ts'
import { visibleLine } from './terminal/control-characters.ts'
import { type Palette, paletteFor } from './terminal/palette.ts'
import { Screen } from './terminal/screen.ts'

/** The process as the command sees it: where it writes, and what stops it. */
export class Shell {
  readonly output: Output
  /** Standard error as a terminal; undefined where it is none. */
  readonly screen: Screen | undefined
  /** Output and screen are one terminal. */
  readonly isShared: boolean
  readonly #palette: Palette
  readonly #stop = new AbortController()
  #wasInterrupted = false

  constructor({ stdout, stderr, env }: NodeJS.Process) {
    this.#palette = paletteFor(stderr.isTTY === true, env)
    this.output = new Output(stdout, () => this.#stop.abort(this.output.failure))
    this.screen = stderr.isTTY ? new Screen(stderr, this.#palette, env.TERM !== 'dumb') : undefined
    this.isShared = this.output.isTerminal && this.screen !== undefined
    if (this.isShared) this.output.neighbour = this.screen
    stderr.on('error', () => {}) // who closed it does not want to read about it
    // Once: a second Ctrl-C does what it always does, should the first one not be enough.
    process.once('SIGINT', () => {
      this.#wasInterrupted = true
      this.#stop.abort(new Error('interrupted'))
    })
  }

  /** Nothing more is to be read. */
  get stop(): AbortSignal {
    return this.#stop.signal
  }

  /** How the command ends, all considered. A reader that went away (`| head`) had what it wanted. */
  settle(outcome: Outcome): Outcome {
    if (this.#wasInterrupted) return 'aborted'
    if (!this.output.isClosed) return outcome
    if (this.output.failure === undefined) return 'complete'
    this.tell(`standard output: ${systemReason(this.output.failure)}`)
    return 'unexpected'
  }

  paletteOf(stream: NodeJS.WriteStream): Palette {
    return paletteFor(stream.isTTY === true, process.env)
  }

  /** One sentence on standard error. */
  tell(sentence: string): void {
    this.output.flush()
    const line = `${this.#palette.red('deltafold:')} ${visibleLine(sentence)}`
    if (this.screen) this.screen.printLine(line)
    else process.stderr.write(`${line}\n`)
  }
}

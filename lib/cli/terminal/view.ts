import type { AssemblyEvent, AssemblyResult } from '../../core.ts'

/** What a person at a terminal sees of one input, beside the output itself. */
export interface View {
  event(event: AssemblyEvent): void
  end(result: AssemblyResult): void
  /** Takes away what is drawn and ends the line; also after a failure. */
  close(): void
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const
const FRAME_MS = 80

/** Calls back ten times and more a second with the next picture of a spinner. Never keeps the process alive. */
export class Ticker {
  readonly #timer: ReturnType<typeof setInterval>
  #count = 0

  constructor(onTick: (spinner: string) => void) {
    this.#timer = setInterval(() => onTick(this.#next()), FRAME_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #next(): string {
    this.#count++
    return frames[this.#count % frames.length] ?? frames[0]
  }
}

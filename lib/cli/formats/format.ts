import type { AssemblyEvent, AssemblyResult } from '../../core.ts'
import type { Output } from '../output.ts'

/** Where the output of one input goes. */
export interface Page {
  readonly output: Output
  /** The input's name, where each line carries it. */
  readonly file: string | undefined
  /** Says a sentence about the output, beside it. */
  note(sentence: string): void
}

/** Writes what one input comes to. */
export interface Writer {
  /** Takes each event as it comes. Absent: only the end matters, and no event is made for it. */
  readonly event?: (event: AssemblyEvent) => void
  end(result: AssemblyResult): void
}

export interface FormatRow {
  readonly help: string
  /** Writes while the input comes, not only at its end. */
  readonly isLive: boolean
  open(page: Page): Writer
}

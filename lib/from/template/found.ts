import { Finding } from './finding.ts'
import type { Scratch } from './scratch.ts'

/** More holes than any provider's frame has; a frame with more is no template. */
export const MAX_HOLES = 16

/** What stands in the holes of the frame that matches. */
export class Found {
  readonly scratch: Scratch
  readonly #findings: readonly Finding[]
  /** Something of the frame that matches is still to be checked: most texts are ASCII, and right as they are. */
  isDoubtful = false

  constructor(scratch: Scratch) {
    this.scratch = scratch
    this.#findings = Array.from({ length: MAX_HOLES }, () => new Finding(scratch))
  }

  /** What stands in one hole; a template has no more holes than there are findings. */
  at(hole: number): Finding {
    return this.#findings[hole] as Finding
  }
}

const foundBy = new WeakMap<Scratch, Found>()

/** One for each scratch: both are used by one stream at a time. */
export function foundIn(scratch: Scratch): Found {
  const found = foundBy.get(scratch) ?? new Found(scratch)
  foundBy.set(scratch, found)
  return found
}

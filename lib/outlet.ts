import { Fault } from './errors.ts'
import type { AssemblyEvent } from './events.ts'
import type { AssemblyResult } from './result.ts'

/** Where events leave the line: they reach the listener until `end`, which it gets once. */
export class Outlet {
  readonly #listener: ((event: AssemblyEvent) => void) | undefined
  #isClosed = false

  constructor(listener: ((event: AssemblyEvent) => void) | undefined) {
    this.#listener = listener
  }

  get hasListener(): boolean {
    return this.#listener !== undefined
  }

  /** Throws a fault `listener` if the listener throws. */
  emit(event: AssemblyEvent): void {
    if (this.#isClosed || this.#listener === undefined) return
    try {
      this.#listener(event)
    } catch (cause) {
      throw new Fault('listener', { cause })
    }
  }

  /** Tells the end. A listener that throws here is told nothing: there is nobody left to tell. */
  end(result: AssemblyResult): void {
    if (this.#isClosed) return
    this.#isClosed = true
    try {
      this.#listener?.({ type: 'end', result })
    } catch {
      // The result is settled already.
    }
  }
}

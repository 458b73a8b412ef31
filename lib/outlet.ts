import { Fault } from './errors.ts'
import type { AssemblyEvent } from './events.ts'
import type { AssemblyResult } from './result.ts'

/** Where events leave the line: they reach the listener until `end`, which it gets once. */
export class Outlet {
  readonly #listener: ((event: AssemblyEvent) => void) | undefined
  /** Tells what goes before any other event. */
  #before: (() => void) | undefined
  #isClosed = false

  constructor(listener: ((event: AssemblyEvent) => void) | undefined) {
    this.#listener = listener
  }

  get hasListener(): boolean {
    return this.#listener !== undefined
  }

  /** `tellHeld` tells the events that are held back, and is called before any other one. */
  precede(tellHeld: () => void): void {
    this.#before = tellHeld
  }

  /** Throws a fault `listener` if the listener throws. */
  emit(event: AssemblyEvent): void {
    this.#before?.()
    this.tell(event)
  }

  /** As `emit`, for an event that was held back. */
  tell(event: AssemblyEvent): void {
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
    try {
      this.#before?.()
    } catch {
      // As below.
    }
    this.#isClosed = true
    try {
      this.#listener?.({ type: 'end', result })
    } catch {
      // The result is settled already.
    }
  }
}

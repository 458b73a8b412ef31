import { Assembler, type AssemblerOptions, type AssemblyEvent, type AssemblyResult } from '../../lib/core.ts'

export interface Watched {
  /** Every snapshot that differs from the one before it: after each write, and in each event. */
  readonly snapshots: readonly unknown[]
  readonly events: readonly AssemblyEvent[]
  readonly result: AssemblyResult
}

/** Folds while someone looks at everything: `look` gets each new snapshot as soon as it is there. */
export function watch(
  pieces: Iterable<Uint8Array>,
  options: AssemblerOptions,
  look: (snapshot: unknown) => void = () => {},
): Watched {
  const snapshots: unknown[] = []
  const events: AssemblyEvent[] = []
  const see = (snapshot: unknown): void => {
    if (snapshot === snapshots.at(-1)) return
    snapshots.push(snapshot)
    look(snapshot)
  }
  const assembler = new Assembler({
    ...options,
    onEvent: (event) => {
      events.push(event)
      if ('snapshot' in event) see(event.snapshot)
    },
  })
  for (const piece of pieces) {
    assembler.write(piece)
    see(assembler.snapshot())
  }
  const result = assembler.end()
  see(result.completion)
  return { snapshots, events, result }
}

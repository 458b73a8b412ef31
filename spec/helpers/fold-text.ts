import { Assembler, type AssemblerOptions, type AssemblyEvent, type AssemblyResult } from '../../lib/core.ts'
import type { JsonObject } from './reference/values.ts'

/** A fold of one text: what came of it and what was told. */
export interface Folded {
  readonly result: AssemblyResult
  readonly events: readonly AssemblyEvent[]
  /** The completion as a reader of the JSON sees it. */
  readonly completion: JsonObject
  readonly codes: readonly string[]
}

export function foldText(text: string, options: AssemblerOptions = {}): Folded {
  const events: AssemblyEvent[] = []
  const assembler = new Assembler({ ...options, onEvent: (event) => events.push(event) })
  assembler.write(text)
  const result = assembler.end()
  return {
    result,
    events,
    completion: JSON.parse(JSON.stringify(result.completion)),
    codes: result.diagnostics.map(({ code }) => code),
  }
}

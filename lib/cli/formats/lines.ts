import type { AssemblyEvent } from '../../core.ts'
import { jsonSafe } from '../terminal/control-characters.ts'
import type { Page, Writer } from './format.ts'

/** One line of JSON for each event that is wanted. */
export function linesWriter({ output, file }: Page, isWanted: (event: AssemblyEvent) => boolean): Writer {
  return {
    event(event) {
      if (!isWanted(event)) return
      const json = JSON.stringify(file === undefined ? event : { file, ...event })
      output.write(`${output.isTerminal ? jsonSafe(json) : json}\n`)
    },
    end() {},
  }
}

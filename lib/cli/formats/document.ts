import type { AssemblyResult } from '../../core.ts'
import { jsonSafe } from '../terminal/control-characters.ts'
import type { Page, Writer } from './format.ts'
import { textsOf } from './text.ts'

/** One JSON document for an input: indented for a person at a terminal, one line for a program or a file. */
export function documentWriter(page: Page, pick: (result: AssemblyResult) => object | null): Writer {
  const { output, file } = page
  const isPretty = output.isTerminal && file === undefined
  return {
    end(result) {
      const picked = pick(result)
      const document = file === undefined ? picked : { file, ...picked }
      const json = JSON.stringify(document, undefined, isPretty ? 2 : undefined)
      output.write(`${output.isTerminal ? jsonSafe(json) : json}\n`)
    },
  }
}

/** The text of all choices as one JSON string. */
export function textDocumentWriter(page: Page): Writer {
  return documentWriter(page, ({ completion }) => ({ text: textsOf(completion).join('\n') }))
}

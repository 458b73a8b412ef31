import type { ShapeFormat } from '../../shapes.ts'
import { shapes, toDatasetItem, toShape } from '../../shapes.ts'
import { jsonSafe } from '../terminal/control-characters.ts'
import { documentWriter } from './document.ts'
import type { FormatRow, Page, Writer } from './format.ts'

/** choices[0].message in the shape of another system; what that shape cannot carry is said on standard error. */
function shapeRow(name: ShapeFormat, help: string): FormatRow {
  return {
    help,
    isLive: false,
    open: (page) =>
      documentWriter(page, ({ completion }) => {
        if (completion.choices.length === 0) return null
        const { message, diagnostics } = toShape(completion, name)
        for (const diagnostic of diagnostics) page.note(`${diagnostic.field}: ${diagnostic.message}`)
        return message as object // a shape is an object
      }),
  }
}

/** Every shape and every `request:PROVIDER` as a format. */
export const shapeFormats: Readonly<Record<string, FormatRow>> = Object.fromEntries(
  [...shapes].map(([name, { what }]) => [name, shapeRow(name, what)]),
)

/** An item of a dataset a line. An answer that is not complete is none: the sentence on standard error says why. */
export const datasetFormat: FormatRow = {
  help: 'an item of an orq.ai dataset, one a line; answers that are not complete are left out',
  isLive: false,
  open: (page: Page): Writer => ({
    end({ status, completion }) {
      if (status !== 'complete' || completion.choices.length === 0) return
      const { item, diagnostics } = toDatasetItem(completion)
      for (const diagnostic of diagnostics) page.note(`${diagnostic.field}: ${diagnostic.message}`)
      const json = JSON.stringify(item)
      page.output.write(`${page.output.isTerminal ? jsonSafe(json) : json}\n`)
    },
  }),
}

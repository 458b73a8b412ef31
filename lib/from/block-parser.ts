import { createParser, type EventSourceMessage, type EventSourceParser } from 'eventsource-parser'

export interface BlockListener {
  onEvent(event: EventSourceMessage): void
  /** The id of a block, told before its event. */
  onId(id: string): void
}

/** Reads the fields of whole blocks. Between two of them it has no state, so that one serves all streams. */
class BlockParser {
  readonly #parser: EventSourceParser
  #listener: BlockListener | undefined

  constructor() {
    this.#parser = createParser({
      onEvent: (event) => this.#listener?.onEvent(event),
      onId: (id) => this.#listener?.onId(id),
    })
    // It drops a byte order mark of its own at the start; the decoder has already dropped the one that may be.
    this.#parser.feed('\n')
  }

  read(block: string, listener: BlockListener): void {
    this.#listener = listener
    this.#parser.feed(block)
    this.#listener = undefined
  }
}

/** Parsers that read nothing: there is one, unless a listener writes to another stream, or throws. */
const idle: BlockParser[] = []

/** Reads a block, its blank line included. Line ends are line feeds. */
export function readBlock(block: string, listener: BlockListener): void {
  const parser = idle.pop() ?? new BlockParser()
  parser.read(block, listener)
  idle.push(parser) // not if it has thrown: then it is in the middle of something
}

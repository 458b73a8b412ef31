import { asciiLanes, type LaneOwner } from './ascii-lanes.ts'

/** A piece appended by `+=` costs a node of its own until it is part of something flat: 54 bytes for four characters. */
const LINE = 128
const BLOCK = 4096
/** A lane that is lost with so little in it was not worth it, and after so many of them no other is asked for. */
const THIN = 12
const MAX_THIN = 4

/**
 * Text that grows by small pieces. They are gathered in a tail that is made flat whenever it is a line long, the lines
 * in a block, and the text is a chain of flat blocks. So a text that waits has few nodes, a long one keeps 1 byte a
 * character, each character is copied twice while it grows, and the chain is made one when somebody reads it.
 */
export class GrowingText implements LaneOwner {
  #text = ''
  #block = ''
  #tail = ''
  /** Characters that were made part of the text before they were a block, because somebody looked. */
  #loose = 0
  /** Where the last pieces are, if they came as bytes; -1: nowhere. */
  #lane = -1
  #thin = 0

  append(piece: string): void {
    if (this.#lane !== -1) this.#leave()
    this.#tail += piece
    if (this.#tail.length >= LINE) this.#endLine()
  }

  #endLine(): void {
    flatten(this.#tail)
    this.#block += this.#tail
    this.#tail = ''
    if (this.#block.length < BLOCK) return
    flatten(this.#block)
    this.#text += this.#block
    this.#block = ''
  }

  /** May the next pieces come as bytes? */
  get takesBytes(): boolean {
    return this.#thin < MAX_THIN
  }

  /** Appends the body of a JSON string that is ASCII and has no escapes but those of one character. */
  appendBytes(source: Uint8Array, start: number, end: number): void {
    if (this.#lane !== -1 && asciiLanes.append(this.#lane, source, start, end)) return
    if (this.#lane !== -1) this.#leave()
    this.#lane = asciiLanes.open(this)
    asciiLanes.append(this.#lane, source, start, end)
  }

  /** Another text needs the lane. */
  leave(): void {
    if (asciiLanes.length(this.#lane) < THIN) this.#thin++
    this.#leave()
  }

  #leave(): void {
    const piece = asciiLanes.close(this.#lane)
    this.#lane = -1
    this.append(piece)
  }

  get length(): number {
    const length = this.#text.length + this.#block.length + this.#tail.length
    return this.#lane === -1 ? length : length + asciiLanes.length(this.#lane)
  }

  toString(): string {
    if (this.#lane !== -1) this.#leave()
    if (this.#tail !== '' || this.#block !== '') this.#join()
    return this.#text
  }

  /** Who reads at every piece leaves a node for each: made flat before they weigh half as much as the text. */
  #join(): void {
    this.#text = this.#text + this.#block + this.#tail
    this.#loose += this.#block.length + this.#tail.length
    this.#block = ''
    this.#tail = ''
    if (this.#loose <= (this.#text.length >> 5) + BLOCK) return
    flatten(this.#text)
    this.#loose = 0
  }

  clear(): void {
    if (this.#lane !== -1) this.#leave()
    this.#text = ''
    this.#block = ''
    this.#tail = ''
    this.#loose = 0
  }
}

/** Reading one character makes V8 flatten a chain in place; other engines lose nothing. */
export function flatten(text: string): void {
  probe.read = text.charCodeAt(0)
}

/** Where it goes: a character that nobody uses is not read by code that V8 has optimised (Node 22 kept the chains). */
const probe = { read: 0 }

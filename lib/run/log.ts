import { flatten } from '../growing-text.ts'
import { continues, isTextEvent, type PlainEvent, type TextEvent, withText } from '../ui/plain-event.ts'
import { stepEvents } from '../ui/steps.ts'

/** Text is kept in blocks of this size: a reader cuts its part out of one, and cutting a rope copies the whole. */
const BLOCK = 4096

/** Does a log keep events of this type? What makes steps, every page needs; all others only a proxy passes on. */
export function isKept(type: PlainEvent['type']): boolean {
  return stepEvents.has(type)
}

interface TextBlock {
  readonly event: TextEvent
  text: string
}

type Entry = TextBlock | { readonly event: Exclude<PlainEvent, TextEvent>; readonly text: undefined }

/** How far a reader of the log has come. */
export interface Cursor {
  entry: number
  /** Characters of that entry, if it is text. */
  offset: number
  /** From the beginning: characters of text, and one for each other event. */
  at: number
}

/**
 * What a run has told so far, in order, once for all its readers: 1 byte a character, and a few entries a message. Each
 * reader has a number for its place, so one that comes late, is slow or was away costs nothing but the reading.
 */
export class RunLog {
  readonly #entries: Entry[] = []
  #size = 0

  /** How much there is to read, in the count of a cursor. */
  get size(): number {
    return this.#size
  }

  append(event: PlainEvent): void {
    if (!isTextEvent(event)) {
      this.#entries.push({ event, text: undefined })
      this.#size++
      return
    }
    this.#size += event.delta.length
    const last = this.#entries.at(-1)
    const goesOn = last?.text !== undefined && last.text.length < BLOCK && continues(last.event, event)
    // The event itself is not kept: it may hold a snapshot, and that the text of its day.
    if (goesOn) last.text += event.delta
    else {
      // A text that grew by += is a rope of 50 bytes a piece until it is read; a block that is full is read once.
      if (last?.text !== undefined) flatten(last.text)
      this.#entries.push({ event: withText(event, ''), text: event.delta })
    }
  }

  /** A cursor at the beginning, or at the end. */
  cursor(where: 'start' | 'end'): Cursor {
    if (where === 'start') return { entry: 0, offset: 0, at: 0 }
    const last = this.#entries.at(-1)
    return last?.text === undefined
      ? { entry: this.#entries.length, offset: 0, at: this.#size }
      : { entry: this.#entries.length - 1, offset: last.text.length, at: this.#size }
  }

  /**
   * The next event after the cursor, which moves past it; undefined where there is none. Text that goes on is joined,
   * up to `max` characters.
   */
  read(cursor: Cursor, max: number): PlainEvent | undefined {
    for (;;) {
      const entry = this.#entries[cursor.entry]
      if (entry === undefined) return undefined
      if (entry.text === undefined) {
        cursor.entry++
        cursor.at++
        return entry.event
      }
      if (cursor.offset < entry.text.length) return this.#readText(cursor, entry.event, max)
      if (cursor.entry === this.#entries.length - 1) return undefined // it may grow
      cursor.entry++
      cursor.offset = 0
    }
  }

  #readText(cursor: Cursor, event: TextEvent, max: number): PlainEvent {
    const pieces: string[] = []
    let room = max
    for (;;) {
      const entry = this.#entries[cursor.entry]
      if (entry?.text === undefined || !continues(event, entry.event)) break
      const piece = entry.text.slice(cursor.offset, cursor.offset + room)
      pieces.push(piece)
      room -= piece.length
      cursor.at += piece.length
      cursor.offset += piece.length
      if (room === 0 || cursor.entry === this.#entries.length - 1) break
      cursor.entry++
      cursor.offset = 0
    }
    return withText(event, pieces.join(''))
  }
}

import type { AssemblerOptions, AssemblyEvent, AssemblyResult } from '../../lib/core.ts'
import { Assembler } from '../../lib/core.ts'

/** An event as plain data, without its lazy snapshot. */
export type PlainEvent = Record<string, unknown> & { type: string }

/** Reads own keys one by one, because a spread would run the `snapshot` getter, which costs a whole view. */
export function plainEvent(event: { type: string }): PlainEvent {
  const plain: PlainEvent = { type: event.type }
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(event))) {
    if (key !== 'snapshot' && value !== undefined) plain[key] = key === 'result' ? untimed(value) : value
  }
  return plain
}

/** A result without its times, which no two runs share. */
function untimed(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return result
  return Object.fromEntries(Object.entries(result).filter(([key]) => key !== 'timing'))
}

/**
 * Neighbouring deltas of one text put together, as the promise about cuts counts them: any cut of the same
 * bytes gives the same joined events. Deltas that are no text (lists, objects) stay as they are.
 */
export function joinEvents(events: readonly { type: string }[]): PlainEvent[] {
  const joined: PlainEvent[] = []
  for (const event of events) {
    const plain = plainEvent(event)
    const last = joined.at(-1)
    if (
      last !== undefined &&
      typeof last.delta === 'string' &&
      typeof plain.delta === 'string' &&
      sameText(last, plain)
    ) {
      joined[joined.length - 1] = { ...plain, delta: last.delta + plain.delta }
    } else joined.push(plain)
  }
  return joined
}

function sameText(one: PlainEvent, other: PlainEvent): boolean {
  const address = (event: PlainEvent) =>
    JSON.stringify([event.type, event.choice, event.index, event.id, event.name, event.keys])
  return address(one) === address(other)
}

/** One fold of some bytes, in a form in which two folds can be compared. */
export interface Fold {
  /** Each event as JSON, written when it came: what it refers to may grow afterwards. */
  events: string[]
  result: AssemblyResult
  /** The result as JSON, for comparison. */
  resultText: string
}

/**
 * Writes the pieces and ends the input. Pieces after the assembler closed are written too: a host that cancels
 * its source may have a read under way, and it must not matter.
 */
export function fold(pieces: Iterable<Uint8Array>, options: AssemblerOptions = {}): Fold {
  const events: string[] = []
  const assembler = new Assembler({ ...options, onEvent: (event) => events.push(eventText(event)) })
  for (const piece of pieces) assembler.write(piece)
  const result = assembler.end()
  return { events, result, resultText: JSON.stringify({ ...result, timing: undefined }) }
}

/** The result of an `end` event is compared once, as the fold's own. */
function eventText(event: AssemblyEvent): string {
  return JSON.stringify(
    event.type === 'end' ? { type: 'end', status: event.result.status } : plainEvent(event),
  )
}

/** How a fold differs from a fold of the same bytes cut otherwise; undefined when it does not. */
export function differenceOfFolds(
  expected: Fold,
  actual: Fold,
): { path: string; expected: string; actual: string } | undefined {
  const longest = Math.max(expected.events.length, actual.events.length)
  for (let i = 0; i < longest; i += 1) {
    if (expected.events[i] !== actual.events[i]) {
      const path = `events[${i}] (${sameWhenJoined(expected, actual) ? 'same when joined' : 'different when joined'})`
      return { path, expected: expected.events[i] ?? 'no event', actual: actual.events[i] ?? 'no event' }
    }
  }
  if (expected.resultText !== actual.resultText) {
    return { path: 'result', expected: expected.resultText, actual: actual.resultText }
  }
  return undefined
}

function sameWhenJoined(one: Fold, other: Fold): boolean {
  const joined = (fold: Fold) =>
    JSON.stringify(joinEvents(fold.events.map((text): PlainEvent => JSON.parse(text))))
  return joined(one) === joined(other)
}

import { Assembler, type AssemblerOptions, type AssemblyEvent } from '../../lib/core.ts'
import { sharedTemplates } from '../../lib/from/template/cache.ts'
import { counts, matching } from '../../lib/from/template/matching.ts'
import { plainEvent } from './events.ts'
import type { Mismatch } from './mismatches.ts'

export interface Delivered {
  readonly pieces: Iterable<Uint8Array>
  readonly options?: AssemblerOptions | undefined
  /** Save and restore before the write of this number; a state must mean the same on both paths. */
  readonly saveAt?: number | undefined
  /** Look at the snapshot of every so manieth event that has one. */
  readonly lookAt?: number | undefined
}

/** With templates from the first frame on, or without any; puts the switch back. */
export function withTemplates<Result>(isOn: boolean, run: () => Result): Result {
  const before = { ...matching }
  Object.assign(matching, { isOn, warmUp: 0 })
  try {
    return run()
  } finally {
    Object.assign(matching, before)
  }
}

/**
 * All that can be seen of a fold, line by line: each event with the write that brought it, where the line stood after
 * each write, the saved state, and the result with its times, by a clock that counts how often it was asked.
 */
export function traceOf({ pieces, options = {}, saveAt, lookAt = 5 }: Delivered): string[] {
  const lines: string[] = []
  let time = 0
  let events = 0
  const onEvent = (event: AssemblyEvent): void => {
    lines.push(JSON.stringify(event.type === 'end' ? 'end' : plainEvent(event)))
    if ('snapshot' in event && ++events % lookAt === 0) lines.push(JSON.stringify(event.snapshot))
  }
  const heard = { clock: () => ++time, onEvent, ...options }
  let assembler = new Assembler(heard)
  let write = 0
  for (const piece of pieces) {
    if (write === saveAt && !assembler.closed) {
      const state = JSON.stringify(assembler.save())
      lines.push(state)
      assembler = Assembler.restore(JSON.parse(state), heard)
    }
    assembler.write(piece)
    lines.push(`${write} ${assembler.closed} ${JSON.stringify(assembler.at)}`)
    write++
  }
  if (!assembler.closed) lines.push(JSON.stringify(assembler.save()))
  lines.push(JSON.stringify(assembler.end()))
  return lines
}

export interface Compared {
  /** Frames that matched. */
  readonly hits: number
  readonly mismatch: Mismatch | undefined
}

/**
 * Folds without templates and twice with them: a stream that teaches, and one that finds what the first has taught.
 * `isFresh`: what other streams have taught is forgotten.
 */
export function compareWays(file: string, delivered: Delivered, isFresh = true): Compared {
  if (isFresh) sharedTemplates.clear()
  const plain = withTemplates(false, () => traceOf(delivered))
  const before = counts.hits
  const ways = ['learning', 'with templates of another stream'].map((way) => ({
    way,
    trace: withTemplates(true, () => traceOf(delivered)),
  }))
  for (const { way, trace } of ways) {
    const at = firstDifference(plain, trace)
    if (at === -1) continue
    const mismatch = { file, path: `${way}, line ${at}`, expected: plain[at], actual: trace[at] }
    return { hits: counts.hits - before, mismatch }
  }
  return { hits: counts.hits - before, mismatch: undefined }
}

function firstDifference(one: readonly string[], other: readonly string[]): number {
  const longest = Math.max(one.length, other.length)
  for (let at = 0; at < longest; at++) if (one[at] !== other[at]) return at
  return -1
}

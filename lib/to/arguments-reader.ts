import type { AssemblyEvent, OfToolCall } from '../events.ts'
import type { JsonValue } from '../wire/index.ts'

type Call = Pick<OfToolCall, 'choice' | 'index' | 'id' | 'name'>
type TextListener = (delta: string, call: Call) => void
type ItemListener = (item: JsonValue, index: number, call: Call) => void

/** Is more to come? `cut`: no, but the value is not whole either. */
type Growth = 'growing' | 'cut' | 'whole'

interface Watch {
  readonly path: readonly string[]
  /** Tells what is new in the value at the path; gives how much of it has been told. */
  tell(value: JsonValue | undefined, told: number, growth: Growth, call: Call): number
}

/** What has been told of a call: its last value, and how much of it to each watch. */
interface Told {
  value: JsonValue | undefined
  readonly lengths: number[]
}

/** A text shorter than this is told at each look. */
const SHORT = 8192
/** A longer one is told whenever it has grown by this part: reading it costs its whole length each time. */
const STEP = 1 / 64

/**
 * Reads parts of a tool's arguments while they are written: the text of a document, the rows of a list.
 *
 * A path names keys and places, joined by dots: `body`, `sections.0.title`; the empty path is the whole value. Items
 * are told when they are final. Texts grow at their end; a long one is told in steps of a 64th of its length.
 *
 * ```ts
 * const args = new ArgumentsReader('write_document')
 *   .text('body', (delta) => page.append(delta))
 *   .items('sources', (source) => list.add(source))
 * const assembler = new Assembler({ onEvent: (event) => args.write(event) })
 * ```
 */
export class ArgumentsReader {
  static readonly name = 'ArgumentsReader' // in a log, where the code is minified
  readonly #name: string | undefined
  readonly #watches: Watch[] = []
  readonly #told = new Map<string, Told>()

  /** `name`: of the tool; absent: the calls of every tool are read. */
  constructor(name?: string) {
    this.#name = name
  }

  /** Tells the new text at a path. */
  text(path: string, listener: TextListener): this {
    this.#watches.push({ path: partsOf(path), tell: (...now) => tellText(listener, ...now) })
    return this
  }

  /** Tells each item of the list at a path, once it is final. */
  items(path: string, listener: ItemListener): this {
    this.#watches.push({ path: partsOf(path), tell: (...now) => tellItems(listener, ...now) })
    return this
  }

  /** Takes any event; those of other tools, and of other kinds, are ignored. */
  write(event: AssemblyEvent): void {
    if (event.type !== 'tool_calls.arguments.delta' && event.type !== 'tool_calls.done') return
    if (this.#name !== undefined && event.name !== this.#name) return
    const key = `${event.choice}.${event.index}`
    const told = this.#told.get(key) ?? { value: undefined, lengths: this.#watches.map(() => 0) }
    const isDone = event.type === 'tool_calls.done'
    const growth: Growth = !isDone ? 'growing' : event.value === undefined ? 'cut' : 'whole'
    // A call that was cut has no value of its own: the last one seen is all there is.
    if (growth !== 'cut') told.value = event.value
    this.#watches.forEach((watch, i) => {
      told.lengths[i] = watch.tell(valueAt(told.value, watch.path), told.lengths[i] ?? 0, growth, event)
    })
    if (isDone) this.#told.delete(key)
    else this.#told.set(key, told)
  }
}

function partsOf(path: string): string[] {
  return path === '' ? [] : path.split('.')
}

function valueAt(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let at = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = Array.isArray(at) ? at[Number(part)] : at[part]
  }
  return at
}

function tellText(
  listener: TextListener,
  value: JsonValue | undefined,
  told: number,
  growth: Growth,
  call: Call,
): number {
  if (typeof value !== 'string' || value.length <= told) return told
  const isWorthIt = value.length < SHORT || value.length - told > value.length * STEP
  if (growth === 'growing' && !isWorthIt) return told
  listener(value.slice(told), call)
  return value.length
}

function tellItems(
  listener: ItemListener,
  value: JsonValue | undefined,
  told: number,
  growth: Growth,
  call: Call,
): number {
  if (!Array.isArray(value)) return told
  // The last item may still grow, until the whole value is there.
  const final = growth === 'whole' ? value.length : value.length - 1
  for (let i = told; i < final; i++) listener(value[i] ?? null, i, call)
  return Math.max(told, final)
}

import type { AssembledToolCall, AssemblyEventMap } from '../../core.ts'
import { visible, visibleLine } from './control-characters.ts'
import type { Palette } from './palette.ts'
import { WholeCharacters } from './whole-characters.ts'
import { endWithin } from './width.ts'

/** Enough for one line of any terminal. */
const TAIL = 400
/** Arguments can be whole files; nobody reads them in passing. */
const MAX_ARGUMENTS = 2000

type Started = AssemblyEventMap['tool_calls.start']
type Grown = AssemblyEventMap['tool_calls.arguments.delta']
type Done = AssemblyEventMap['tool_calls.done']

/** A call whose arguments are still coming: its name, their end and their length. */
class OpenCall {
  #name = ''
  readonly #characters = new WholeCharacters()
  #tail = ''
  #length = 0

  /** A name can come in pieces: the last event knows all of it. */
  grow(name: string, delta: string): void {
    this.#name = name
    this.#length += delta.length
    this.#tail = (this.#tail + this.#characters.take(delta)).slice(-TAIL)
  }

  /** One line that fits: while the arguments are longer, their end is shown, where they grow. */
  line(spinner: string, columns: number, palette: Palette): string {
    const name = visibleLine(this.#name)
    const room = Math.max(8, columns - name.length - 5)
    const tail = visibleLine(this.#tail)
    const shown = endWithin(tail, room)
    const isWhole = shown === tail && this.#length <= TAIL
    return `${palette.cyan(spinner)} ${palette.bold(name)} ${palette.dim(isWhole ? shown : `…${shown}`)}`
  }
}

/** The tool calls of all choices that are not done. */
export class OpenCalls {
  readonly #calls = new Map<string, OpenCall>()

  start({ choice, index, name }: Started): void {
    const call = new OpenCall()
    call.grow(name, '')
    this.#calls.set(`${choice} ${index}`, call)
  }

  grow({ choice, index, name, delta }: Grown): void {
    this.#calls.get(`${choice} ${index}`)?.grow(name, delta)
  }

  finish({ choice, index }: Done): void {
    this.#calls.delete(`${choice} ${index}`)
  }

  get size(): number {
    return this.#calls.size
  }

  lines(spinner: string, columns: number, palette: Palette): string[] {
    return [...this.#calls.values()].map((call) => call.line(spinner, columns, palette))
  }
}

const verdicts = {
  complete: { mark: '✓', color: 'green', note: '' },
  partial: { mark: '✗', color: 'yellow', note: ' (cut: not to be run)' },
  invalid: { mark: '✗', color: 'red', note: ' (invalid: not to be run)' },
} as const satisfies Record<AssembledToolCall['state'], { mark: string; color: keyof Palette; note: string }>

/** A call as it came out. */
export function doneLine({ name, arguments: text, callType, state }: Done, palette: Palette): string {
  const { mark, color, note } = verdicts[state]
  // Line ends of JSON are between its tokens; those of a custom tool's input are part of it.
  const shown = callType === 'custom' ? visible(text) : visibleLine(text)
  const cut =
    shown.length > MAX_ARGUMENTS ? `${shown.slice(0, MAX_ARGUMENTS)}… (${text.length} characters)` : shown
  return `${palette[color](mark)} ${palette.bold(visibleLine(name) || '(no name)')} ${palette.dim(cut)}${palette[color](note)}`
}

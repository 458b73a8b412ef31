import type { AssemblyEvent, AssemblyResult } from '../../core.ts'
import { visibleLine } from './control-characters.ts'
import { Pace } from './pace.ts'
import type { Screen } from './screen.ts'
import { seconds, statusLine } from './status-line.ts'
import { Ticker, type View } from './view.ts'

/** A file is folded sooner than that; what takes longer is a stream somebody waits for. */
const PATIENCE_MS = 500

/** What the model is doing, as the last event tells. */
const doing: Partial<Record<AssemblyEvent['type'], string>> = {
  'reasoning.delta': 'reasoning',
  'content.delta': 'writing',
  'refusal.delta': 'refusing',
  'audio.delta': 'speaking',
  'tool_calls.start': 'calling',
  'tool_calls.arguments.delta': 'calling',
}

/** One line that moves while an output is made that comes at the end, or goes elsewhere. */
export class ProgressView implements View {
  readonly #screen: Screen
  readonly #pace = new Pace()
  readonly #label: string
  readonly #ticker: Ticker
  #doing = 'waiting for the first token'
  #characters = 0
  #wasShown = false

  /** `label`: which input, where there are several. */
  constructor(screen: Screen, label: string) {
    this.#screen = screen
    this.#label = label
    this.#ticker = new Ticker((spinner) => this.#draw(spinner))
  }

  event(event: AssemblyEvent): void {
    this.#pace.take(event)
    const verb = doing[event.type]
    if (verb === undefined) return
    this.#doing = 'name' in event ? `${verb} ${visibleLine(event.name)}` : verb
    if ('delta' in event && typeof event.delta === 'string') this.#characters += event.delta.length
  }

  /** What nobody waited for needs no line: the output says it all. */
  end(result: AssemblyResult): void {
    this.close()
    if (!this.#wasShown) return
    this.#screen.printLine(statusLine(result, this.#pace.timing(result), this.#screen.palette))
  }

  close(): void {
    this.#ticker.stop()
    this.#screen.clear()
  }

  #draw(spinner: string): void {
    if (this.#pace.elapsedMs < PATIENCE_MS) return
    this.#wasShown = this.#screen.canRedraw
    const parts = [this.#label, this.#doing, `${this.#characters} characters`, seconds(this.#pace.elapsedMs)]
    this.#screen.draw([this.#screen.palette.dim(`${spinner} ${parts.filter(Boolean).join(' · ')}`)])
  }
}

import type { AssemblyEvent, AssemblyResult } from '../../core.ts'
import { textOfEvent } from '../formats/text.ts'
import { visible } from './control-characters.ts'
import { Pace } from './pace.ts'
import type { Screen } from './screen.ts'
import { seconds, statusLine } from './status-line.ts'
import { doneLine, OpenCalls } from './tool-calls.ts'
import { Ticker, type View } from './view.ts'
import { WholeCharacters } from './whole-characters.ts'

/** Until then nobody wonders whether anything happens. */
const PATIENCE_MS = 300

type Section = 'reasoning' | 'text' | 'part' | 'calls'

/**
 * Beside the text, which flows to standard output: reasoning before it, tool calls as they grow, a waiting line
 * while nothing comes, and one line at the end.
 */
export class LiveView implements View {
  readonly #screen: Screen
  /** Text and view meet on one terminal, and must be kept apart by blank lines. */
  readonly #isShared: boolean
  readonly #pace = new Pace()
  readonly #calls = new OpenCalls()
  readonly #reasoning = new WholeCharacters()
  readonly #ticker: Ticker
  #section: Section | undefined
  #voice: number | undefined

  constructor(screen: Screen, isShared: boolean) {
    this.#screen = screen
    this.#isShared = isShared
    this.#ticker = new Ticker((spinner) => this.#draw(spinner))
  }

  event(event: AssemblyEvent): void {
    this.#pace.take(event)
    switch (event.type) {
      case 'reasoning.delta':
        return this.#reason(event.choice, event.delta)
      case 'content.part':
        return this.#part(event.delta.type)
      case 'tool_calls.start':
        this.#enter('calls')
        return this.#calls.start(event)
      case 'tool_calls.arguments.delta':
        return this.#calls.grow(event)
      case 'tool_calls.done':
        this.#enter('calls')
        this.#calls.finish(event)
        return this.#screen.printLine(doneLine(event, this.#screen.palette))
      default:
        if (textOfEvent(event) !== '') this.#enter('text')
    }
  }

  end(result: AssemblyResult): void {
    this.close()
    this.#screen.startSection()
    this.#screen.printLine(statusLine(result, this.#pace.timing(result), this.#screen.palette))
  }

  close(): void {
    this.#ticker.stop()
    this.#screen.startLine()
  }

  /** Of several choices, as with the text, the one that began is followed. */
  #reason(choice: number, delta: string): void {
    this.#voice ??= choice
    if (choice !== this.#voice) return
    this.#enter('reasoning')
    this.#screen.print(visible(this.#reasoning.take(delta)), this.#screen.palette.dim)
  }

  /** Mistral and Databricks send reasoning as parts: what they say has its own events. */
  #part(type: string): void {
    if (type === 'thinking' || type === 'reasoning') return
    this.#enter('part')
    this.#screen.printLine(`[${visible(type)}]`, this.#screen.palette.dim)
  }

  #enter(section: Section): void {
    if (section === this.#section) return
    const follows = this.#section !== undefined
    this.#section = section
    if (section === 'text' && !this.#isShared) return this.#screen.clear()
    if (follows) this.#screen.startSection()
    else this.#screen.clear()
    // Without colour nothing else tells the thought from the answer.
    if (!this.#screen.palette.isColored && section === 'reasoning') this.#screen.printLine('[reasoning]')
    if (!this.#screen.palette.isColored && section === 'text') this.#screen.printLine('[answer]')
  }

  #draw(spinner: string): void {
    const { columns, palette } = this.#screen
    if (this.#calls.size > 0) this.#screen.draw(this.#calls.lines(spinner, columns, palette))
    else if (!this.#pace.hasBegun && this.#pace.elapsedMs >= PATIENCE_MS) {
      this.#screen.draw([
        palette.dim(`${spinner} waiting for the first token ${seconds(this.#pace.elapsedMs)}`),
      ])
    }
  }
}

import type { AssemblyEventType } from '../events.ts'
import { type Encoder, type StreamIdentity, textHeaders } from './encoder.ts'
import type { PlainEvent } from './plain-event.ts'

/** The names of a stream are taken, as every protocol does, and not said. */
export interface TextOptions extends Partial<StreamIdentity> {
  /** The choice that is shown. Default 0. */
  readonly choice?: number | undefined
}

const reads: ReadonlySet<AssemblyEventType> = new Set(['content.delta', 'refusal.delta', 'end'])

/**
 * The words and nothing else, for `TextStreamChatTransport`, `curl` and anything that shows text. It has no word for
 * an answer that broke: the connection breaks instead.
 */
export function text(options: TextOptions = {}): Encoder {
  return new WordsEncoder(options.choice ?? 0)
}

class WordsEncoder implements Encoder {
  readonly headers = textHeaders
  readonly reads = reads
  readonly heartbeat = ''
  readonly tellsFailure = false
  readonly #choice: number
  /** The first half of a character that two deltas share: bytes cannot be made of it alone. */
  #half = ''
  #isClosed = false

  constructor(choice: number) {
    this.#choice = choice
  }

  open(): string {
    return ''
  }

  encode(event: PlainEvent): string {
    if (this.#isClosed) return ''
    if (event.type === 'end') {
      this.#isClosed = true
      return this.#whole('', true)
    }
    if (event.type !== 'content.delta' && event.type !== 'refusal.delta') return ''
    return event.choice === this.#choice ? this.#whole(event.delta, false) : ''
  }

  #whole(delta: string, isLast: boolean): string {
    const words = this.#half + delta
    const endsHalf = !isLast && /[\uD800-\uDBFF]$/.test(words)
    this.#half = endsHalf ? words.slice(-1) : ''
    return endsHalf ? words.slice(0, -1) : words
  }
}

import type { Encoder } from './encoder.ts'
import type { PlainEvent } from './plain-event.ts'
import { type Step, type StepFields, StepReader, type StepType, stepEvents } from './steps.ts'

/** Step → the frames that say it. */
export type FrameTable<Frame> = {
  readonly [Type in StepType]: (step: StepFields[Type]) => readonly Frame[]
}

/** All that tells one part-wise protocol from another. */
export interface ProtocolRules<Frame> {
  readonly headers: Readonly<Record<string, string>>
  readonly heartbeat: string
  readonly frames: FrameTable<Frame>
  readonly write: (frame: Frame) => string
  /** The text after the last frame. */
  readonly close: string
}

/** The encoder of any protocol that speaks in steps: it looks each one up in the protocol's table. */
export class StepEncoder<Frame> implements Encoder {
  readonly headers: Readonly<Record<string, string>>
  readonly heartbeat: string
  readonly reads = stepEvents
  readonly tellsFailure = true
  readonly #rules: ProtocolRules<Frame>
  readonly #reader: StepReader
  #text = ''
  #state: 'new' | 'open' | 'closed' = 'new'

  constructor(rules: ProtocolRules<Frame>, choice = 0) {
    this.#rules = rules
    this.headers = rules.headers
    this.heartbeat = rules.heartbeat
    this.#reader = new StepReader(choice, (step) => this.#say(step))
  }

  open(): string {
    if (this.#state !== 'new') return ''
    this.#state = 'open'
    this.#say({ type: 'open' })
    return this.#taken()
  }

  encode(event: PlainEvent): string {
    if (this.#state === 'closed') return ''
    const opening = this.open()
    this.#reader.read(event)
    const text = opening + this.#taken()
    if (event.type !== 'end') return text
    this.#state = 'closed'
    return text + this.#rules.close
  }

  #say(step: Step): void {
    // Each row takes the fields of its own type; TypeScript cannot follow that through the table.
    const row = this.#rules.frames[step.type] as (step: Step) => readonly Frame[]
    for (const frame of row(step)) this.#text += this.#rules.write(frame)
  }

  #taken(): string {
    const text = this.#text
    this.#text = ''
    return text
  }
}

import type { AssemblyError } from '../errors.ts'
import type { AssemblyEventType, OfToolCall } from '../events.ts'
import type { AssembledToolCall, AssemblyResult } from '../result.ts'
import type { JsonValue } from '../wire/index.ts'
import { attachmentsOf } from './attachments.ts'
import { finishOf, type PageFinish } from './finish.ts'
import type { PlainEvent } from './plain-event.ts'

/** A tool call as a page knows it. */
export interface StepCall {
  readonly id: string
  readonly name: string
  /** Its number in order of arrival. */
  readonly index: number
  readonly isCustom: boolean
}

/**
 * What happens on a page, one thing at a time: parts open, grow and close, and every one of them is closed before the
 * end, whatever the end is. All part-wise protocols say the same steps in words of their own.
 */
export interface StepFields {
  open: object
  'text.start': { readonly part: number }
  'text.delta': { readonly part: number; readonly delta: string }
  'text.end': { readonly part: number }
  'reasoning.start': { readonly part: number }
  'reasoning.delta': { readonly part: number; readonly delta: string }
  'reasoning.end': { readonly part: number }
  'tool.start': { readonly part: number; readonly call: StepCall }
  'tool.delta': { readonly part: number; readonly call: StepCall; readonly delta: string }
  /** It may be run. */
  'tool.ready': {
    readonly part: number
    readonly call: StepCall
    readonly text: string
    readonly value: JsonValue
  }
  /** It must not be run. */
  'tool.failed': {
    readonly part: number
    readonly call: StepCall
    readonly text: string
    readonly state: Exclude<AssembledToolCall['state'], 'complete'>
  }
  source: { readonly part: number; readonly id: string; readonly url: string; readonly title?: string }
  file: { readonly part: number; readonly url: string; readonly mediaType: string }
  complete: { readonly result: AssemblyResult; readonly finish: PageFinish }
  /** The answer broke, or was cut: for a page that is the same. */
  failed: { readonly result: AssemblyResult; readonly error: AssemblyError }
  aborted: { readonly result: AssemblyResult }
}

export type StepType = keyof StepFields
export type Step = { [Type in StepType]: { readonly type: Type } & StepFields[Type] }[StepType]

/** The events that make steps. */
export const stepEvents: ReadonlySet<AssemblyEventType> = new Set<AssemblyEventType>([
  'content.delta',
  'refusal.delta',
  'reasoning.delta',
  'tool_calls.start',
  'tool_calls.arguments.delta',
  'tool_calls.done',
  'end',
])

interface ShownCall {
  readonly part: number
  readonly call: StepCall
  hasText: boolean
}

/** Reads the events of one choice as steps. */
export class StepReader {
  readonly #choice: number
  readonly #take: (step: Step) => void
  readonly #calls = new Map<number, ShownCall>()
  /** The text part that is open, if one is. */
  #open: { readonly kind: 'text' | 'reasoning'; readonly part: number } | undefined
  #parts = 0
  /**
   * White space that would open a text: models send some before they think, and a page would show an empty part. It
   * waits for the text, or for the first thing that is no reasoning.
   */
  #blank = ''

  constructor(choice: number, take: (step: Step) => void) {
    this.#choice = choice
    this.#take = take
  }

  read(event: PlainEvent): void {
    if (event.type === 'end') return this.#end(event.result)
    if (!('choice' in event) || event.choice !== this.#choice) return
    switch (event.type) {
      case 'content.delta':
      // A refusal is what the model says instead: no client has a place of its own for it, and an empty answer is worse.
      case 'refusal.delta':
        return this.#text('text', event.delta)
      case 'reasoning.delta':
        return this.#text('reasoning', event.delta)
      case 'tool_calls.start':
        // A call without a name, for now, is shown when it gets one.
        if (event.name !== '') this.#shown(event)
        return
      case 'tool_calls.arguments.delta':
        return this.#argumentsOf(this.#shown(event), event.delta)
      case 'tool_calls.done':
        return this.#done(event)
    }
  }

  #text(kind: 'text' | 'reasoning', delta: string): void {
    if (delta === '') return
    if (this.#open?.kind !== kind) {
      if (kind === 'text' && /^\s*$/.test(delta)) {
        this.#blank += delta
        return
      }
      this.#openPart(kind)
    }
    this.#grow(kind, delta)
  }

  #openPart(kind: 'text' | 'reasoning'): void {
    this.#close()
    const part = this.#parts++
    this.#open = { kind, part }
    this.#take({ type: `${kind}.start`, part })
    if (kind === 'reasoning') return
    const blank = this.#blank
    this.#blank = ''
    if (blank !== '') this.#grow(kind, blank)
  }

  #grow(kind: 'text' | 'reasoning', delta: string): void {
    if (this.#open !== undefined) this.#take({ type: `${kind}.delta`, part: this.#open.part, delta })
  }

  /** Something comes that is no reasoning: what is held back belongs before it. */
  #letBlankGo(): void {
    if (this.#blank !== '') this.#openPart('text')
  }

  #close(): void {
    if (this.#open !== undefined) this.#take({ type: `${this.#open.kind}.end`, part: this.#open.part })
    this.#open = undefined
  }

  #shown({ index, id, name, callType }: OfToolCall): ShownCall {
    const known = this.#calls.get(index)
    if (known !== undefined) return known
    this.#letBlankGo()
    this.#close()
    const call: StepCall = { id, name, index, isCustom: callType === 'custom' }
    const shown: ShownCall = { part: this.#parts++, call, hasText: false }
    this.#calls.set(index, shown)
    this.#take({ type: 'tool.start', part: shown.part, call })
    return shown
  }

  #argumentsOf(shown: ShownCall, delta: string): void {
    if (delta === '') return
    shown.hasText = true
    this.#take({ type: 'tool.delta', part: shown.part, call: shown.call, delta })
  }

  #done(event: Extract<PlainEvent, { readonly type: 'tool_calls.done' }>): void {
    const shown = this.#shown(event)
    const { part } = shown
    const call = { ...shown.call, name: event.name }
    const { state, arguments: text, value } = event
    if (state !== 'complete') return this.#take({ type: 'tool.failed', part, call, text, state })
    // No arguments mean none: {}. A client that parses what it has gathered has to be told so.
    if (!shown.hasText && !call.isCustom) this.#argumentsOf(shown, '{}')
    this.#take({ type: 'tool.ready', part, call, text, value: value ?? text })
  }

  #end(result: AssemblyResult): void {
    this.#letBlankGo()
    this.#close()
    const choice = result.completion.choices.find(({ index }) => index === this.#choice)
    for (const attachment of attachmentsOf(choice?.message))
      this.#take({ ...attachment, part: this.#parts++ })
    const { status, error } = result
    if (status === 'complete' || error === undefined)
      this.#take({ type: 'complete', result, finish: finishOf(result, this.#choice) })
    else if (status === 'aborted') this.#take({ type: 'aborted', result })
    else this.#take({ type: 'failed', result, error })
  }
}

import type { ChunkFold } from './chunk-fold.ts'
import type { Found } from './from/template/found.ts'
import type { Binding, Taker } from './from/template/taker.ts'
import type { Template } from './from/template/template.ts'
import { ContentPart } from './matched-content.ts'
import {
  AudioPart,
  DetailPart,
  EnvelopePart,
  type Ground,
  PaddingPart,
  type Part,
  UsagePart,
} from './matched-parts.ts'
import { mayRepeat, type NumberedHole, type Plan, planOf } from './matched-plan.ts'
import { CallPart, TextPart } from './matched-texts.ts'
import type { Choice, Taken } from './merge/choice.ts'
import type { Stopwatch } from './timing.ts'
import type { JsonObject } from './wire/index.ts'

/** The station from a matched frame to the message: what ChunkFold does for a chunk, for the values alone. */
export class MatchedFold implements Taker {
  readonly #fold: ChunkFold

  constructor(fold: ChunkFold) {
    this.#fold = fold
  }

  get isClosed(): boolean {
    return this.#fold.context.isClosed
  }

  get milestones(): number {
    return this.#fold.milestones
  }

  mayRepeat(chunk: JsonObject): boolean {
    return mayRepeat(chunk)
  }

  bind(template: Template, found: Found): Binding | undefined {
    const plan = planOf(template)
    return plan && new FrameBinding(template, plan, this.#fold, found)
  }
}

class FrameBinding implements Binding {
  readonly template: Template
  readonly #plan: Plan
  readonly #fold: ChunkFold
  readonly #padding: readonly PaddingPart[]
  readonly #envelope: readonly EnvelopePart[]
  readonly #parts: readonly Part[]
  readonly #call: CallPart | undefined
  /** The only part, if a text that grows is all it has to do with. */
  #growing: TextPart | CallPart | undefined
  readonly #usage: UsagePart | undefined
  #choice: Choice | undefined
  #epoch = -1
  /** A bit for each part that has brought something while the stopwatch looked: what more it brings has no mark. */
  #timed = 0

  constructor(template: Template, plan: Plan, fold: ChunkFold, found: Found) {
    this.template = template
    this.#plan = plan
    this.#fold = fold
    const inside = (place: string): NumberedHole[] => plan.holes.filter((hole) => hole.place === place)
    const padding = plan.holes.filter(({ isPadding }) => isPadding)
    this.#padding = exactly(padding.map((hole) => new PaddingPart(hole, fold)))
    const envelope = inside('chunk').filter(({ isPadding }) => !isPadding)
    this.#envelope = exactly(envelope.map((hole) => new EnvelopePart(hole, found)))
    this.#parts = exactly(partsOf(plan, fold, found))
    this.#call = this.#parts.find((part) => part instanceof CallPart)
    const counters = inside('usage')
    this.#usage =
      plan.usage && counters.length > 0 ? new UsagePart(counters, plan.usage, fold, found) : undefined
  }

  get isSettled(): boolean {
    const { epoch } = this.#fold
    if (this.#epoch !== epoch) {
      this.#epoch = epoch
      this.#timed = 0
      this.#choice = this.#settledChoice()
    }
    return this.#choice !== undefined
  }

  /** The choice it speaks of, if nothing of what is constant would change it. */
  #settledChoice(): Choice | undefined {
    const { index, chunk, choice: ofChoice, delta, constantUsage } = this.#plan
    const { completion } = this.#fold
    const choice = completion.knownChoice(index)
    if (choice === undefined) return undefined
    for (const [key, value] of chunk) if (!completion.envelope.repeats(key, value)) return undefined
    for (const [key, value] of ofChoice) if (!choice.fields.repeats(key, value)) return undefined
    for (const [key, value] of delta) if (!choice.message.repeats(key, value)) return undefined
    if (constantUsage !== undefined && !completion.usage.repeats(constantUsage)) return undefined
    for (const part of this.#padding) if (!part.settle(choice)) return undefined
    for (const part of this.#envelope) if (!part.settle(completion.envelope)) return undefined
    for (const part of this.#parts) if (!part.settle(choice)) return undefined
    const only = this.#parts.length === 1 ? this.#parts[0] : undefined
    const isTextual = only instanceof TextPart || only instanceof CallPart
    this.#growing = isTextual && only.isGrowing ? only : undefined
    return choice
  }

  accepts(): boolean {
    if (this.#epoch !== this.#fold.epoch && !this.isSettled) return false
    if (this.#choice === undefined) return false
    return this.#call === undefined || this.#call.accepts(this.#choice)
  }

  take(): void {
    const { context, stopwatch, reporter } = this.#fold
    const choice = this.#choice
    if (choice === undefined || !context.countFrame()) return
    stopwatch?.frame()
    let changes = 0
    for (const part of this.#envelope) if (part.take(context)) changes++
    const growing = this.#growing
    if (growing !== undefined) {
      const hasGrown = growing.grow(choice)
      if (stopwatch !== undefined) this.#time(stopwatch, choice, hasGrown ? 1 : 0)
      if (hasGrown && reporter !== undefined) growing.tell(choice, reporter)
    } else this.#takeParts(choice)
    if (this.#usage?.take()) changes++
    if (changes > 0) this.#changed(changes)
  }

  #takeParts(choice: Choice): void {
    const { stopwatch, reporter } = this.#fold
    const taken: Taken[] | undefined = reporter && []
    let brought = 0
    let bit = 1
    try {
      for (const part of this.#parts) {
        if (part.take(choice, taken)) brought |= bit
        bit <<= 1
      }
      if (stopwatch !== undefined) this.#time(stopwatch, choice, brought)
    } finally {
      // Also what stands before a limit that was reached: it is in the message.
      if (taken !== undefined && taken.length > 0) reporter?.delta(choice, taken)
    }
  }

  #time(stopwatch: Stopwatch, choice: Choice, brought: number): void {
    if ((brought & ~this.#timed) === 0) return
    this.#timed |= brought
    stopwatch.delta(choice)
  }

  /** What was changed is a hole here, but may be constant in another template. */
  #changed(changes: number): void {
    const fold = this.#fold
    fold.epoch += changes
    // Unless a listener has written to the line meanwhile.
    if (fold.epoch === this.#epoch + changes) this.#epoch = fold.epoch
  }
}

const none: readonly never[] = []

/** A list as long as it is, and one for all that are empty: to a list made by `push` V8 gives room for 16 more. */
function exactly<Item>(items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? none : items.slice()
}

/** The parts of the delta, in the order of the wire. */
function partsOf(plan: Plan, ground: Ground, found: Found): Part[] {
  const parts: Part[] = []
  const audio = plan.holes.filter(({ place }) => place === 'audio')
  for (const hole of plan.holes) {
    if (hole.isPadding) continue
    if (hole.place === 'delta') parts.push(new TextPart(hole, ground, found))
    else if (hole.place === 'detail' && plan.detail)
      parts.push(new DetailPart(hole, plan.detail, ground, found))
    else if (hole.place === 'part' && plan.part) parts.push(new ContentPart(hole, plan.part, ground, found))
    else if (hole === audio[0] && plan.audio) parts.push(new AudioPart(audio, plan.audio, ground, found))
    else if (hole.place === 'arguments' && plan.call) {
      const index = plan.holes.find(({ place }) => place === 'call')
      if (index !== undefined) parts.push(new CallPart(index, hole, plan.call, ground, found))
    }
  }
  return parts
}

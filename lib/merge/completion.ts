import { usagePlaces } from '../dialect/usage.ts'
import { Fault } from '../errors.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import { Choice, type IdMaker } from './choice.ts'
import type { MergeContext } from './field.ts'
import { FieldSet } from './field-set.ts'
import type { Tables } from './fields.ts'
import { getOwn, isObject, setOwn, sharedListWith, sharedWith } from './json.ts'
import type { ToolCall } from './tool-call.ts'
import { readIndex } from './tool-calls.ts'
import { UsageField } from './usage.ts'

/** Of all that have no choice yet. */
const none: readonly Choice[] = []

/** The completion while it grows: its envelope, its usage, and its choices by index. */
export class Completion implements IdMaker {
  readonly envelope: FieldSet
  #usage: UsageField | undefined
  /** As they came. A list: mostly there is one. */
  #choices: readonly Choice[] = none
  readonly #tables: Tables
  readonly #single: boolean
  /** The last snapshot, and its list of choices. */
  #snapshot: JsonObject | undefined
  #made: JsonObject[] | undefined

  /** `single`: the caller declared n = 1, so every choice index means choice 0. */
  constructor(tables: Tables, single: boolean) {
    this.#tables = tables
    this.#single = single
    this.envelope = new FieldSet(tables.chunk, '')
  }

  /** Made when it is asked for: mostly it comes with the last chunk. */
  get usage(): UsageField {
    this.#usage ??= new UsageField()
    return this.#usage
  }

  /** The choices in order of their index. */
  get choices(): readonly Choice[] {
    return this.#choices.toSorted((a, b) => a.index - b.index)
  }

  mergeField(key: string, value: JsonValue, context: MergeContext): JsonValue | undefined {
    return this.envelope.merge(key, value, context)
  }

  /** Merges usage from wherever a chunk, or one of its choices, holds it. True: it changed. */
  mergeUsage(level: 'chunk' | 'choice', source: JsonObject, context: MergeContext): boolean {
    let changed = false
    for (const { path, level: where } of usagePlaces) {
      if (where !== level) continue
      const outer = source[path[0]]
      if (outer === undefined || outer === null) continue // most chunks: no more than this look
      const value = path[1] === undefined ? outer : isObject(outer) ? outer[path[1]] : undefined
      if (value === undefined || value === null) continue
      if (this.usage.merge(value, context) !== undefined) changed = true
    }
    return changed
  }

  /** The choice a chunk speaks of, made if it is new. Throws a fault on an index that cannot be one. */
  choiceAt(value: JsonValue | undefined, context: MergeContext): Choice {
    const index = this.#readIndex(value, context)
    const known = this.#at(index)
    if (known !== undefined) return known
    if (index >= context.limits.maxChoices) throw new Fault('limit_choices', { path: 'choices[].index' })
    const choice = new Choice(index, this.#tables, this)
    this.#choices = this.#choices.concat(choice) // as long as it is: `push` makes room for 16 more
    return choice
  }

  /** The choice a chunk speaks of, if it has come already and nothing is odd about its index. */
  knownChoice(value: JsonValue | undefined): Choice | undefined {
    return this.#at(this.#single ? 0 : typeof value === 'number' ? value : -1)
  }

  #at(index: number): Choice | undefined {
    for (const choice of this.#choices) if (choice.index === index) return choice
    return undefined
  }

  #readIndex(value: JsonValue | undefined, context: MergeContext): number {
    if (this.#single) return 0
    if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) return value
    if (typeof value === 'number') throw new Fault('bad_index', { path: 'choices[].index' })
    const index = readIndex(value, 'choices[].index', context)
    if (index === undefined) context.diagnose('missing_choice_index')
    return index ?? 0
  }

  /** The same stream gets the same ids, so that any cut and any restart give the same result. */
  toolCallId(choice: number, call: ToolCall): string {
    const { id, created, model } = this.envelope.snapshot()
    return `call_${hash(JSON.stringify([id ?? '', created ?? 0, model ?? '', choice, call.ordinal]))}`
  }

  /** The `chat.completion` object so far, immutable: what did not change is shared with the last one. */
  snapshot(): JsonObject {
    const { id, created, model, ...others } = this.envelope.snapshot()
    const usage = this.#usage?.snapshot()
    const completion: JsonObject = {
      id: id ?? '',
      object: 'chat.completion',
      created: created ?? 0,
      model: model ?? '',
      choices: this.#choicesSnapshot(),
    }
    if (usage !== undefined) completion.usage = usage
    for (const key of Object.keys(others)) setOwn(completion, key, getOwn(others, key) ?? null)
    this.#snapshot = sharedWith(this.#snapshot, completion)
    return this.#snapshot
  }

  #choicesSnapshot(): JsonObject[] {
    this.#made = sharedListWith(
      this.#made ?? [],
      this.choices.map((choice) => choice.snapshot()),
    )
    return this.#made
  }

  save(): JsonValue {
    return {
      envelope: this.envelope.save(),
      usage: this.usage.save(),
      choices: this.#choices.map((choice) => choice.save()),
    }
  }

  load(state: JsonObject, context: MergeContext): void {
    this.envelope.load(state.envelope ?? null)
    this.usage.load(state.usage ?? null)
    if (!Array.isArray(state.choices)) return
    for (const saved of state.choices.filter(isObject)) this.choiceAt(saved.index, context).load(saved)
  }
}

/** FNV-1a with two seeds: 16 hex digits, enough to tell the calls of a conversation apart. */
function hash(text: string): string {
  let a = 0x811c9dc5
  let b = 0x01000193
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193)
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b)
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')
}

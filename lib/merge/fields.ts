import { padding } from '../dialect/padding.ts'
import type { JsonValue } from '../wire/index.ts'
import { AudioField } from './audio.ts'
import { ContentField } from './content.ts'
import type { Field } from './field.ts'
import type { FieldRow } from './field-set.ts'
import { FunctionCallField } from './function-call.ts'
import { IndexedField, ListField, SetField } from './list.ts'
import { LogprobsField } from './logprobs.ts'
import { ObjectField } from './object.ts'
import { ReasoningDetailsField } from './reasoning-details.ts'
import { ReasoningTextField, TextField } from './text.ts'
import { ThinkingBlocksField } from './thinking-blocks.ts'
import {
  EnvelopeField,
  type EnvelopeRule,
  LastField,
  PiecesField,
  RoleField,
  SignatureField,
} from './value.ts'

/** A field that is dropped. */
export class DropField implements Field {
  merge(): undefined {}
  repeats(): boolean {
    return true
  }
  snapshot(): undefined {}
  save(): JsonValue {
    return null
  }
  load(): void {}
}

/** It holds nothing: one for all. */
let dropField: DropField | undefined

/** Rules by the names under which a caller registers them for a field of his own. */
export const mergeRules = {
  /** Text pieces are joined. */
  append: (path: string): Field => new TextField(path),
  /** The last value that is not empty. */
  last: (path: string): Field => new LastField(path),
  /** An object, key by key. */
  object: (path: string): Field => new ObjectField(path),
  /** An object, key by key at every level. */
  deep: (path: string): Field => new ObjectField(path, true),
  /** Items are appended. */
  list: (path: string): Field => new ListField(path),
  /** Items are appended, each once. */
  set: (path: string): Field => new SetField(path),
  /** Items with the same index replace each other's keys. */
  indexed: (path: string): Field => new IndexedField(path),
  /** Nothing of it is kept. */
  drop: (): Field => {
    dropField ??= new DropField()
    return dropField
  },
} as const

export type MergeRule = keyof typeof mergeRules

/** How a field of a delta is told to the outside: an event of its own, or with all others in message.delta. */
export type Voice =
  | 'content'
  | 'refusal'
  | 'reasoning'
  | 'reasoning_details'
  | 'thinking_blocks'
  | 'tool_calls'
  | 'audio'
  | 'annotations'
  | 'other'

export interface DeltaRow extends FieldRow {
  readonly voice: Voice
}

const row = (create: (path: string) => Field, voice: Voice = 'other'): DeltaRow => ({ create, voice })

const envelope =
  (rule: EnvelopeRule) =>
  (path: string): Field =>
    new EnvelopeField(path, rule)

/** The tables one assembler reads, its caller's rules included. */
export interface Tables {
  /** Field of a chunk → merge rule. `choices`, `usage` and errors are read by hand. */
  readonly chunk: ReadonlyMap<string, FieldRow>
  /** Field of a choice → merge rule. `index`, `delta`, `message`, `finish_reason` and `usage` are read by hand. */
  readonly choice: ReadonlyMap<string, FieldRow>
  readonly delta: ReadonlyMap<string, FieldRow>
}

interface OwnTables extends Tables {
  /** THE TABLE: field of a delta → merge rule and voice. A field that is not here is kept by its shape. */
  readonly delta: ReadonlyMap<string, DeltaRow>
}

/** Made with the first line: it is a hundredth of what importing ./core costs. */
let made: OwnTables | undefined

export function fieldTables(): OwnTables {
  made ??= { delta: deltaFields(), choice: choiceFields(), chunk: chunkFields() }
  return made
}

const deltaFields = (): ReadonlyMap<string, DeltaRow> =>
  new Map(
    Object.entries({
      role: row((path) => new RoleField(path)),
      name: row(envelope({ type: 'string' })),
      content: row((path) => new ContentField(path), 'content'),
      refusal: row(mergeRules.append, 'refusal'),
      reasoning_content: row((path) => new ReasoningTextField(path), 'reasoning'),
      reasoning: row((path) => new ReasoningTextField(path), 'reasoning'),
      reasoning_text: row((path) => new ReasoningTextField(path), 'reasoning'),
      reasoning_opaque: row(mergeRules.append),
      reasoning_signature: row((path) => new SignatureField(path)),
      redacted_reasoning: row((path) => new PiecesField(path)),
      reasoning_details: row((path) => new ReasoningDetailsField(path), 'reasoning_details'),
      thinking_blocks: row((path) => new ThinkingBlocksField(path), 'thinking_blocks'),
      function_call: row((path) => new FunctionCallField(path)),
      audio: row((path) => new AudioField(path), 'audio'),
      annotations: row(mergeRules.set, 'annotations'),
      images: row(mergeRules.set),
      executed_tools: row(mergeRules.indexed),
      channel: row(mergeRules.last),
      extra_content: row(mergeRules.deep),
      provider_specific_fields: row(mergeRules.deep),
      provider_metadata: row(mergeRules.deep),
    }),
  )

const choiceFields = (): ReadonlyMap<string, FieldRow> =>
  new Map(
    Object.entries({
      logprobs: { create: (path: string) => new LogprobsField(path) },
      content_filter_results: { create: mergeRules.object },
      token_ids: { create: mergeRules.list },
      text: { create: mergeRules.append },
    }),
  )

function chunkFields(): ReadonlyMap<string, FieldRow> {
  const whole = { create: mergeRules.last }
  const dropped = { create: mergeRules.drop }
  return new Map(
    Object.entries({
      id: { create: envelope({ type: 'string', onChange: 'id_changed' }) },
      object: dropped,
      created: { create: envelope({ type: 'number' }) },
      model: { create: envelope({ type: 'string', onChange: 'model_changed' }) },
      service_tier: whole,
      system_fingerprint: whole,
      citations: whole,
      search_results: whole,
      images: whole,
      moderation: whole,
      prompt_filter_results: whole,
      prompt_token_ids: whole,
      ...Object.fromEntries(padding.map(({ field }) => [field, dropped])),
    }),
  )
}

/** The tables with the caller's own rules over them, at every level. Throws a RangeError on an unknown rule. */
export function tablesWith(rules: Readonly<Record<string, MergeRule>> | undefined): Tables {
  const tables = fieldTables()
  if (rules === undefined) return tables
  const own = Object.entries(rules).map(([field, rule]): [string, FieldRow] => {
    if (!Object.hasOwn(mergeRules, rule))
      throw new RangeError(`There is no merge rule '${rule}' (for ${field})`)
    return [field, { create: mergeRules[rule] }]
  })
  const over = (table: ReadonlyMap<string, FieldRow>) => new Map([...table, ...own])
  return { chunk: over(tables.chunk), choice: over(tables.choice), delta: over(tables.delta) }
}

import fc from 'fast-check'
import { type JsonObject, list, own } from '../reference/values.ts'
import { choice, type GeneratedChoice } from './choice.ts'
import type { Intended } from './segments.ts'
import { interleave, picks } from './text.ts'
import { topFields } from './unknown.ts'

export interface GeneratedChunks {
  chunks: JsonObject[]
  /** What each choice should hold, by index, if nothing goes wrong. */
  intended: Intended[]
  /** The caller declares n = 1, because the provider counts something else in `choices[].index`. */
  oneChoice: boolean
}

type IndexMode = 'sent' | 'missing' | 'counter'

interface Plan {
  choices: GeneratedChoice[]
  order: number[]
  groups: boolean[]
  index: IndexMode
  envelope: Envelope
  usage: UsagePlan
  noise: Noise[]
  fields: JsonObject[]
}

interface Envelope {
  id: 'constant' | 'empty' | 'missing' | 'changing' | 'late'
  model: 'constant' | 'missing' | 'late' | 'changing'
  created: 'constant' | 'drifting' | 'missing'
  object: 'chunk' | 'missing' | 'empty' | 'completion'
  usageNull: boolean
  errorNull: boolean
}

type UsagePlan = 'none' | 'last' | 'finish' | 'cumulative' | 'choice' | 'groq' | 'thenNull' | 'thenZero'
type Noise = 'azureFirst' | 'ping' | 'nullChoices' | 'emptyChoices' | 'azureFilter'

const USAGE = {
  prompt_tokens: 5,
  completion_tokens: 7,
  total_tokens: 12,
  prompt_tokens_details: { cached_tokens: 2 },
  completion_tokens_details: null,
}
const ZERO_USAGE = {
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
  prompt_tokens_details: { cached_tokens: 0 },
}

/** 'late' begins with the empty value that Azure sends. */
function envelopeOf(style: Envelope, at: number): JsonObject {
  const late = at === 0
  const id = { constant: 'c1', empty: '', missing: undefined, changing: `c${at}`, late: late ? '' : 'c1' }[
    style.id
  ]
  const model = { constant: 'm', missing: undefined, late: late ? '' : 'm', changing: `m${at}` }[style.model]
  const created = { constant: 1_700_000_000, drifting: 1_700_000_000 + at, missing: undefined }[style.created]
  const object = {
    chunk: 'chat.completion.chunk',
    missing: undefined,
    empty: '',
    completion: 'chat.completion',
  }[style.object]
  const members = { id, object, created, model }
  return {
    ...Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)),
    ...(style.usageNull ? { usage: null } : {}),
    ...(style.errorNull ? { error: null } : {}),
  }
}

function withIndex(entry: JsonObject, mode: IndexMode, choiceAt: number, entryAt: number): JsonObject {
  if (mode === 'missing') return entry
  return { index: mode === 'counter' ? entryAt : choiceAt, ...entry }
}

/** Neighbours of different choices may share a chunk. */
function grouped(entries: JsonObject[], groups: readonly boolean[]): JsonObject[][] {
  const chunks: JsonObject[][] = []
  entries.forEach((entry, at) => {
    const last = chunks.at(-1)
    const known = last?.some((other) => own(other, 'index') === own(entry, 'index'))
    if (last && !known && groups[at % Math.max(1, groups.length)]) last.push(entry)
    else chunks.push([entry])
  })
  return chunks
}

const NOISE: Record<Noise, JsonObject> = {
  azureFirst: {
    ...{ id: '', object: '', created: 0, model: '', choices: [] },
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: { hate: { filtered: false } } }],
  },
  ping: {},
  nullChoices: { choices: null },
  emptyChoices: { choices: [] },
  azureFilter: { choices: [{ index: 0, finish_reason: null, content_filter_offsets: { check_offset: 1 } }] },
}

/** Azure's opening frame comes first, the others last. */
function withNoise(bodies: JsonObject[], noise: readonly Noise[]): JsonObject[] {
  const opening = noise.includes('azureFirst') ? [NOISE.azureFirst] : []
  return [...opening, ...bodies, ...noise.filter((one) => one !== 'azureFirst').map((one) => NOISE[one])]
}

function withUsage(bodies: JsonObject[], plan: UsagePlan): JsonObject[] {
  const last = bodies.at(-1) ?? { choices: [] }
  const before = bodies.slice(0, -1)
  if (plan === 'none') return bodies
  if (plan === 'finish') return [...before, { ...last, usage: USAGE }]
  if (plan === 'groq') return [...before, { ...last, x_groq: { id: 'req_1', usage: USAGE } }]
  if (plan === 'choice') {
    const choices = list(own(last, 'choices')).map((entry) => ({ usage: USAGE, ...Object(entry) }))
    return [...before, { ...last, choices }]
  }
  if (plan === 'cumulative') {
    return bodies.map((body, at) => ({
      ...body,
      usage: { prompt_tokens: 5, completion_tokens: at, total_tokens: 5 + at },
    }))
  }
  const trailing = { choices: [], usage: USAGE }
  if (plan === 'thenNull')
    return [...bodies, trailing, { choices: [], moderation: { input: 1 }, usage: null }]
  return plan === 'thenZero'
    ? [...bodies, trailing, { choices: [], usage: ZERO_USAGE }]
    : [...bodies, trailing]
}

function withFields(chunks: JsonObject[], fields: readonly JsonObject[]): JsonObject[] {
  return chunks.map((chunk, at) => {
    const field = Array.isArray(own(chunk, 'choices')) ? fields[at] : undefined
    return field && !Object.keys(field).some((key) => Object.hasOwn(chunk, key))
      ? { ...chunk, ...field }
      : chunk
  })
}

function compose(planned: Plan): GeneratedChunks {
  const index = planned.choices.length === 1 ? planned.index : 'sent'
  const lists = planned.choices.map(({ entries }, choiceAt) =>
    entries.map((entry, entryAt) => withIndex(entry, index, choiceAt, entryAt)),
  )
  const bodies = grouped(interleave(lists, planned.order), planned.groups).map((choices) => ({ choices }))
  const framed = withNoise(withUsage(bodies, planned.usage), planned.noise)
  const chunks = framed.map((body, at) => ({ ...envelopeOf(planned.envelope, at), ...body }))
  const intended = planned.choices.map((one) => one.intended)
  return { chunks: withFields(chunks, planned.fields), intended, oneChoice: index === 'counter' }
}

function envelope(): fc.Arbitrary<Envelope> {
  return fc.record({
    id: fc.constantFrom('constant', 'constant', 'empty', 'missing', 'changing', 'late'),
    model: fc.constantFrom('constant', 'constant', 'missing', 'late', 'changing'),
    created: fc.constantFrom('constant', 'drifting', 'missing'),
    object: fc.constantFrom('chunk', 'chunk', 'missing', 'empty', 'completion'),
    usageNull: fc.boolean(),
    errorNull: fc.constantFrom(false, false, false, true),
  })
}

const USAGES: UsagePlan[] = ['none', 'last', 'finish', 'cumulative', 'choice', 'groq', 'thenNull', 'thenZero']
const NOISES: Noise[] = ['azureFirst', 'ping', 'nullChoices', 'emptyChoices', 'azureFilter']

/** The chunks of a whole answer, of one to three choices. */
export function chunks(): fc.Arbitrary<GeneratedChunks> {
  const several = fc.array(choice(), { minLength: 2, maxLength: 3 })
  return fc
    .record({
      choices: fc.oneof(
        { weight: 3, arbitrary: choice().map((one) => [one]) },
        { weight: 1, arbitrary: several },
      ),
      order: picks(),
      groups: fc.array(fc.boolean(), { maxLength: 4 }),
      index: fc.constantFrom<IndexMode[]>('sent', 'sent', 'sent', 'missing', 'counter'),
      envelope: envelope(),
      usage: fc.constantFrom(...USAGES),
      noise: fc.uniqueArray(fc.constantFrom(...NOISES), { maxLength: 2 }),
      fields: topFields(),
    })
    .map(compose)
}

import { padding } from '../../dialect/padding.ts'
import { reasoningKeys } from '../../dialect/reasoning.ts'

/**
 * Where in a chunk a hole is; `call` is the one entry of tool_calls, `arguments` its function or custom object, `part`
 * the one part of a content that is a list.
 */
export type Place = 'chunk' | 'usage' | 'delta' | 'detail' | 'part' | 'audio' | 'call' | 'arguments'

/** A value that may differ from frame to frame. */
export interface Hole {
  readonly place: Place
  readonly key: string
  readonly kind: 'text' | 'integer'
  /** Constant in most streams: part of the literal bytes until it is seen to differ. */
  readonly isOptional?: true
  /** Random text that is dropped. */
  readonly isPadding?: true
  /** The object inside usage in which it stands. */
  readonly outer?: string
  /** What a list of one is looked into as, where one is in its place. */
  readonly orWithin?: Level
}

/** A part of a chunk that is looked into: an object, or a list of one. */
export interface Within {
  readonly within: Level
  readonly isList?: true
}

export type Level = Exclude<Place, 'arguments'> | 'choice' | 'function' | 'custom' | 'inner' | 'usageDetails'

const text = (place: Place, ...keys: string[]): [string, Hole][] =>
  keys.map((key) => [key, { place, key, kind: 'text' }])
const pad = (place: Place, key: string): [string, Hole] => [
  key,
  { place, key, kind: 'text', isPadding: true },
]
const into = (key: string, within: Level): [string, Within] => [key, { within }]
const intoOne = (key: string, within: Level): [string, Within] => [key, { within, isList: true }]

type Levels = Readonly<Record<Level, ReadonlyMap<string, Hole | Within>>>

/** Made with the first lesson: it is a hundredth of what importing ./core costs. */
let made: Levels | undefined

/**
 * Level → key → what varies there. Everything else in a frame is constant, and a frame in which it is not is read
 * plainly. Any key of usage is a hole if it holds a whole number.
 */
export function levels(): Levels {
  made ??= makeLevels()
  return made
}

const makeLevels = (): Levels => ({
  chunk: new Map<string, Hole | Within>([
    ['id', { place: 'chunk', key: 'id', kind: 'text', isOptional: true }],
    ['created', { place: 'chunk', key: 'created', kind: 'integer', isOptional: true }],
    ...padding.map(({ field }) => pad('chunk', field)),
    intoOne('choices', 'choice'),
    into('usage', 'usage'),
  ]),
  choice: new Map([into('delta', 'delta')]),
  delta: new Map<string, Hole | Within>([
    ['content', { place: 'delta', key: 'content', kind: 'text', orWithin: 'part' }],
    ...text('delta', 'refusal', ...reasoningKeys.map(({ key }) => key)),
    pad('delta', 'obfuscation'),
    intoOne('reasoning_details', 'detail'),
    intoOne('tool_calls', 'call'),
    into('audio', 'audio'),
  ]),
  detail: new Map(text('detail', 'text', 'summary')),
  // Mistral's thinking, and Databricks' reasoning.
  part: new Map([intoOne('thinking', 'inner'), intoOne('summary', 'inner')]),
  inner: new Map(text('part', 'text')),
  audio: new Map(text('audio', 'data', 'transcript')),
  call: new Map<string, Hole | Within>([
    ['index', { place: 'call', key: 'index', kind: 'integer' }],
    into('function', 'function'),
    into('custom', 'custom'),
  ]),
  function: new Map(text('arguments', 'arguments')),
  custom: new Map(text('arguments', 'input')),
  usage: new Map(),
  usageDetails: new Map(),
})

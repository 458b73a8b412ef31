import type { JsonObject, ServerSentEvent } from '../wire/index.ts'
import { DocumentReader, type DocumentState } from './document.ts'
import { type FrameListener, FrameParser, type FrameParserState } from './frames.ts'
import { type TemplateReader, templateReader, writePlainly } from './template/reader.ts'
import type { Taker } from './template/taker.ts'

export type BodyKind = 'event-stream' | 'document'

const kinds: readonly (readonly [RegExp, BodyKind])[] = [
  [/^text\/event-stream$/, 'event-stream'],
  [/^application\/(json|x-ndjson|jsonl)$/, 'document'],
  [/^application\/[\w.-]+\+json$/, 'document'],
]

/** What a content type says of a body; undefined: nothing we read. Parameters are ignored, as for SSE. */
export function kindOfContentType(contentType: string): BodyKind | undefined {
  const essence = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  return kinds.find(([pattern]) => pattern.test(essence))?.[1]
}

/** So much white space may stand before a body that has no content type; one that has more is an event stream. */
const MAX_BLANK = 64 * 1024

/**
 * What the first character says of a body without content type: no line of an event stream begins with a bracket.
 * undefined: only white space so far, of which `seen` bytes came before.
 */
export function kindOfStart(input: Uint8Array | string, seen = 0): BodyKind | undefined {
  for (let i = 0; i < input.length; i++) {
    if (seen + i >= MAX_BLANK) return 'event-stream'
    const unit = typeof input === 'string' ? input.charCodeAt(i) : (input[i] ?? 0)
    // White space, or a byte order mark as text or as its three bytes.
    if (unit === 0xfeff || unit === 0xef || unit === 0xbb || unit === 0xbf) continue
    if (unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d) continue
    return unit === 0x7b || unit === 0x5b ? 'document' : 'event-stream'
  }
  return undefined
}

/** The body of a response, cut anywhere: an event stream gives frames as they come, a document is read at the end. */
export class BodyReader {
  #kind: BodyKind | undefined
  readonly #frames: FrameParser
  readonly #taker: Taker | undefined
  #templates: TemplateReader | undefined
  #document: DocumentReader | undefined
  /** White space that came before it was known what it belongs to. */
  #start: (Uint8Array | string)[] | undefined
  /** How much of it. */
  #blank = 0

  /** `taker`: what takes the frames that match a template; without it all are read plainly. */
  constructor(kind: BodyKind | undefined, listener: FrameListener, maxEventBytes: number, taker?: Taker) {
    this.#kind = kind
    this.#frames = new FrameParser(listener, maxEventBytes)
    this.#taker = taker
  }

  /** Throws a fault `limit_event`. */
  write(bytes: Uint8Array | string): void {
    if (this.#kind !== undefined) return this.#writeKnown(bytes)
    this.#kind = kindOfStart(bytes, this.#blank)
    if (this.#kind !== undefined) {
      this.#writeStart()
      return this.#writeKnown(bytes)
    }
    this.#blank += bytes.length
    this.#start ??= []
    // A copy: the host may use its buffer again.
    this.#start.push(typeof bytes === 'string' ? bytes : bytes.slice())
  }

  #writeStart(): void {
    const pieces = this.#start ?? []
    this.#start = undefined
    for (const piece of pieces) this.#writeKnown(piece)
  }

  #writeKnown(bytes: Uint8Array | string): void {
    if (this.#kind !== 'document') return this.#writeStream(bytes)
    this.#document ??= new DocumentReader(this.#frames.maxEventBytes)
    this.#document.write(bytes)
  }

  #writeStream(bytes: Uint8Array | string): void {
    this.#templates ??= this.#taker && templateReader(this.#frames, this.#taker)
    if (this.#templates === undefined) writePlainly(this.#frames, bytes)
    else if (typeof bytes === 'string') this.#templates.writeText(bytes)
    else this.#templates.write(bytes)
  }

  /** Where the current frame begins. */
  get byte(): number {
    return this.#frames.byte
  }

  get isDocument(): boolean {
    return this.#kind === 'document'
  }

  /** The input ended: the last frame, if only its blank line is missing. */
  tail(): ServerSentEvent | undefined {
    this.#writeStart()
    this.#templates?.flush()
    return this.#frames.tail()
  }

  /** The input ended: what the document holds; undefined: it was cut, or is no JSON. */
  documents(): readonly JsonObject[] | undefined {
    return this.#document?.end()
  }

  save(): BodyState {
    this.#templates?.flush()
    return {
      kind: this.#kind ?? null,
      start: (this.#start ?? []).map((piece) => (typeof piece === 'string' ? piece : [...piece])),
      frames: this.#frames.save(),
      document: this.#document?.save() ?? null,
    }
  }

  load({ kind, start, frames, document }: BodyState): void {
    this.#kind = kind ?? undefined
    this.#start = start.map((piece) => (typeof piece === 'string' ? piece : Uint8Array.from(piece)))
    this.#blank = this.#start.reduce((sum, piece) => sum + piece.length, 0)
    this.#frames.load(frames)
    if (document === null) return
    this.#document = new DocumentReader(this.#frames.maxEventBytes)
    this.#document.load(document)
  }
}

export interface BodyState {
  readonly kind: BodyKind | null
  readonly start: readonly (string | readonly number[])[]
  readonly frames: FrameParserState
  readonly document: DocumentState | null
}

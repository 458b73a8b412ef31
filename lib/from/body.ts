import type { JsonObject, ServerSentEvent } from '../wire/index.ts'
import { DocumentReader, type DocumentState } from './document.ts'
import { FrameParser, type FrameParserState } from './frames.ts'

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

/**
 * What the first character says of a body without content type: no line of an event stream begins with a bracket.
 * undefined: only white space so far.
 */
export function kindOfStart(input: Uint8Array | string): BodyKind | undefined {
  for (let i = 0; i < input.length; i++) {
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
  readonly #maxBytes: number
  #document: DocumentReader | undefined

  constructor(kind: BodyKind | undefined, onFrame: (frame: ServerSentEvent) => void, maxEventBytes: number) {
    this.#kind = kind
    this.#frames = new FrameParser(onFrame, maxEventBytes)
    this.#maxBytes = maxEventBytes
  }

  /** Throws a fault `limit_event`. */
  write(bytes: Uint8Array | string): void {
    this.#kind ??= kindOfStart(bytes)
    if (this.#kind !== 'document') return this.#frames.write(bytes)
    this.#document ??= new DocumentReader(this.#maxBytes)
    this.#document.write(bytes)
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
    return this.#frames.tail()
  }

  /** The input ended: what the document holds; undefined: it was cut, or is no JSON. */
  documents(): readonly JsonObject[] | undefined {
    return this.#document?.end()
  }

  save(): BodyState {
    return { kind: this.#kind ?? null, frames: this.#frames.save(), document: this.#document?.save() ?? null }
  }

  load({ kind, frames, document }: BodyState): void {
    this.#kind = kind ?? undefined
    this.#frames.load(frames)
    if (document === null) return
    this.#document = new DocumentReader(this.#maxBytes)
    this.#document.load(document)
  }
}

export interface BodyState {
  readonly kind: BodyKind | null
  readonly frames: FrameParserState
  readonly document: DocumentState | null
}

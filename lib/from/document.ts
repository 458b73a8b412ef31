import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import { parseOddData, parseStrictly, toChunk } from './chunks.ts'
import { Utf8Decoder, utf8Length } from './utf8.ts'

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

/** A body that is one JSON document: a completion, an error, or a chunk a line. It is kept whole until its end. */
export class DocumentReader {
  readonly #decoder = new Utf8Decoder()
  readonly #text = new GrowingText()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  write(input: Uint8Array | string): void {
    const text = this.#decoder.decode(input)
    this.#bytes += utf8Length(text)
    if (this.#bytes > this.#maxBytes) throw new Fault('limit_event')
    this.#text.append(text)
  }

  /** The documents, or undefined where the body was cut or is no JSON. Throws a fault `bad_chunk`. */
  end(): readonly JsonObject[] | undefined {
    this.#text.append(this.#decoder.flush())
    const text = this.#text.toString()
    const whole: JsonValue | undefined = parseStrictly(text)
    if (Array.isArray(whole)) return whole.map(toChunk)
    if (whole !== undefined) return [toChunk(whole)]
    return parseOddData(text)?.chunks
  }

  save(): JsonValue {
    const { open, replaced, started, after } = this.#decoder.save()
    return { decoder: { open, replaced, started, after }, text: this.#text.toString() }
  }
}

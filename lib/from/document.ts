import { Fault } from '../errors.ts'
import { GrowingText } from '../growing-text.ts'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import { parseOddData, parseStrictly, toChunk } from './chunks.ts'
import { Utf8Decoder, type Utf8DecoderState, utf8Length } from './utf8.ts'

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
    return parseOddData(text)?.chunks.map(toChunk)
  }

  save(): DocumentState {
    return { decoder: this.#decoder.save(), text: this.#text.toString() }
  }

  load({ decoder, text }: DocumentState): void {
    this.#decoder.load(decoder)
    this.#text.append(text)
    this.#bytes = utf8Length(text)
  }
}

export interface DocumentState {
  readonly decoder: Utf8DecoderState
  readonly text: string
}

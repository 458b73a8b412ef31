import { closeSync, openSync, writeSync } from 'node:fs'
import { CommandError, systemReason } from '../command-error.ts'
import type { Bytes } from '../inputs.ts'
import { reasonOf } from '../reason.ts'
import { type CassetteEntry, type CassetteHeader, entryOf } from './cassette.ts'
import { responseOf } from './response.ts'

/**
 * Keeps an input while it is read: its bytes, where they were cut, and when they came. Written at once and
 * synchronously, because a recording is wanted most of all when the process dies.
 */
export class Recorder {
  readonly #file: string
  readonly #descriptor: number
  readonly #start = performance.now()
  #isClosed = false

  /** Throws a CommandError where the file cannot be written. */
  constructor(file: string) {
    this.#file = file
    try {
      this.#descriptor = openSync(file, 'w')
    } catch (error) {
      throw new CommandError('usage', `${file}: ${systemReason(error)} (named by --record)`)
    }
  }

  /** The same input, kept as it is read. */
  tap(bytes: Bytes): Bytes {
    if (!(bytes instanceof Promise)) {
      this.#header({})
      return this.#keep(bytes)
    }
    return bytes.then(
      (response) => this.#response(response),
      (error: unknown) => {
        this.#header({})
        this.#broken(error)
        throw error
      },
    )
  }

  /** A read that is still pending is not kept: its descriptor may be another file's by then. */
  close(): void {
    this.#isClosed = true
    closeSync(this.#descriptor)
  }

  #response({ status, headers, body }: Response): Response {
    const contentType = headers.get('content-type') ?? undefined
    this.#header({ status, ...(contentType !== undefined && { contentType }) })
    return responseOf(this.#keep(body ?? noBytes()), status, contentType)
  }

  async *#keep(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const bytes of source) {
        this.#write(entryOf(this.#now(), bytes))
        yield bytes
      }
    } catch (error) {
      this.#broken(error)
      throw error
    }
    this.#write({ ms: this.#now(), end: true })
  }

  #header(response: Pick<CassetteHeader, 'status' | 'contentType'>): void {
    this.#write({ deltafold: 'recording', version: 1, started: new Date().toISOString(), ...response })
  }

  #broken(error: unknown): void {
    const { message, code } = reasonOf(error)
    this.#write({ ms: this.#now(), error: message, ...(code !== undefined && { code }) })
  }

  #write(line: CassetteHeader | CassetteEntry): void {
    if (this.#isClosed) return
    try {
      writeSync(this.#descriptor, `${JSON.stringify(line)}\n`)
    } catch (error) {
      throw new CommandError('unexpected', `${this.#file}: ${systemReason(error)} (named by --record)`)
    }
  }

  #now(): number {
    return Math.round((performance.now() - this.#start) * 1000) / 1000
  }
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

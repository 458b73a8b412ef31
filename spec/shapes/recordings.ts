import { Assembler } from '../../lib/core.ts'
import type { CreateChatCompletionResponse } from '../../lib/wire/index.ts'
import { bytesOf, fixtureNamed, fixtures } from '../fixtures/index.ts'
import { readShared, readSharedJsonLines } from '../helpers/shared.ts'

/** A folded stream: plain JSON, as a cache or a database would have it. */
export interface Recording {
  readonly name: string
  readonly completion: CreateChatCompletionResponse
}

/** The completion of one of our own streams. */
export function completionOf(fixture: string): CreateChatCompletionResponse {
  const { options } = fixtureNamed(fixture)
  return fold(bytesOf(fixtureNamed(fixture)), options)
}

/** The completions of all our own streams. */
export function ownRecordings(): Recording[] {
  return fixtures.map(({ name }) => ({ name, completion: completionOf(name) }))
}

/** The completions of all recordings. */
export function sharedRecordings(): Recording[] {
  return readSharedJsonLines<{ file: string }>('corpus', 'index.jsonl').map(({ file }) => ({
    name: file,
    completion: fold(readShared('corpus', file)),
  }))
}

function fold(bytes: Uint8Array, options = {}): CreateChatCompletionResponse {
  const assembler = new Assembler(options)
  assembler.write(bytes)
  return JSON.parse(JSON.stringify(assembler.end().completion))
}

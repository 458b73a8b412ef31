import { traffics } from '../../benchmarks/traffic/index.ts'
import { bytesOf, fixtures } from '../fixtures/index.ts'
import { readShared, readSharedJson, readSharedJsonLines } from './shared.ts'
import type { Recording } from './streams/mutated.ts'

/** The fixtures, and if SHARED_DIR is set every recorded, crafted and bad stream there. */
export function allRecordings(): Recording[] {
  const own = fixtures.map((fixture) => ({
    name: fixture.name,
    bytes: bytesOf(fixture),
    options: fixture.options ?? {},
  }))
  return process.env.SHARED_DIR ? [...own, ...crafted(), ...bad(), ...corpus()] : own
}

/** The streams of the benchmarks, so many deltas each: long enough to be hot, and there without SHARED_DIR. */
export function allTraffic(size: number): Recording[] {
  return Object.values(traffics).map(({ name, stream }) => ({
    name,
    bytes: Buffer.from(stream(size).frames.join('')),
    options: {},
  }))
}

function corpus(): Recording[] {
  const rows = readSharedJsonLines<{ file: string }>('corpus', 'index.jsonl')
  return rows.map(({ file }) => ({ name: file, bytes: readShared('corpus', file), options: {} }))
}

function crafted(): Recording[] {
  const rows = readSharedJsonLines<{ name: string; sse: string }>('cases', 'crafted.jsonl')
  return rows.map(({ name, sse }) => ({ name, bytes: Buffer.from(sse), options: {} }))
}

interface BadInput extends Pick<Recording, 'name'> {
  readonly sse?: string
  readonly chunks?: readonly string[]
  readonly options?: Recording['options']
}

function bad(): Recording[] {
  const { cases } = readSharedJson<{ cases: BadInput[] }>('cases', 'bad-inputs.json')
  return cases.map(({ name, sse = '', chunks, options = {} }) => ({
    name,
    bytes: Buffer.concat(chunks?.map((chunk) => Buffer.from(chunk, 'base64')) ?? [Buffer.from(sse)]),
    options,
  }))
}

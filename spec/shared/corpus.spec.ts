import type { AssemblyResult } from '../../lib/core.ts'
import { piecesOf, piecesOfSizes, randomSizes } from '../helpers/cuts.ts'
import type { Fold } from '../helpers/events.ts'
import { differenceOfFolds, fold } from '../helpers/events.ts'
import type { ExpectedChoice } from '../helpers/expectations.ts'
import {
  callValueMismatches,
  choiceMismatches,
  emptyAsNull,
  readCompletion,
} from '../helpers/expectations.ts'
import type { Mismatch } from '../helpers/mismatches.ts'
import { expectNoMismatches, mismatchesOf } from '../helpers/mismatches.ts'
import {
  describeShared,
  readShared,
  readSharedJson,
  readSharedJsonLines,
  sharedFileExists,
} from '../helpers/shared.ts'

interface Expected {
  file: string
  status: string
  id: string | null
  model: string | null
  created: number | null
  usage: Record<string, unknown> | null
  error: boolean
  choices: ExpectedChoice[]
}

/** Rows of expected.jsonl proven wrong by the recording's own bytes. One that no longer differs is reported. */
const wrongExpectations: { file: string; path: string; why: string }[] = []

describeShared('913 recordings of real streams', function () {
  this.timeout(60_000)
  const index = readSharedJsonLines<{ file: string; provider: string }>('corpus', 'index.jsonl')
  const expected = readSharedJsonLines<Expected>('corpus', 'expected.jsonl')
  const expectedOf = new Map(expected.map((row) => [row.file, row]))
  const filesOf = new Map<string, string[]>()
  for (const { provider, file } of index) filesOf.set(provider, [...(filesOf.get(provider) ?? []), file])

  const recordings = new Map<string, { bytes: Uint8Array; whole: Fold }>()
  function recordingOf(file: string): { bytes: Uint8Array; whole: Fold } {
    const known = recordings.get(file)
    if (known !== undefined) return known
    const bytes = readShared('corpus', file)
    const recording = { bytes, whole: fold([bytes]) }
    recordings.set(file, recording)
    return recording
  }

  it('are all there, each with what to expect', () => {
    const sorted = (rows: { file: string }[]) => rows.map((row) => row.file).sort()
    expectNoMismatches(mismatchesOf('corpus', 'files', sorted(index), sorted(expected)))
    expectNoMismatches(mismatchesOf('corpus', 'length', 913, index.length))
  })

  describe('delivered whole, fold to what an independent fold gives', () => {
    for (const [provider, files] of filesOf) {
      it(`${provider} (${files.length})`, () => {
        const mismatches = files.flatMap((file) =>
          mismatchesOfRecording(expectedOf.get(file), recordingOf(file).whole.result),
        )
        expectNoMismatches(withoutWrongExpectations(files, mismatches))
      })
    }
  })

  describe('give the same events and the same result however they are cut', () => {
    /** Compares every recording with itself in pieces; a recording with no pieces is not in that delivery. */
    function delivery(
      title: string,
      piecesFor: (file: string, bytes: Uint8Array) => Uint8Array[] | undefined,
    ): void {
      it(title, () => {
        const mismatches: Mismatch[] = []
        for (const { file } of index) {
          const { bytes, whole } = recordingOf(file)
          const pieces = piecesFor(file, bytes)
          const difference = pieces && differenceOfFolds(whole, fold(pieces))
          if (difference !== undefined) mismatches.push({ file, ...difference })
        }
        expectNoMismatches(mismatches)
      })
    }

    delivery('in pieces of 16 KiB', (_, bytes) => piecesOf(bytes, 16 * 1024))
    delivery('byte by byte, up to 20 KB', (_, bytes) =>
      bytes.length < 20_000 ? piecesOf(bytes, 1) : undefined,
    )
    for (const seed of [1, 2, 3]) {
      delivery(`at random cuts (seed ${seed})`, (_, bytes) => piecesOfSizes(bytes, randomSizes(seed, 4096)))
    }

    const splits = readSplits(index.map(({ file }) => file))
    delivery(`at the read sizes of ${splits.size} recorded deliveries`, (file, bytes) => {
      const sizes = splits.get(file)
      return sizes && piecesOfSizes(bytes, sizes)
    })

    it('the recorded read sizes cover their recordings', () => {
      const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0)
      const mismatches = [...splits].flatMap(([file, sizes]) =>
        mismatchesOf(file, 'bytes', recordingOf(file).bytes.length, sum(sizes)),
      )
      expectNoMismatches(mismatches.concat(mismatchesOf('corpus', 'splits', 186, splits.size)))
    })
  })
})

function readSplits(files: readonly string[]): Map<string, number[]> {
  const splits = new Map<string, number[]>()
  for (const file of files) {
    const name = file.replace(/\.sse$/, '.splits.json')
    if (!sharedFileExists('corpus', name)) continue
    splits.set(file, readSharedJson<{ net_chunk_bytes: number[] }>('corpus', name).net_chunk_bytes)
  }
  return splits
}

function mismatchesOfRecording(expected: Expected | undefined, result: AssemblyResult): Mismatch[] {
  if (expected === undefined) return []
  const { file } = expected
  const completion = readCompletion(result)
  const envelope = (values: Record<string, unknown>) => ({
    ...values,
    id: emptyAsNull(values.id),
    model: emptyAsNull(values.model),
    // 0 is what the wire sends for "no time", and what a completion must hold when none came.
    created: values.created === 0 ? null : emptyAsNull(values.created),
  })
  const { id, model, created, usage = null } = completion
  const envelopes = mismatchesOf(
    file,
    'result',
    envelope({
      status: expected.status,
      id: expected.id,
      model: expected.model,
      created: expected.created,
      usage: expected.usage,
    }),
    envelope({ status: result.status, id, model, created, usage }),
  )
  const errors = mismatchesOf(
    file,
    'error',
    expected.error,
    result.status === 'errored' && result.error !== undefined,
  )
  return [
    ...envelopes,
    ...errors,
    ...choiceMismatches(file, expected.choices, result),
    ...callStateMismatches(expected, result),
    ...callValueMismatches(file, result),
  ]
}

/** Only a call that ended well may be executed: the states follow from what the independent fold says. */
function callStateMismatches(expected: Expected, result: AssemblyResult): Mismatch[] {
  const wanted = expected.choices.flatMap(({ finish_reason, tool_calls = [] }) =>
    tool_calls.map((call) => {
      const cut =
        expected.status !== 'complete' || finish_reason === 'length' || finish_reason === 'content_filter'
      return !cut && call.name !== '' && isJson(call.arguments || '{}')
    }),
  )
  const actual = result.toolCalls.map(({ state }) => state === 'complete')
  return mismatchesOf(expected.file, 'toolCalls[].state is complete', wanted, actual)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function withoutWrongExpectations(files: readonly string[], mismatches: readonly Mismatch[]): Mismatch[] {
  const known = wrongExpectations.filter(({ file }) => files.includes(file))
  const is = (wrong: { file: string; path: string }, found: Mismatch) =>
    wrong.file === found.file && found.path.startsWith(wrong.path)
  const stale = known.filter((wrong) => !mismatches.some((found) => is(wrong, found)))
  return [
    ...mismatches.filter((found) => !known.some((wrong) => is(wrong, found))),
    ...stale.map(({ file, path, why }) => ({
      file,
      path,
      expected: `a known difference: ${why}`,
      actual: 'none',
    })),
  ]
}

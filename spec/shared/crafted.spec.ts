import { piecesOf, twoWayCuts } from '../helpers/cuts.ts'
import type { Fold } from '../helpers/events.ts'
import { differenceOfFolds, fold } from '../helpers/events.ts'
import type { ExpectedChoice } from '../helpers/expectations.ts'
import { callValueMismatches, choiceMismatches, pick, readCompletion } from '../helpers/expectations.ts'
import type { Mismatch } from '../helpers/mismatches.ts'
import { expectNoMismatches, mismatchesOf } from '../helpers/mismatches.ts'
import { describeShared, readSharedJsonLines } from '../helpers/shared.ts'

interface Crafted {
  name: string
  sse: string
  expect: {
    status: string
    error?: string
    usage?: Record<string, unknown>
    completion_fields?: Record<string, unknown>
    choices: ExpectedChoice[]
  }
}

describeShared('crafted streams', function () {
  this.timeout(60_000)
  const rows = readSharedJsonLines<Crafted>('cases', 'crafted.jsonl')

  it('are 54', () => expectNoMismatches(mismatchesOf('crafted.jsonl', 'length', 54, rows.length)))

  for (const row of rows) {
    const bytes = new TextEncoder().encode(row.sse)
    describe(row.name, () => {
      it('folds as expected', () => expectNoMismatches(mismatchesOfRow(row, fold([bytes]))))
      it('gives the same byte by byte and at every cut in two', () =>
        expectNoMismatches(mismatchesOfCuts(row.name, bytes)))
    })
  }

  it("goes on after frames that were glued together, with onBadChunk: 'skip'", () => {
    const row = rows.find(({ name }) => name === 'malformed_between')
    const { result } = fold([new TextEncoder().encode(row?.sse)], { onBadChunk: 'skip' })
    const choices = [{ index: 0, content: 'AC', finish_reason: 'stop' }]
    expectNoMismatches([
      ...mismatchesOf('malformed_between', 'status', 'complete', result.status),
      ...mismatchesOf(
        'malformed_between',
        'skipped',
        true,
        result.diagnostics.some(({ code }) => code === 'chunk_skipped'),
      ),
      ...choiceMismatches('malformed_between', choices, result),
    ])
  })

  it('change no prototype', () => {
    for (const { sse } of rows) fold([new TextEncoder().encode(sse)])
    expectNoMismatches(mismatchesOf('Object.prototype', 'keys', [], inheritedKeys()))
  })
})

function mismatchesOfRow({ name, expect: wanted }: Crafted, { result }: Fold): Mismatch[] {
  const completion = readCompletion(result)
  const mismatches = [
    ...mismatchesOf(name, 'status', wanted.status, result.status),
    ...mismatchesOf(
      name,
      'has an error',
      wanted.status === 'errored',
      result.error !== undefined && result.status === 'errored',
    ),
    ...choiceMismatches(name, wanted.choices, result),
    ...callValueMismatches(name, result),
  ]
  if (wanted.error !== undefined)
    mismatches.push(...mismatchesOf(name, 'error', wanted.error, result.error?.code))
  if (wanted.usage !== undefined)
    mismatches.push(...mismatchesOf(name, 'usage', wanted.usage, completion.usage))
  const fields = wanted.completion_fields
  return mismatches.concat(mismatchesOf(name, 'completion', fields ?? {}, pick(completion, fields ?? {})))
}

function mismatchesOfCuts(file: string, bytes: Uint8Array): Mismatch[] {
  const whole = fold([bytes])
  const mismatches: Mismatch[] = []
  for (const pieces of [piecesOf(bytes, 1), ...twoWayCuts(bytes)]) {
    const difference = differenceOfFolds(whole, fold(pieces))
    const title = pieces.length === 2 ? `${file} cut at ${pieces[0]?.length}` : `${file} byte by byte`
    if (difference !== undefined) mismatches.push({ file: title, ...difference })
  }
  return mismatches
}

/** Keys every plain object would inherit; a clean realm has none that enumerate. */
function inheritedKeys(): string[] {
  const keys: string[] = []
  for (const key in {}) keys.push(key)
  return keys
}

import { inspect } from 'node:util'
import type { AssemblerOptions, AssemblyResult } from '../../lib/core.ts'
import { assemble } from '../../lib/core.ts'
import { piecesOf, twoWayCuts } from '../helpers/cuts.ts'
import { differenceOfFolds, fold } from '../helpers/events.ts'
import { emptyAsNull, readCompletion } from '../helpers/expectations.ts'
import type { Mismatch } from '../helpers/mismatches.ts'
import { expectNoMismatches, mismatchesOf } from '../helpers/mismatches.ts'
import { describeShared, readSharedJson } from '../helpers/shared.ts'

interface Outcome {
  status: string
  error?: string
  text?: string
  finish?: string | null
  diag?: string[]
  role?: string
  audioData?: string
  tools?: { id: string; name: string; args: string; complete: boolean }[]
  upstream?: string
  upstreamCode?: string | number
  messageMustNotContain?: string
}

interface Transport {
  end?: string
  contentType?: string
  status?: number
}

interface BadInput {
  name: string
  group: string
  sse?: string
  chunks?: string[]
  options?: AssemblerOptions
  transport?: Transport
  expect: Outcome
}

/** Rows that contradict the design or another row, with the outcome that wins and why. */
const exceptions = new Map<string, Outcome>([
  // crafted.jsonl `single_newline_sep` and design.md 6: frames glued by single line ends are taken line by line.
  ['single-newline-separators', { status: 'complete', text: 'Hello', finish: 'stop' }],
])

describeShared('bad inputs', function () {
  this.timeout(60_000)
  const { cases } = readSharedJson<{ cases: BadInput[] }>('cases', 'bad-inputs.json')
  // What floods cost is measured in processes of their own: floods.spec.ts.
  const rows = cases.filter(({ group }) => group !== 'flood')
  const groups = new Map<string, BadInput[]>()
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row])

  it('are 91 and 9 floods', () => {
    expectNoMismatches(
      mismatchesOf('bad-inputs.json', 'rows', [91, 9], [rows.length, cases.length - rows.length]),
    )
  })

  for (const [group, members] of groups) {
    describe(group, () => {
      for (const row of members) {
        if (row.transport === undefined) defineInput(row)
        else defineResponse(row, row.transport)
      }
    })
  }
})

/** A row that is only bytes: as delivered, and then cut every other way. */
function defineInput(row: BadInput): void {
  const pieces = piecesOfRow(row)
  it(row.name, () => expectNoMismatches(mismatchesOfRow(row, fold(pieces, row.options).result)))
  it(`${row.name}: the same byte by byte and at every cut in two`, () => {
    const bytes = Uint8Array.from(Buffer.concat(pieces))
    const whole = fold([bytes], row.options)
    const mismatches: Mismatch[] = []
    for (const cut of [pieces, piecesOf(bytes, 1), ...twoWayCuts(bytes)]) {
      const difference = differenceOfFolds(whole, fold(cut, row.options))
      if (difference !== undefined) {
        mismatches.push({ file: `${row.name} in ${cut.length}, first of ${cut[0]?.length}`, ...difference })
      }
    }
    expectNoMismatches(mismatches)
  })
}

/** A row whose transport matters: as the body of a response. */
function defineResponse(row: BadInput, transport: Transport): void {
  it(row.name, async () => {
    const body = bodyEnding(piecesOfRow(row), transport.end)
    const headers = { 'content-type': transport.contentType ?? 'text/event-stream' }
    const response = new Response(body.stream, { status: transport.status ?? 200, headers })
    const stall = transport.end === 'stall' ? { progressTimeoutMs: 50 } : {}
    const result = await assemble(response, { ...row.options, ...stall }).result
    const leftOpen = mismatchesOf(row.name, 'source left open', false, body.isOpen())
    expectNoMismatches([...mismatchesOfRow(row, result), ...leftOpen])
  })
}

function piecesOfRow({ name, sse, chunks }: BadInput): Uint8Array[] {
  if (chunks !== undefined) return chunks.map((chunk) => Uint8Array.from(Buffer.from(chunk, 'base64')))
  if (sse === undefined) throw new Error(`${name} has neither sse nor chunks`)
  return [new TextEncoder().encode(sse)]
}

/** A body that delivers its pieces and then ends, fails, or stalls: alive, but with nothing except comments. */
function bodyEnding(pieces: readonly Uint8Array[], end: string | undefined) {
  let open = true
  let at = 0
  const keepAlive = new TextEncoder().encode(': keep-alive\n\n')
  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const piece = pieces[at]
    at += 1
    if (piece !== undefined) controller.enqueue(piece)
    else if (end === 'stall' && at < pieces.length + 500) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      if (open) controller.enqueue(keepAlive)
    } else {
      open = false
      if (end === 'error') controller.error(new TypeError('terminated'))
      else controller.close()
    }
  }
  if (end !== undefined && end !== 'error' && end !== 'stall') throw new Error(`unknown transport end ${end}`)
  const stream = new ReadableStream<Uint8Array>({
    pull,
    cancel: () => {
      open = false
    },
  })
  return { stream, isOpen: () => open }
}

function mismatchesOfRow(row: BadInput, result: AssemblyResult): Mismatch[] {
  const wanted = exceptions.get(row.name) ?? row.expect
  const expected: Record<string, unknown> = {}
  const actual: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(wanted)) {
    expected[key] = key === 'text' ? emptyAsNull(value) : value
    actual[key] = readOutcome[key]?.(result, wanted)
  }
  if (wanted.messageMustNotContain !== undefined) expected.messageMustNotContain = false
  expected.hasError = wanted.status === 'errored'
  actual.hasError = result.status === 'truncated' ? false : result.error !== undefined
  return mismatchesOf(row.name, 'result', expected, actual)
}

/** How each key of an expected outcome is read from the result. */
const readOutcome: Record<string, (result: AssemblyResult, wanted: Outcome) => unknown> = {
  status: ({ status }) => status,
  error: ({ error }) => error?.code,
  text: (result) => emptyAsNull(messageOf(result)?.content),
  finish: (result) => readCompletion(result).choices[0]?.finish_reason,
  diag: ({ diagnostics }, { diag = [] }) =>
    diag.filter((name) => diagnostics.some(({ code }) => code === name)),
  role: (result) => messageOf(result)?.role,
  audioData: (result) => new Map(Object.entries(messageOf(result)?.audio ?? {})).get('data'),
  tools: ({ toolCalls }) =>
    toolCalls.map((call) => ({
      id: call.id,
      name: call.name,
      args: call.arguments,
      complete: call.state === 'complete',
    })),
  upstream: ({ error }) => error?.upstream?.message,
  upstreamCode: ({ error }) => error?.upstream?.code,
  messageMustNotContain: (result, { messageMustNotContain: secret = '' }) => logged(result).includes(secret),
}

function messageOf(result: AssemblyResult): Record<string, unknown> | undefined {
  return readCompletion(result).choices.find(({ index }) => index === 0)?.message
}

/** All that a log could get to see: a parser's own error as the cause would quote the payload. */
function logged({ error, diagnostics }: AssemblyResult): string {
  return inspect({ error, stack: error?.stack, json: JSON.stringify(error), diagnostics }, { depth: null })
}

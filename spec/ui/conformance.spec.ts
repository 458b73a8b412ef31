import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { createRun, toResponse } from '../../lib/run.ts'
import type { Client, Fetch, Seen } from './clients/client.ts'
import { clients } from './clients/index.ts'
import { conformanceTable } from './conformance-table.ts'
import { bytesOfScenario, type Scenario, scenarios } from './scenarios.ts'

/** A server that answers any request with the scenario, in the client's protocol. */
function serverOf(scenario: Scenario, client: Client): Fetch {
  return async () => {
    const run = createRun(upstreamOf(scenario, () => run.abort('stopped')))
    const response = toResponse(run, client.protocol, { heartbeatMs: 1000 })
    const { pieceSize } = scenario
    if (pieceSize === undefined || response.body === null) return response
    return new Response(response.body.pipeThrough(cutter(pieceSize)), response)
  }
}

async function* upstreamOf(scenario: Scenario, onStall: () => void): AsyncGenerator<Uint8Array> {
  const bytes = bytesOfScenario(scenario)
  // As over a network: not all of it in one tick.
  for (let at = 0; at < bytes.length; at += 200) {
    await new Promise((resolve) => setImmediate(resolve))
    yield bytes.subarray(at, at + 200)
  }
  if (scenario.afterwards === 'ends') return
  onStall()
  await new Promise(() => {})
}

function cutter(size: number): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(bytes, controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size))
    },
  })
}

function expected(scenario: Scenario, { lacks = [], abortedAs }: Client): Seen {
  const { outcome, error, ...rest } = scenario.expect
  const isAborted = outcome === 'aborted'
  const words = isAborted && abortedAs === 'failed' ? 'The caller aborted the stream.' : error
  return withoutLacking(
    { ...rest, outcome: isAborted ? abortedAs : outcome, error: words, isSettled: true },
    lacks,
  )
}

function withoutLacking(seen: Seen, lacks: Client['lacks'] = []): Seen {
  const calls = lacks.includes('raw arguments')
    ? seen.calls.map((call) => (call.isRunnable ? call : { ...call, arguments: undefined }))
    : seen.calls
  return {
    ...seen,
    reasoning: lacks.includes('reasoning') ? '' : seen.reasoning,
    calls: lacks.includes('calls') ? [] : calls,
    error: lacks.includes('error') ? undefined : seen.error,
  }
}

/** What a client prints while it reads: it has nothing to complain of. */
async function complaintsDuring(read: () => Promise<unknown>): Promise<unknown[][]> {
  const { warn, error } = console
  const complaints: unknown[][] = []
  console.warn = console.error = (...words: unknown[]) => void complaints.push(words)
  try {
    await read()
  } finally {
    Object.assign(console, { warn, error })
  }
  return complaints
}

describe('real clients read what we write', () => {
  const passed = new Set<string>()
  const keyOf = (client: Client, scenario: Scenario): string => `${client.name}: ${scenario.name}`

  for (const client of clients) {
    describe(client.name, () => {
      for (const scenario of scenarios) {
        it(scenario.name, async () => {
          let seen: Seen | undefined
          const complaints = await complaintsDuring(async () => {
            seen = await client.read(serverOf(scenario, client))
          })
          expect(seen && withoutLacking(seen, client.lacks)).to.deep.equal(expected(scenario, client))
          expect(complaints).to.deep.equal([])
          passed.add(keyOf(client, scenario))
        })
      }
    })
  }

  // In a group of its own: mocha runs the specs of a group before the groups in it.
  describe('and the README', () => {
    it('says which', () => {
      const table = conformanceTable((client, scenario) => passed.has(keyOf(client, scenario)))
      expect(table.split('\n')).to.have.length(clients.length + 2)
      const readme = readFileSync('README.md', 'utf8')
      const stated = /<!-- conformance:start -->\n([\s\S]*?)\n<!-- conformance:end -->/.exec(readme)?.[1]
      expect(stated).to.equal(table)
    })
  })
})

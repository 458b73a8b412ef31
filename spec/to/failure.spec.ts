import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect } from 'chai'
import { concat, from, of, throwError } from 'rxjs'
import type { AssemblyEvent, AssemblyResult, SourceItem } from '../../lib/core.ts'
import { Assembler, type AssemblyError, assemble, fromResponse } from '../../lib/index.ts'
import { AssemblerStream } from '../../lib/node.ts'
import { createRun } from '../../lib/run.ts'
import { AssemblerTransformStream } from '../../lib/web.ts'
import { begun } from '../cases/inputs.ts'
import { breakingChunk, breakingClock, unreadableItem } from '../helpers/defect.ts'
import { asyncIterable, webStream } from '../helpers/sources.ts'

const defect = new TypeError("Cannot read properties of undefined (reading 'merge')")

const pieces = [begun, ': ping\n\n']

/** The clock is read at the start and once a write: of two pieces, the second breaks within the line. */
const broken = (nth = 3) => ({ clock: breakingClock(nth, defect) })

type Host = () => Promise<AssemblyResult>

function resultOf(events: readonly AssemblyEvent[]): AssemblyResult {
  const end = events.at(-1)
  if (end?.type !== 'end') throw new Error('The last event is not end')
  return end.result
}

/** Each host with something in the line that throws. */
const withDefect: Record<string, Host> = {
  'assemble(), which is read': () => assemble([begun, breakingChunk(defect)]).result,
  'assemble(), which is iterated': async () => {
    const assembly = assemble([begun, breakingChunk(defect)])
    const { error } = await assembly.result
    const thrown = await gather(assembly).catch((caught: unknown) => caught)
    expect(thrown).to.equal(error)
    return assembly.result
  },
  'a run': () => createRun([begun, breakingChunk(defect)]).result,
  RxJS: async () => {
    const events: AssemblyEvent[] = []
    const source = from<SourceItem[]>([begun, breakingChunk(defect)])
    source.pipe(assemble({ onFailure: 'event' })).subscribe((event) => events.push(event))
    return resultOf(events)
  },
  'RxJS, with a clock': async () => {
    const events: AssemblyEvent[] = []
    from(pieces)
      .pipe(assemble({ onFailure: 'event', ...broken(4) }))
      .subscribe((event) => events.push(event))
    return resultOf(events)
  },
  'RxJS, with an item that cannot be read': async () => {
    const events: AssemblyEvent[] = []
    from<SourceItem[]>([begun, unreadableItem(defect)])
      .pipe(assemble({ onFailure: 'event' }))
      .subscribe((event) => events.push(event))
    return resultOf(events)
  },
  'assemble(), with a clock': () => assemble(pieces, broken(4)).result,
  'assemble(), with an item that cannot be read': () => assemble([begun, unreadableItem(defect)]).result,
  'a Node pipeline': async () => {
    const stream = new AssemblerStream(broken())
    const thrown = await pipeline(Readable.from(pieces), stream, swallow).catch((caught: unknown) => caught)
    const result = await stream.result
    expect(thrown).to.equal(result.error)
    return result
  },
  'a web stream': async () => {
    const stream = new AssemblerTransformStream(broken())
    const thrown = await gather(webStream(pieces).source.pipeThrough(stream)).catch(
      (caught: unknown) => caught,
    )
    const result = await stream.result
    expect(thrown).to.equal(result.error)
    return result
  },
}

async function gather(source: AsyncIterable<AssemblyEvent>): Promise<void> {
  for await (const _ of source);
}

async function swallow(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source);
}

describe('a failure', () => {
  for (const [host, run] of Object.entries(withDefect)) {
    it(`in the line itself is internal, with its cause and what came before: ${host}`, async () => {
      const { status, error, completion } = await run()
      expect(status).to.equal('errored')
      expect(error).to.include({ code: 'internal', stage: 'line', retryable: false, cause: defect })
      expect(error?.message).to.not.include(defect.message)
      expect(error?.partial).to.equal(completion)
      expect(completion.choices[0]?.message.content).to.equal('Hel')
    })
  }

  it('in the line itself is told although the provider had reported an error before', async () => {
    const reported = 'data: {"error":{"message":"overloaded"}}\n\n'
    const { error } = await assemble([begun, reported, breakingChunk(defect)]).result
    expect(error).to.include({ code: 'internal', cause: defect })
  })

  it('of a clock at the very end does not change how it has ended', () => {
    const assembler = new Assembler({ clock: breakingClock(3, defect) })
    assembler.write(begun)
    const { status, error, timing } = assembler.abort('enough')
    expect([status, error?.code, error?.cause, timing]).to.deep.equal([
      'aborted',
      'aborted',
      'enough',
      undefined,
    ])
  })

  it('of a clock that recovers leaves the result its times', async () => {
    const { status, timing } = await assemble(pieces, { clock: breakingClock(4, defect, true) }).result
    expect(status).to.equal('errored')
    expect(timing?.totalMs).to.be.a('number')
  })

  it('of the source is transport, whatever the class of what it threw', async () => {
    const { result } = assemble(asyncIterable([begun], defect).source)
    expect((await result).error).to.include({ code: 'transport', retryable: true, cause: defect })
    let told: AssemblyError | undefined
    concat(
      of(begun),
      throwError(() => defect),
    )
      .pipe(assemble())
      .subscribe({
        error: (error: AssemblyError) => {
          told = error
        },
      })
    expect(told).to.include({ code: 'transport', cause: defect })
  })

  it('keeps its code from one host to the next', async () => {
    const inner = (await assemble([begun, breakingChunk(defect)]).result).error
    const { result } = assemble(asyncIterable([begun], inner).source)
    expect((await result).error).to.include({ code: 'internal', retryable: false, cause: defect })
    const told = await new Promise((resolve) => {
      fromResponse(() => Promise.reject(inner)).subscribe({ error: resolve })
    })
    expect(told).to.include({ code: 'internal', cause: defect })
  })

  it('of a listener stays one of the caller', async () => {
    const stream = new AssemblerStream({
      encode: () => {
        throw defect
      },
    })
    await pipeline(Readable.from(pieces), stream, swallow).catch(() => {})
    expect((await stream.result).error).to.include({ code: 'listener', stage: 'caller', cause: defect })
  })
})

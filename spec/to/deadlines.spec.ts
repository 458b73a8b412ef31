import { expect } from 'chai'
import { type AssembleOptions, type AssemblyResult, assemble } from '../../lib/core.ts'
import { Deadlines } from '../../lib/to/deadlines.ts'
import { paced } from '../helpers/sources.ts'
import { rest } from '../helpers/upstream.ts'
import { answer, textFrame } from '../helpers/wire.ts'

/** Gives its pieces, each after so many milliseconds. */
async function* timed(steps: readonly (readonly [ms: number, piece: string])[]): AsyncGenerator<string> {
  for (const [ms, piece] of steps) {
    await rest(ms)
    yield piece
  }
}

const run = (
  steps: readonly (readonly [number, string])[],
  options: AssembleOptions,
): Promise<AssemblyResult> => assemble(timed(steps), options).result

describe('the deadlines of assemble()', () => {
  const done = answer().join('')

  it('end a stream whose first frame does not come in time', async () => {
    const { status, error } = await run([[200, done]], { firstEventTimeoutMs: 30 })
    expect([status, error?.code]).to.deep.equal(['errored', 'first_event_timeout'])
  })

  it('end a request that is not answered in time, and stop it', async () => {
    let stopped: unknown
    const { error } = await assemble(
      (signal) =>
        new Promise<Response>((_, reject) => {
          signal.addEventListener('abort', () => {
            stopped = signal.reason
            reject(signal.reason)
          })
        }),
      { firstEventTimeoutMs: 30 },
    ).result
    expect(error?.code).to.equal('first_event_timeout')
    expect(stopped).to.not.equal(undefined)
  })

  it('end a stream that stalls, and keep what came', async () => {
    const { error, completion } = await run(
      [
        [5, textFrame('a')],
        [200, done],
      ],
      { progressTimeoutMs: 50 },
    )
    expect(error?.code).to.equal('stall_timeout')
    expect(completion.choices[0]?.message.content).to.equal('a')
  })

  it('count no comment as progress', async () => {
    const comments = Array.from({ length: 20 }, () => [10, ': keep alive\n\n'] as const)
    const { error } = await run([[5, textFrame('a')], ...comments, [5, done]], { progressTimeoutMs: 100 })
    expect(error?.code).to.equal('stall_timeout')
  })

  it('let a stream go on that is slow but alive', async () => {
    const frames = Array.from({ length: 10 }, () => [20, textFrame('a')] as const)
    const { status } = await run([...frames, [5, done]], { progressTimeoutMs: 120, firstEventTimeoutMs: 120 })
    expect(status).to.equal('complete')
  })

  it('end a stream that takes too long, however lively', async () => {
    const frames = Array.from({ length: 30 }, () => [10, textFrame('a')] as const)
    const { error } = await run([...frames, [5, done]], { totalTimeoutMs: 100, progressTimeoutMs: 1000 })
    expect(error?.code).to.equal('total_timeout')
  })

  it('do not take a reader that takes its time for a provider that stalls', async () => {
    const assembly = assemble(paced(answer('a', 'b', 'c'), 1), {
      progressTimeoutMs: 60,
      firstEventTimeoutMs: 60,
    })
    for await (const { type } of assembly) if (type === 'content.delta') await rest(90)
    expect((await assembly.result).status).to.equal('complete')
  })

  it('are told to whoever iterates, as the error of the stream', async () => {
    const assembly = assemble(
      timed([
        [5, textFrame('a')],
        [500, done],
      ]),
      { progressTimeoutMs: 40 },
    )
    const types: string[] = []
    let code: unknown
    try {
      for await (const { type } of assembly) types.push(type)
    } catch (thrown) {
      code = thrown instanceof Error && 'code' in thrown ? thrown.code : thrown
    }
    expect(code).to.equal('stall_timeout')
    expect(types).to.deep.equal(['content.delta', 'content.done', 'choice.done', 'end'])
  })

  it('keep no timer once the stream has ended', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await rest(1) // mocha sets its own timer when a test has begun to wait
    const before = timers()
    const limits = { totalTimeoutMs: 60_000, progressTimeoutMs: 60_000, firstEventTimeoutMs: 60_000 }
    await assemble(answer('a'), limits).result
    await assemble([textFrame('a')], limits).result
    for await (const _ of assemble(answer('a'), limits)) break
    expect(timers()).to.equal(before)
  })

  it('take times longer than any timer, and Infinity', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error): number => warnings.push(warning)
    process.on('warning', onWarning)
    const { status } = await run([[20, done]], {
      totalTimeoutMs: 2 ** 40,
      progressTimeoutMs: Number.POSITIVE_INFINITY,
    })
    expect(status).to.equal('complete')
    await rest(0)
    process.off('warning', onWarning)
    expect(warnings).to.deep.equal([])
  })

  it('throw at what is no time', () => {
    for (const time of [-1, Number.NaN, '5' as never])
      expect(() => new Deadlines({ progressTimeoutMs: time }, () => {})).to.throw(
        RangeError,
        'progressTimeoutMs',
      )
  })
})

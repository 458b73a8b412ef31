import { expect } from 'chai'
import { Assembler, type AssemblyEvent, type AssemblyResult } from '../../lib/core.ts'
import { createRun, type Run, type RunEnding, type RunOptions } from '../../lib/run.ts'
import { aiSdk } from '../../lib/ui.ts'
import { joinEvents } from '../helpers/events.ts'
import { delta, settled, Upstream } from './upstream.ts'

interface Finish {
  readonly result: AssemblyResult
  readonly ending: RunEnding
}

/** A run whose ends are gathered. */
function start(
  upstream: Upstream,
  options: RunOptions = {},
): { run: Run; finishes: Finish[]; errors: unknown[] } {
  const finishes: Finish[] = []
  const errors: unknown[] = []
  const run = createRun(upstream, {
    onFinish: (result, ending) => void finishes.push({ result, ending }),
    onError: (error) => void errors.push(error),
    ...options,
  })
  return { run, finishes, errors }
}

function gather(run: Run): AssemblyEvent[] {
  const events: AssemblyEvent[] = []
  run.subscribe((event) => void events.push(event))
  return events
}

describe('a run', () => {
  for (const [coalesce, deltas] of [
    [undefined, ['Hello there']],
    [true, ['Hello there']],
    [false, ['Hello', ' there']],
  ] as const) {
    it(`tells the deltas of one read joined, unless asked not to: coalesce ${coalesce}`, async () => {
      const frame = (content: string): string =>
        `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`
      const body = new Response(`${frame('Hello')}${frame(' there')}data: [DONE]\n\n`, {
        headers: { 'content-type': 'text/event-stream' },
      })
      const run = createRun(body, { coalesce })
      const events = gather(run)
      await run.result
      expect(events.flatMap((event) => (event.type === 'content.delta' ? [event.delta] : []))).to.deep.equal(
        deltas,
      )
    })
  }

  it('begins at once and is read to its end, whoever listens', async () => {
    const upstream = new Upstream().say('Hello', ' there').finish()
    const { run } = start(upstream)
    const { status, completion } = await run.result
    expect(status).to.equal('complete')
    expect(completion.choices[0]?.message.content).to.equal('Hello there')
  })

  it('tells a late subscriber the state so far in one piece, and goes on', async () => {
    const upstream = new Upstream().say('a', 'b', 'c')
    const { run } = start(upstream)
    await settled()
    const events = gather(run)
    expect(deltasOf(events)).to.deep.equal(['abc'])
    upstream.say('d').finish()
    await run.finished
    expect(deltasOf(events)).to.deep.equal(['abc', 'd'])
    expect(events.at(-1)?.type).to.equal('end')
  })

  it('tells whoever comes after the end the whole of it, the end included', async () => {
    const { run } = start(new Upstream().say('a', 'b').finish())
    await run.finished
    const events = gather(run)
    expect(deltasOf(events)).to.deep.equal(['ab'])
    expect(events.filter(({ type }) => type === 'end')).to.have.length(1)
  })

  it('tells a late subscriber which calls are done, and with what', async () => {
    const call = (index: number, fields: object) => delta({ tool_calls: [{ index, ...fields }] })
    const upstream = new Upstream().push(
      call(0, { id: 'a', function: { name: 'one', arguments: '{"x":1}' } }),
      call(1, { id: 'b', function: { name: 'two', arguments: '{"y":' } }),
    )
    const { run } = start(upstream)
    await settled()
    const done = gather(run).filter(({ type }) => type === 'tool_calls.done')
    expect(done.map((event) => 'id' in event && event.id)).to.deep.equal(['a'])
    expect(done[0]).to.deep.include({ state: 'complete', value: { x: 1 } })
    run.abort()
  })

  it('tells the state once, whoever subscribes while an event is being told', async () => {
    const upstream = new Upstream().push(delta({ content: 'a', reasoning_content: 'r', refusal: 'n' }))
    const { run } = start(upstream)
    const inner: AssemblyEvent[][] = []
    run.subscribe(() => void inner.push(gather(run)))
    await settled()
    upstream.say('b').finish()
    await run.finished
    expect(inner.length).to.be.greaterThan(4)
    for (const events of inner) {
      const texts = joinEvents(events.filter(({ type }) => type === 'content.delta'))
      expect(texts.map((event) => event.delta)).to.deep.equal(['ab'])
    }
  })

  it('goes on without a subscriber that throws, and says so', async () => {
    const upstream = new Upstream().say('a')
    const { run, errors } = start(upstream)
    const bad = new Error('a bad listener')
    run.subscribe(() => {
      throw bad
    })
    await settled()
    const events = gather(run)
    upstream.say('b').finish()
    expect((await run.result).status).to.equal('complete')
    expect(deltasOf(events)).to.deep.equal(['a', 'b'])
    expect(errors).to.deep.equal([bad])
  })

  it('shows the completion at any time', async () => {
    const upstream = new Upstream()
    const { run } = start(upstream)
    expect(run.snapshot()).to.deep.equal(new Assembler().snapshot())
    upstream.say('a', 'b')
    await settled()
    expect(run.snapshot().choices[0]?.message.content).to.equal('ab')
    upstream.finish()
    const { completion } = await run.result
    expect(run.snapshot()).to.equal(completion)
  })

  it('has an id of its own, or the one it is given', () => {
    const upstream = new Upstream().end()
    expect(createRun(upstream, { id: 'run-7' }).id).to.equal('run-7')
    expect(createRun([]).id).to.match(/^[\da-f-]{36}$/)
  })

  it('refuses bad options where the caller is', () => {
    expect(() => createRun([], { onClientGone: { continueFor: -1 } })).to.throw(RangeError)
    expect(() => createRun([], { maxEventBytes: -1 })).to.throw(RangeError)
  })
})

describe('the end of a run is told exactly once', () => {
  const ends: readonly (readonly [
    name: string,
    status: string,
    end: (upstream: Upstream, run: Run) => void,
  ])[] = [
    ['complete', 'complete', (upstream) => upstream.finish()],
    ['truncated', 'truncated', (upstream) => upstream.end()],
    ['broken', 'errored', (upstream) => upstream.fail(new Error('reset'))],
    ['an error of the provider', 'errored', (upstream) => upstream.push({ error: { message: 'no' } }).end()],
    ['aborted', 'aborted', (_, run) => run.abort('stop')],
    [
      'aborted twice, and ended',
      'aborted',
      (upstream, run) => {
        run.abort('stop')
        run.abort('again')
        upstream.finish()
      },
    ],
  ]

  for (const [name, status, end] of ends) {
    it(`${name}, with clients and without`, async () => {
      for (const clients of [0, 1, 3]) {
        const upstream = new Upstream().say('a')
        const { run, finishes } = start(upstream)
        const connections = Array.from({ length: clients }, () => run.connect(aiSdk))
        await settled()
        end(upstream, run)
        await run.finished
        for (const connection of connections) for await (const _ of connection);
        await settled()
        expect(finishes).to.have.length(1)
        expect(finishes[0]?.result).to.equal(await run.result)
        expect(finishes[0]?.result.status).to.equal(status)
        expect(finishes[0]?.result.completion.choices[0]?.message.content).to.equal('a')
        expect(finishes[0]?.ending).to.deep.equal({ id: run.id, clientGone: false })
      }
    })
  }

  it('where the request itself fails, or is refused, or was aborted before it began', async () => {
    const gone = AbortSignal.abort('too late')
    const inputs = [
      createRun(() => Promise.reject(new Error('offline')), collect('errored')),
      createRun(() => new Response('no', { status: 500 }), collect('errored')),
      createRun(
        () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
        collect('errored'),
      ),
      createRun(new Upstream(), { ...collect('aborted'), signal: gone }),
    ]
    await Promise.all(inputs.map(({ finished }) => finished))
    expect(collected.sort()).to.deep.equal(['aborted', 'errored', 'errored', 'errored'])
  })

  const collected: string[] = []
  const collect = (status: string): RunOptions => ({
    onFinish: (result) => {
      expect(result.status).to.equal(status)
      collected.push(status)
    },
  })

  it('and what saving it throws is reported, and ends nothing', async () => {
    for (const onFinish of [
      () => {
        throw new Error('disk full')
      },
      async () => {
        throw new Error('disk full')
      },
    ]) {
      const { run, errors } = start(new Upstream().say('a').finish(), { onFinish })
      await run.finished
      expect(errors.map(String)).to.deep.equal(['Error: disk full'])
      expect((await run.result).status).to.equal('complete')
    }
  })

  it('and waits for it to be saved', async () => {
    let isSaved = false
    const { run } = start(new Upstream().finish(), {
      onFinish: async () => {
        await settled(5)
        isSaved = true
      },
    })
    await run.result
    expect(isSaved).to.equal(false)
    await run.finished
    expect(isSaved).to.equal(true)
  })

  it('and survives an onError that throws, too', async () => {
    const fail = (): never => {
      throw new Error('again')
    }
    const { run } = start(new Upstream().finish(), { onFinish: fail, onError: fail })
    await run.finished
  })
})

describe('a client that leaves', () => {
  it('is no abort: the answer is read to its end and saved', async () => {
    const upstream = new Upstream().say('a')
    const { run, finishes } = start(upstream)
    const connection = run.connect(aiSdk)
    await connection.next()
    connection.leave()
    await settled()
    expect(upstream.isCancelled).to.equal(false)
    upstream.say('b').finish()
    await run.finished
    expect(finishes[0]?.result.completion.choices[0]?.message.content).to.equal('ab')
    expect(finishes[0]?.ending.clientGone).to.equal(false)
  })

  it('stops the upstream where that was asked for, and what there is gets saved', async () => {
    const upstream = new Upstream().say('a')
    const { run, finishes } = start(upstream, { onClientGone: 'abort' })
    const connection = run.connect(aiSdk)
    await settled()
    connection.leave()
    await run.finished
    expect(upstream.isCancelled).to.equal(true)
    expect(finishes[0]?.result.status).to.equal('aborted')
    expect(finishes[0]?.result.completion.choices[0]?.message.content).to.equal('a')
    expect(finishes[0]?.ending.clientGone).to.equal(true)
  })

  it('is told from an abort, whose reason is kept as it was', async () => {
    const reason = { button: 'stop' }
    const { run, finishes } = start(new Upstream().say('a'), { onClientGone: 'abort' })
    run.connect(aiSdk)
    run.abort(reason)
    await run.finished
    expect(finishes[0]?.result.error?.cause).to.equal(reason)
    expect(finishes[0]?.ending.clientGone).to.equal(false)
  })

  it('does not stop it for the others: the last one does', async () => {
    const upstream = new Upstream().say('a')
    const { run } = start(upstream, { onClientGone: 'abort' })
    const [first, second] = [run.connect(aiSdk), run.connect(aiSdk)]
    await settled()
    first.leave()
    first.leave()
    await settled()
    expect(upstream.isCancelled).to.equal(false)
    second.leave()
    await settled()
    expect(upstream.isCancelled).to.equal(true)
  })

  it('may come back within its time', async () => {
    const upstream = new Upstream().say('a')
    const { run, finishes } = start(upstream, { onClientGone: { continueFor: 60 } })
    run.connect(aiSdk).leave()
    await wait(30)
    const again = run.connect(aiSdk)
    await wait(60)
    expect(upstream.isCancelled).to.equal(false)
    const left = performance.now()
    again.leave()
    await run.finished
    expect(performance.now() - left).to.be.at.least(55)
    expect(finishes[0]?.ending.clientGone).to.equal(true)
  })

  it('is no client if it only subscribes', async () => {
    const upstream = new Upstream().say('a')
    const { run } = start(upstream, { onClientGone: 'abort' })
    run.subscribe(() => {})()
    await settled()
    expect(upstream.isCancelled).to.equal(false)
    run.abort()
  })

  it('after the end changes nothing, and sets no timer', async () => {
    for (const onClientGone of ['abort', { continueFor: 60_000 }] as const) {
      const { run, finishes } = start(new Upstream().say('a').finish(), { onClientGone })
      const connection = run.connect(aiSdk)
      await run.finished
      const timers = timerCount()
      connection.leave()
      run.connect(aiSdk).leave()
      await settled()
      expect(timerCount()).to.equal(timers)
      expect(finishes).to.have.length(1)
      expect(finishes[0]?.result.status).to.equal('complete')
    }
  })
})

function deltasOf(events: readonly AssemblyEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'content.delta' ? [event.delta] : []))
}

function timerCount(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

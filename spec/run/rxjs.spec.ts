import { expect } from 'chai'
import { firstValueFrom, lastValueFrom, type Observable, take, toArray } from 'rxjs'
import { AssemblyError } from '../../lib/index.ts'
import { createRun, type RunOptions } from '../../lib/run.ts'
import { observeRun, type SseMessage } from '../../lib/run-rxjs.ts'
import { aiSdk, tanstack, text } from '../../lib/ui.ts'
import { settled, Upstream } from './upstream.ts'

function start(upstream: Upstream, options?: RunOptions) {
  const run = createRun(upstream, options)
  return { run, ...observeRun(run) }
}

/** What an Observable has told so far. */
function gather<Value>(observable: Observable<Value>) {
  const values: Value[] = []
  let end: unknown
  const subscription = observable.subscribe({
    next: (value) => void values.push(value),
    error: (error: unknown) => {
      end = error
    },
    complete: () => {
      end = 'complete'
    },
  })
  return { values, end: () => end, subscription }
}

describe('a run as Observables', () => {
  it('begins for each subscriber with the state so far', async () => {
    const upstream = new Upstream().say('a', 'b')
    const { event$, snapshot$, text$ } = start(upstream)
    await settled()
    const [events, snapshots, texts] = [gather(event$), gather(snapshot$), gather(text$)] as const
    expect(texts.values).to.deep.equal(['ab'])
    expect(snapshots.values.at(-1)?.choices[0]?.message.content).to.equal('ab')
    upstream.say('c').finish()
    await settled()
    expect(texts.values).to.deep.equal(['ab', 'c'])
    expect(snapshots.values.at(-1)?.choices[0]?.message.content).to.equal('abc')
    expect(events.values.at(-1)?.type).to.equal('end')
    for (const one of [events, snapshots, texts]) expect(one.end()).to.equal('complete')
  })

  it('gives the same to whoever comes after the end', async () => {
    const { run, event$, snapshot$, text$ } = start(new Upstream().say('a', 'b').finish())
    const { completion } = await run.result
    expect(await lastValueFrom(text$.pipe(toArray()))).to.deep.equal(['ab'])
    expect(await lastValueFrom(snapshot$)).to.equal(completion)
    expect((await lastValueFrom(event$)).type).to.equal('end')
  })

  it('fails where it has no other way to say that the answer is not whole', async () => {
    const upstream = new Upstream().say('a')
    const { run, event$, snapshot$, text$ } = start(upstream)
    const [events, snapshots, texts] = [gather(event$), gather(snapshot$), gather(text$)] as const
    upstream.end()
    const { error } = await run.result
    await settled()
    expect(events.end()).to.equal('complete')
    expect(snapshots.end()).to.equal(error)
    expect(texts.end()).to.equal(error)
    expect(texts.values).to.deep.equal(['a'])
  })

  it('is left without consequence', async () => {
    const upstream = new Upstream().say('a')
    const { run, text$, event$ } = start(upstream, { onClientGone: 'abort' })
    const texts = gather(text$)
    await settled()
    texts.subscription.unsubscribe()
    await firstValueFrom(event$.pipe(take(1)))
    upstream.say('b').finish()
    expect((await run.result).status).to.equal('complete')
    expect(texts.values).to.deep.equal(['a'])
  })
})

describe('a run as the messages of a server-sent event stream', () => {
  const dataOf = (messages: readonly SseMessage[]): string[] => messages.flatMap(({ data }) => data ?? [])

  it('are the frames of the protocol, heartbeats as comments', async () => {
    const upstream = new Upstream()
    const { toSse } = start(upstream, { id: 'run-1' })
    const { values, end } = gather(toSse(aiSdk, { heartbeatMs: 20 }))
    await settled()
    expect(values).to.deep.equal([
      { comment: 'keep-alive' },
      { data: '{"type":"start","messageId":"run-1"}' },
      { data: '{"type":"start-step"}' },
    ])
    upstream.say('line\nbreak').finish()
    await settled(5)
    expect(dataOf(values)).to.include('{"type":"text-delta","id":"t0","delta":"line\\nbreak"}')
    expect(values.at(-1)).to.deep.equal({ data: '[DONE]' })
    expect(end()).to.equal('complete')
  })

  it('carry the ids of a protocol that has them', async () => {
    const { toSse } = start(new Upstream().say('abc').finish())
    const messages = await lastValueFrom(toSse(tanstack).pipe(toArray()))
    expect(messages.flatMap(({ id }) => id ?? [])).to.deep.equal(['1', '2', '5', '6', '7'])
  })

  it('never fail: whatever becomes of the answer, its error is a frame', async () => {
    const ends: readonly ((upstream: Upstream) => unknown)[] = [
      (upstream) => upstream.end(),
      (upstream) => upstream.fail(new Error('reset')),
      (upstream) => upstream.push({ error: { message: 'no' } }).end(),
    ]
    for (const end of ends) {
      const upstream = new Upstream().say('a')
      const { toSse, run } = start(upstream)
      const seen = gather(toSse(aiSdk))
      end(upstream)
      expect((await run.result).error).to.be.instanceOf(AssemblyError)
      await settled(5)
      expect(seen.end()).to.equal('complete')
      expect(dataOf(seen.values).at(-2)).to.match(/^{"type":"error"/)
    }
  })

  it('refuses a protocol that is no such stream, at once', () => {
    expect(() => start(new Upstream()).toSse(text)).to.throw(TypeError)
  })

  it('is a client: unsubscribing is its leaving', async () => {
    const upstream = new Upstream().say('a')
    const { run, toSse } = start(upstream, { onClientGone: 'abort' })
    const { subscription } = gather(toSse(aiSdk))
    await settled()
    subscription.unsubscribe()
    expect((await run.result).status).to.equal('aborted')
    expect(upstream.isCancelled).to.equal(true)
  })
})

import { getEventListeners } from 'node:events'
import { Readable } from 'node:stream'
import { expect } from 'chai'
import { Stream } from 'openai/streaming'
import {
  type AssembleOptions,
  type Assembly,
  AssemblyError,
  type AssemblyEvent,
  type AssemblyInput,
  type AssemblyResult,
  assemble,
} from '../../lib/core.ts'
import { asyncIterable, webStream } from '../helpers/sources.ts'
import { AT_ONCE_MS, rest, serve, silentAfter } from '../helpers/upstream.ts'
import { answer, DONE, deltaChunk, finishChunk, frameOf, textChunk, textFrame } from '../helpers/wire.ts'

const pieces = answer('a', 'b')
const text = pieces.join('')
const bytes = new TextEncoder().encode(text)
const sse = { headers: { 'content-type': 'text/event-stream' } }

describe('assemble()', () => {
  describe('reads', () => {
    const sources: Record<string, () => AssemblyInput> = {
      'a Response': () => new Response(text, sse),
      'a promise of a Response': async () => new Response(text, sse),
      'a request': () => async () => new Response(text, sse),
      'a request that is answered at once': () => () => new Response(text, sse),
      'a Response of another make, with a Node stream': () =>
        ({ ok: true, status: 200, headers: new Headers(sse.headers), body: Readable.from([bytes]) }) as never,
      'a ReadableStream of bytes': () => webStream(pieces).source,
      'a ReadableStream of text': () => textStream(),
      'a Node stream of bytes': () => Readable.from([Buffer.from(text)]),
      'a Node stream of text': () => Readable.from([Buffer.from(text)]).setEncoding('utf8'),
      'an async generator': () => generate(pieces),
      'an async iterable': () => asyncIterable(pieces).source,
      'a list of texts': () => pieces,
      'a list of bytes': () => [bytes.subarray(0, 20), bytes.subarray(20)],
      'a list of chunks': () => [textChunk('a'), textChunk('b'), finishChunk()],
      'a list of server-sent events': () => [
        { data: JSON.stringify(textChunk('ab')) },
        { data: JSON.stringify(finishChunk()), id: '7' },
        { data: '[DONE]' },
      ],
      'a set': () => new Set(pieces),
      'a generator': () => pieces.values(),
      text: () => text,
      bytes: () => bytes,
      'bytes that are another kind of view': () => [new DataView(bytes.buffer)] as never,
      'a stream of the openai package': () => openaiStream(text).source,
      'a promise of a stream of the openai package': async () => openaiStream(text).source,
    }
    for (const [name, source] of Object.entries(sources)) {
      it(name, async () => {
        const { status, completion, error } = await assemble(source()).result
        expect(error).to.equal(undefined)
        expect(status).to.equal('complete')
        expect(completion.choices[0]?.message.content).to.equal('ab')
        const events = await eventsOf(assemble(source()))
        expect(events.map(contentOf).join('')).to.equal('ab')
        expect(events.at(-1)?.type).to.equal('end')
      })
    }

    for (const nothing of [5, {}, null, undefined, Symbol('x'), Promise.resolve(true)]) {
      it(`nothing of ${String(nothing)}, and says so`, async () => {
        const { status, error } = await assemble(nothing as never).result
        expect(status).to.equal('errored')
        expect(error?.cause).to.be.instanceOf(TypeError)
        expect(String(error?.cause)).to.contain('pass a Response')
      })
    }
  })

  describe('when it is iterated', () => {
    it('gives every event, and then ends', async () => {
      const types = (await eventsOf(assemble(pieces))).map(({ type }) => type)
      expect(types).to.deep.equal(['content.delta', 'content.delta', 'content.done', 'choice.done', 'end'])
    })

    it('throws the AssemblyError of a stream that is not complete, after every event', async () => {
      const cut = assemble(pieces.slice(0, 2))
      const types: string[] = []
      const error = await iterate(cut, ({ type }) => void types.push(type))
      expect(error).to.include({ code: 'truncated' })
      expect(types).to.deep.equal(['content.delta', 'content.delta', 'content.done', 'choice.done', 'end'])
      expect((await cut.result).error).to.equal(error)
    })

    it('asks for a piece when the one before has been used up', async () => {
      const watched = webStream(pieces)
      for await (const event of assemble(watched.source)) {
        if (event.type !== 'content.delta') continue
        await rest(5)
        expect(watched.pulls).to.equal(event.delta === 'a' ? 1 : 2)
      }
    })

    it('is not read ahead because someone awaits the result as well', async () => {
      const watched = webStream(pieces)
      const assembly = assemble(watched.source)
      void assembly.result
      for await (const event of assembly) {
        if (event.type !== 'content.delta') continue
        await rest(5)
        expect(watched.pulls).to.equal(event.delta === 'a' ? 1 : 2)
      }
      expect((await assembly.result).status).to.equal('complete')
    })

    it('gives the end event alone to whoever comes late', async () => {
      const whole = assemble(pieces)
      await eventsOf(whole)
      expect((await eventsOf(whole)).map(({ type }) => type)).to.deep.equal(['end'])
      const read = assemble(pieces)
      await read.result
      expect((await eventsOf(read)).map(({ type }) => type)).to.deep.equal(['end'])
      const cut = assemble([textFrame('a')])
      await cut.result
      const types: string[] = []
      expect(await iterate(cut, ({ type }) => void types.push(type))).to.include({ code: 'truncated' })
      expect(types).to.deep.equal(['end'])
    })

    it('lets a second iteration wait for the first', async () => {
      const assembly = assemble(generate(pieces, 5))
      const [first, second] = await Promise.all([eventsOf(assembly), eventsOf(assembly)])
      expect([first.length, second.length]).to.deep.equal([5, 1])
      expect(second[0]).to.deep.include({ type: 'end' })
    })

    it('is not ended by a second iteration that is left', async () => {
      const assembly = assemble(generate(pieces, 5))
      const first = eventsOf(assembly)
      const late = assembly[Symbol.asyncIterator]()
      void late.next()
      await late.return?.()
      expect((await first).at(-1)).to.deep.include({ type: 'end' })
      expect((await assembly.result).status).to.equal('complete')
    })

    it('answers calls of next() that overlap in order', async () => {
      const iterator = assemble(generate(pieces, 1))[Symbol.asyncIterator]()
      const steps = await Promise.all(Array.from({ length: 7 }, () => iterator.next()))
      expect(steps.map(({ value }) => value?.type)).to.deep.equal([
        'content.delta',
        'content.delta',
        'content.done',
        'choice.done',
        'end',
        undefined,
        undefined,
      ])
      expect(steps.map(({ done }) => done)).to.deep.equal([false, false, false, false, false, true, true])
    })

    it('keeps the order where calls overlap and a piece has several events', async () => {
      const iterator = assemble([textFrame('a') + textFrame('b') + textFrame('c')])[Symbol.asyncIterator]()
      const first = iterator.next()
      const second = iterator.next()
      const third = first.then(() => iterator.next())
      const events = (await Promise.all([first, second, third])).map(({ value }) => value)
      expect(events.map((event) => event && contentOf(event))).to.deep.equal(['a', 'b', 'c'])
    })

    it('throws once, and then is over', async () => {
      const iterator = assemble([])[Symbol.asyncIterator]()
      expect((await iterator.next()).value).to.deep.include({ type: 'end' })
      expect(await iterator.next().catch((thrown) => thrown.code)).to.equal('empty_stream')
      expect(await iterator.next()).to.deep.equal({ done: true, value: undefined })
    })
  })

  describe('closes its upstream at once', () => {
    it('when the iteration is left', async () => {
      await using upstream = await serve(silentAfter(textFrame('a')))
      const assembly = assemble((signal) => fetch(upstream.url, { signal }))
      let leftAt = 0
      for await (const event of assembly) {
        expect(event).to.deep.include({ type: 'content.delta', delta: 'a' })
        leftAt = performance.now()
        break
      }
      expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
      expect((await assembly.result).status).to.equal('aborted')
    })

    const inputs: Record<string, (url: string) => AssemblyInput> = {
      'a request': (url) => (signal) => fetch(url, { signal }),
      'a request that ignores the signal': (url) => () => fetch(url),
      'a promise of a Response': (url) => fetch(url),
      'a Node stream': (url) => nodeBody(url),
      'a stream of the openai package': async (url) => {
        const controller = new AbortController()
        const response = await fetch(url, { signal: controller.signal })
        return Stream.fromSSEResponse(response, controller)
      },
    }
    for (const [name, input] of Object.entries(inputs)) {
      it(`when return() is called in a silent pause: of ${name}`, async () => {
        await using upstream = await serve(silentAfter(textFrame('a')))
        const iterator = assemble(input(upstream.url))[Symbol.asyncIterator]()
        expect((await iterator.next()).value).to.deep.include({ type: 'content.delta' })
        const pending = iterator.next()
        await rest(30)
        const leftAt = performance.now()
        expect(await iterator.return?.()).to.deep.equal({ done: true, value: undefined })
        expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
        expect((await pending).done).to.equal(true)
      })

      it(`when it is aborted in a silent pause: of ${name}`, async () => {
        await using upstream = await serve(silentAfter(textFrame('a')))
        const assembly = assemble(input(upstream.url))
        const run = assembly.result
        await rest(60)
        const leftAt = performance.now()
        assembly.abort('enough')
        expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
        expectAborted(await run, 'enough', 'a')
      })
    }

    it('when it ends at [DONE], and the provider does not', async () => {
      await using upstream = await serve(silentAfter(text))
      const { status } = await assemble(fetch(upstream.url)).result
      const endedAt = performance.now()
      expect(status).to.equal('complete')
      expect((await upstream.left) - endedAt).to.be.lessThan(AT_ONCE_MS)
    })

    it('when a limit is reached', async () => {
      await using upstream = await serve(silentAfter(text))
      const { error } = await assemble(fetch(upstream.url), { maxStreamBytes: 30 }).result
      const endedAt = performance.now()
      expect(error?.code).to.equal('limit_stream')
      expect((await upstream.left) - endedAt).to.be.lessThan(AT_ONCE_MS)
    })

    it('when the block of an `await using` is left', async () => {
      await using upstream = await serve(silentAfter(textFrame('a')))
      let leftAt = 0
      let result: Promise<AssemblyResult> | undefined
      {
        await using assembly = assemble((signal) => fetch(upstream.url, { signal }))
        result = assembly.result
        await rest(60)
        leftAt = performance.now()
      }
      expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
      expectAborted(await result, undefined, 'a')
    })

    it('when a refused request does not end its answer, though not before its message is there', async () => {
      await using upstream = await serve((response) => {
        response.writeHead(503)
        response.write('x'.repeat(70_000))
      })
      const { error } = await assemble(fetch(upstream.url)).result
      expect(error?.upstream).to.deep.equal({ message: '', status: 503 })
      await upstream.left
    })
  })

  describe('tells a source to stop exactly once', () => {
    const leave: Record<string, (assembly: Assembly) => PromiseLike<unknown>> = {
      break: async (assembly) => {
        for await (const _ of assembly) break
      },
      abort: async (assembly) => {
        void assembly.result
        await rest(5)
        assembly.abort()
        assembly.abort()
      },
      dispose: async (assembly) => {
        void assembly.result
        await rest(5)
        await assembly[Symbol.asyncDispose]()
        await assembly[Symbol.asyncDispose]()
      },
      'dispose before it is read': (assembly) => assembly[Symbol.asyncDispose](),
      'abort before it is read': async (assembly) => assembly.abort(),
      'return() before it is read': async (assembly) => assembly[Symbol.asyncIterator]().return?.(),
    }
    for (const [how, go] of Object.entries(leave)) {
      it(`by ${how}`, async () => {
        for (const watched of [
          webStream([textFrame('a')], 'silence'),
          asyncIterable([textFrame('a')], 'silence'),
        ]) {
          const assembly = assemble(watched.source)
          await go(assembly)
          expect((await assembly.result).status).to.equal('aborted')
          await rest(0)
          expect(watched.cancels).to.equal(1)
        }
      })
    }

    it('but not one that has ended, or failed, by itself', async () => {
      for (const after of ['end', new Error('reset')] as const) {
        const watched = asyncIterable([textFrame('a')], after)
        const { status } = await assemble(watched.source).result
        expect(status).to.equal(after === 'end' ? 'truncated' : 'errored')
        expect(watched.cancels).to.equal(0)
      }
    })

    it('and frees a response that comes after it was aborted', async () => {
      let cancelled = 0
      const body = new ReadableStream({ cancel: () => void cancelled++ })
      const assembly = assemble(rest(10).then(() => new Response(body, sse)))
      void assembly.result
      await rest(0)
      assembly.abort()
      await rest(20)
      expect(cancelled).to.equal(1)
    })
  })

  describe('takes an AbortSignal', () => {
    it('that is aborted already: nothing is requested', async () => {
      let requests = 0
      const signal = AbortSignal.abort('too late')
      const request = (): Response => {
        requests++
        return new Response(text, sse)
      }
      expectAborted(await assemble(request, { signal }).result, 'too late', undefined)
      expect(await iterate(assemble(request, { signal }), () => {})).to.include({
        code: 'aborted',
        cause: 'too late',
      })
      expect(requests).to.equal(0)
    })

    it('that is aborted before the answer has begun', async () => {
      await using upstream = await serve(() => {})
      const controller = new AbortController()
      const { result } = assemble((signal) => fetch(upstream.url, { signal }), controller)
      while (upstream.requests === 0) await rest(5)
      const leftAt = performance.now()
      controller.abort('no more')
      expectAborted(await result, 'no more', undefined)
      expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
    })

    for (const reason of [undefined, 'text', 7, null, new Error('mine'), { any: 'thing' }]) {
      it(`and keeps its reason: ${String(reason)}`, async () => {
        const controller = new AbortController()
        const watched = asyncIterable([textFrame('a')], 'silence')
        const { result } = assemble(watched.source, { signal: controller.signal })
        await rest(5)
        controller.abort(reason)
        controller.abort('a second time')
        expectAborted(await result, controller.signal.reason, 'a')
        expect(watched.cancels).to.equal(1)
      })
    }

    it('that is aborted by a timeout', async () => {
      const signal = AbortSignal.timeout(20)
      const { error } = await assemble(asyncIterable([], 'silence').source, { signal }).result
      expect(error?.cause).to.include({ name: 'TimeoutError' })
    })

    it('that is aborted between two events of an iteration: what was read is given first', async () => {
      const controller = new AbortController()
      const types: string[] = []
      const piece = textFrame('a') + textFrame('b')
      const error = await iterate(assemble([piece], { signal: controller.signal }), ({ type }) => {
        types.push(type)
        controller.abort('now')
      })
      expect(error).to.include({ code: 'aborted', cause: 'now' })
      expect(types).to.deep.equal(['content.delta', 'content.delta', 'content.done', 'choice.done', 'end'])
    })

    it('that is aborted after the end: nothing changes', async () => {
      const controller = new AbortController()
      const assembly = assemble(pieces, { signal: controller.signal })
      await assembly.result
      controller.abort()
      assembly.abort()
      expect((await assembly.result).status).to.equal('complete')
    })

    it('and leaves no listener on it, however it ends', async () => {
      const { signal } = new AbortController()
      const listeners = (): number => getEventListeners(signal, 'abort').length
      const inputs: AssemblyInput[] = [
        pieces,
        pieces.slice(0, 1),
        ['data: {\n\n'],
        asyncIterable([], new Error('reset')).source,
        Promise.reject(new Error('offline')),
        new Response('no', { status: 500 }),
        new Response('no', { headers: { 'content-type': 'text/html' } }),
        5 as never,
      ]
      for (const input of inputs) await assemble(input, { signal }).result
      for await (const _ of assemble(pieces, { signal })) break
      const silent = assemble(asyncIterable([], 'silence').source, { signal })
      void silent.result
      await rest(0)
      expect(listeners()).to.equal(1)
      silent.abort()
      assemble(pieces, { signal }).abort()
      expect(listeners()).to.equal(0)
    })

    it('and takes an AbortError of the source for an abort, too', async () => {
      const controller = new AbortController()
      await using upstream = await serve(silentAfter(textFrame('a')))
      const { result } = assemble(fetch(upstream.url, { signal: controller.signal }))
      await rest(60)
      controller.abort()
      const { status, completion } = await result
      expect(status).to.equal('aborted')
      expect(completion.choices[0]?.message.content).to.equal('a')
    })
  })

  describe('never rejects its result', () => {
    const troubles: Record<string, () => AssemblyInput> = {
      transport: () => asyncIterable([textFrame('a')], new Error('reset')).source,
      truncated: () => [textFrame('a')],
      bad_json: () => [textFrame('a'), 'data: {\n\n'],
      bad_content_type: () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      http_status: () => new Response('{"error":"no"}', { status: 400 }),
      empty_stream: () => [],
      upstream_error: () => [textFrame('a'), frameOf({ error: { message: 'sorry' } }), DONE],
    }
    for (const [code, input] of Object.entries(troubles)) {
      it(`${code}: completion() and message() do`, async () => {
        const assembly = assemble(input())
        const { error, completion } = await assembly.result
        expect(error).to.be.instanceOf(AssemblyError)
        expect(error?.code).to.equal(code)
        expect(error?.partial).to.equal(completion)
        expect(await assembly.completion().catch((thrown) => thrown)).to.equal(error)
        expect(await assembly.message().catch((thrown) => thrown)).to.equal(error)
      })
    }

    it('a request that fails, or throws: with the cause', async () => {
      const offline = new TypeError('offline')
      const inputs: AssemblyInput[] = [
        Promise.reject(offline),
        () => Promise.reject(offline),
        () => {
          throw offline
        },
      ]
      for (const input of inputs)
        expect((await assemble(input).result).error).to.include({ code: 'transport', cause: offline })
    })

    it('and nobody need look at a failure', async () => {
      assemble(Promise.reject(new Error('offline')))
      assemble(Promise.reject(new Error('offline'))).abort()
      void assemble(Promise.reject(new Error('offline'))).result
      await rest(5) // the hooks of this suite fail it on an unhandled rejection
    })

    it('but throws bad options where it is called', () => {
      const bad: AssembleOptions[] = [
        { maxChoices: -1 },
        { progressTimeoutMs: -1 },
        { totalTimeoutMs: Number.NaN },
      ]
      for (const options of bad) expect(() => assemble(pieces, options)).to.throw(RangeError)
    })
  })

  it('gives the message of a choice', async () => {
    const two = [frameOf(deltaChunk({ content: 'x' }, 1)), frameOf(deltaChunk({ content: 'y' })), DONE]
    expect((await assemble(two).message()).content).to.equal('y')
    expect((await assemble(two).message(1)).content).to.equal('x')
    expect(
      await assemble(two)
        .message(2)
        .catch((thrown) => thrown),
    ).to.be.instanceOf(RangeError)
  })

  it('lets a content type in the options stand over that of the response', async () => {
    const page = () => new Response(text, { headers: { 'content-type': 'text/plain' } })
    expect((await assemble(page()).result).error?.code).to.equal('bad_content_type')
    expect((await assemble(page(), { contentType: 'text/event-stream' }).result).status).to.equal('complete')
  })

  it('reads a JSON body, and a body without content type', async () => {
    const body = JSON.stringify({
      choices: [{ index: 0, message: { content: 'ab' }, finish_reason: 'stop' }],
    })
    const { completion } = await assemble(Response.json(JSON.parse(body))).result
    expect(completion.choices[0]?.message.content).to.equal('ab')
    expect((await assemble(new Response(bytes)).result).status).to.equal('complete')
  })

  it('counts its time from the request, not from the answer', async () => {
    const clock = () => performance.now()
    const late = async (): Promise<Response> => {
      await rest(40)
      return new Response(text, sse)
    }
    const { timing } = await assemble(late, { clock }).result
    expect(timing?.firstDeltaMs).to.be.greaterThan(35)
    expect(timing?.totalMs).to.be.lessThan(5000)
    expect((await assemble(late).result).timing?.totalMs).to.be.lessThan(5000)
  })
})

function textStream(): ReadableStream<string> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}

async function* generate(given: readonly string[], ms?: number): AsyncGenerator<string> {
  for (const piece of given) {
    if (ms !== undefined) await rest(ms)
    yield piece
  }
}

/** The package's own reader of server-sent events, with the controller of its request. */
function openaiStream(body: string) {
  const controller = new AbortController()
  return { source: Stream.fromSSEResponse<{ choices: [] }>(new Response(body, sse), controller), controller }
}

async function nodeBody(url: string): Promise<Readable> {
  const { body } = await fetch(url)
  return Readable.fromWeb(body as never)
}

async function eventsOf(assembly: Assembly): Promise<AssemblyEvent[]> {
  const events: AssemblyEvent[] = []
  for await (const event of assembly) events.push(event)
  return events
}

/** Iterates to the end, and gives what was thrown. */
async function iterate(assembly: Assembly, see: (event: AssemblyEvent) => void): Promise<unknown> {
  try {
    for await (const event of assembly) see(event)
  } catch (thrown) {
    return thrown
  }
  return undefined
}

const contentOf = (event: AssemblyEvent): string => (event.type === 'content.delta' ? event.delta : '')

function expectAborted(result: AssemblyResult, reason: unknown, content: string | undefined): void {
  expect(result.status).to.equal('aborted')
  expect(result.error?.code).to.equal('aborted')
  expect(result.error?.cause).to.equal(reason)
  expect(result.completion.choices[0]?.message.content).to.equal(content)
}

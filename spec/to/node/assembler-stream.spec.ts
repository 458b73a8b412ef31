import { PassThrough, Readable, Transform, Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { expect } from 'chai'
import type { AssemblyError, AssemblyEvent } from '../../../lib/core.ts'
import { AssemblerStream, type AssemblerStreamOptions, createAssemblerStream } from '../../../lib/node.ts'
import { AT_ONCE_MS, rest, serve, silentAfter } from '../../helpers/upstream.ts'
import { answer, DONE, frameOf, textFrame } from '../../helpers/wire.ts'

const whole = answer('a', 'b')
const cut = [textFrame('a'), textFrame('b')]
const types = ['content.delta', 'content.delta', 'content.done', 'choice.done', 'end']

describe('AssemblerStream', () => {
  it('is a Transform of bytes into events', async () => {
    const stream = new AssemblerStream()
    expect(stream).to.be.instanceOf(Transform)
    expect([stream.writableObjectMode, stream.readableObjectMode]).to.deep.equal([false, true])
    const fed = pipeline(Readable.from(whole.map((piece) => Buffer.from(piece))), stream)
    let content = ''
    for await (const event of stream) if (event.type === 'content.delta') content += event.delta
    await fed
    expect(content).to.equal('ab')
    expect((await stream.result).status).to.equal('complete')
  })

  it('is made without new by createAssemblerStream()', () => {
    expect(createAssemblerStream()).to.be.instanceOf(AssemblerStream)
  })

  it('takes text in any encoding, and text cut between the halves of a character', async () => {
    const text = answer('žluť 🐎').join('')
    for (const encoding of ['utf8', 'utf16le', 'base64', 'hex'] as const) {
      const stream = new AssemblerStream()
      const given = Buffer.from(text).toString(encoding)
      stream.resume().end(encoding === 'utf16le' ? text : given, encoding === 'utf16le' ? 'utf8' : encoding)
      expect(contentOf(await stream.result), encoding).to.equal('žluť 🐎')
    }
    const half = text.indexOf('🐎') + 1
    const stream = new AssemblerStream()
    stream.resume().write(text.slice(0, half))
    stream.end(text.slice(half))
    expect(contentOf(await stream.result)).to.equal('žluť 🐎')
  })

  it('replaces half a character at the end, and says truncated', async () => {
    const bytes = Buffer.from(`${textFrame('a')}data: {"choices":[{"delta":{"content":"🐎`).subarray(0, -2)
    const { events, error } = await collect([bytes])
    expect(error).to.include({ code: 'truncated' })
    expect(events.at(-1)?.type).to.equal('end')
  })

  it('does not change the options it is given, and passes on those of a Transform', () => {
    const options: AssemblerStreamOptions = Object.freeze({
      highWaterMark: 3,
      maxChoices: 5,
      onFailure: 'event',
      emitClose: false,
      allowHalfOpen: true,
    })
    const stream = createAssemblerStream(options)
    expect([stream.readableHighWaterMark, stream.writableHighWaterMark]).to.deep.equal([3, 3])
    const sides = createAssemblerStream({ readableHighWaterMark: 1, writableHighWaterMark: 9 })
    expect([sides.readableHighWaterMark, sides.writableHighWaterMark]).to.deep.equal([1, 9])
  })

  it('stays a stream of bytes into events whatever the options say', async () => {
    const wrong = {
      objectMode: true,
      writableObjectMode: true,
      readableObjectMode: false,
      decodeStrings: true,
    }
    const stream = createAssemblerStream(wrong as AssemblerStreamOptions)
    expect([stream.writableObjectMode, stream.readableObjectMode]).to.deep.equal([false, true])
    stream.resume().end(whole.join(''))
    expect((await stream.result).status).to.equal('complete')
  })

  it('throws bad options when it is made', () => {
    expect(() => new AssemblerStream({ maxChoices: -1 })).to.throw(RangeError)
  })

  for (const highWaterMark of [0, 1, 2, 16]) {
    it(`gives every event, in order, with a highWaterMark of ${highWaterMark}`, async () => {
      for (const pieces of [whole, [whole.join('')], [...whole.join('')]]) {
        const { events, error } = await collect(pieces, { highWaterMark })
        expect(error).to.equal(undefined)
        expect(events.map(({ type }) => type)).to.deep.equal(types)
      }
    })

    it(`gives every event, and then the error, with a highWaterMark of ${highWaterMark}`, async () => {
      for (const pieces of [cut, [cut.join('')], [...cut.join('')]]) {
        const { events, error, result } = await collect(pieces, { highWaterMark })
        expect(error).to.equal(result.error)
        expect(error).to.include({ code: 'truncated' })
        expect(events.map(({ type }) => type)).to.deep.equal(types)
      }
    })
  }

  describe('a stream that breaks', () => {
    const troubles: Record<string, string[]> = {
      truncated: cut,
      empty_stream: [],
      bad_json: [...cut, 'data: {\n\n', textFrame('never')],
      upstream_error: [...cut, frameOf({ error: { message: 'sorry' } }), DONE],
      limit_event: [...cut, textFrame('a'.repeat(100)), textFrame('never')],
    }
    for (const [code, pieces] of Object.entries(troubles)) {
      it(`errors its pipeline, after all events: ${code}`, async () => {
        const { events, error, result } = await collect(pieces, { maxEventBytes: 100 })
        expect(error).to.include({ code })
        expect(result.error).to.equal(error)
        expect(events.filter(({ type }) => type === 'end')).to.have.length(1)
        expect(events.at(-1)?.type).to.equal('end')
      })

      it(`ends as any other with onFailure: 'event': ${code}`, async () => {
        const { events, error, result } = await collect(pieces, { maxEventBytes: 100, onFailure: 'event' })
        expect(error).to.equal(undefined)
        expect(result.error?.code).to.equal(code)
        expect(events.at(-1)).to.deep.include({ type: 'end' })
      })
    }

    it('waits with its error for a slow reader', async () => {
      const events: AssemblyEvent[] = []
      const stream = new AssemblerStream()
      const slow = sink((event) => void events.push(event), 5)
      const piece = [...cut, 'data: {\n\n', textFrame('never')].join('')
      const error = await pipeline(Readable.from([piece]), stream, slow).catch((thrown) => thrown)
      expect(error).to.include({ code: 'bad_json' })
      expect(events.length).to.be.greaterThan(2)
    })

    it('waits for a reader that begins in the next turn', async () => {
      const stream = new AssemblerStream()
      stream.end(cut.join(''))
      const seen: string[] = []
      const error = await iterate(stream, (event) => seen.push(event.type))
      expect(error).to.include({ code: 'truncated' })
      expect(seen).to.deep.equal(types)
    })

    it('does not wait for a reader where there is none', async () => {
      const stream = new AssemblerStream()
      const error = await pipeline(cut, stream).catch((thrown) => thrown)
      expect(error).to.include({ code: 'truncated' })
      expect((await stream.result).error).to.equal(error)
    })

    it('errors once, and finishes once', async () => {
      const stream = new AssemblerStream()
      let errors = 0
      let closes = 0
      stream.on('error', () => errors++).on('close', () => closes++)
      stream.resume().end(cut.join(''))
      await finished(stream).catch(() => {})
      await rest(5)
      expect([errors, closes]).to.deep.equal([1, 1])
    })
  })

  describe('after [DONE]', () => {
    it('swallows the rest, and ends with its input', async () => {
      const after = Array.from({ length: 1000 }, () => textFrame('never').repeat(100))
      const { events, error, result } = await collect([...whole, ...after])
      expect(error).to.equal(undefined)
      expect(contentOf(result)).to.equal('ab')
      expect(events.map(({ type }) => type)).to.deep.equal(types)
    })

    it('has settled its result before its input ends', async () => {
      const stream = new AssemblerStream()
      stream.resume().write(whole.join(''))
      expect((await stream.result).status).to.equal('complete')
      expect(stream.destroyed).to.equal(false)
      stream.end()
      await finished(stream)
    })
  })

  describe('settles its result', () => {
    it('as aborted where it is destroyed without an error', async () => {
      const stream = new AssemblerStream()
      stream.write(textFrame('a'))
      stream.destroy()
      const { status, error, completion } = await stream.result
      expect([status, error?.cause]).to.deep.equal(['aborted', undefined])
      expect(completion.choices[0]?.message.content).to.equal('a')
    })

    it('as aborted where it is destroyed in the middle of a piece, and gives nothing more', async () => {
      const stream = new AssemblerStream()
      let events = 0
      stream.on('data', () => {
        events++
        stream.destroy()
      })
      await rest(0)
      stream.write(textFrame('a').repeat(5))
      expect((await stream.result).status).to.equal('aborted')
      expect(events).to.equal(1)
    })

    it('as aborted where its reader breaks off', async () => {
      const stream = new AssemblerStream()
      const source = Readable.from(silence(textFrame('a')))
      const fed = pipeline(source, stream).catch((thrown) => thrown)
      for await (const _ of stream) break
      expect((await stream.result).status).to.equal('aborted')
      expect(await fed).to.be.instanceOf(Error)
      expect(source.destroyed).to.equal(true)
    })

    it('as aborted where the stream after it fails, with that as the cause', async () => {
      const full = new Error('disk full')
      const stream = new AssemblerStream()
      const broken = new Writable({ objectMode: true, write: (_, __, done) => done(full) })
      const thrown = await pipeline(Readable.from(silence(textFrame('a'))), stream, broken).catch(
        (error) => error,
      )
      expect(thrown).to.equal(full)
      const { status, error } = await stream.result
      expect([status, error?.cause]).to.deep.equal(['aborted', full])
    })

    it('as aborted where the client of a server leaves', async () => {
      for (const source of [() => Readable.from(silence(textFrame('a'))), () => silence(textFrame('a'))]) {
        const stream = createAssemblerStream({ encode: (event) => `${event.type}\n` })
        await using server = await serve(
          (response) => void pipeline(source(), stream, response).catch(() => {}),
        )
        const response = await fetch(server.url)
        await response.body?.getReader().read()
        await rest(10)
        server[Symbol.asyncDispose]()
        expect((await stream.result).status).to.equal('aborted')
      }
    })

    it('as aborted by a signal, with its reason', async () => {
      const inPipeline = new AbortController()
      const first = new AssemblerStream()
      const fed = pipeline(
        Readable.from(silence(textFrame('a'))),
        first,
        new PassThrough({ objectMode: true }),
        inPipeline,
      )
      await rest(5)
      inPipeline.abort('enough')
      expect((await fed.catch((thrown) => thrown)).name).to.equal('AbortError')
      const ofItsOwn = new AbortController()
      const second = new AssemblerStream({ signal: ofItsOwn.signal })
      second.on('error', () => {})
      ofItsOwn.abort('enough')
      const third = new AssemblerStream({ signal: AbortSignal.abort('enough') })
      third.on('error', () => {})
      for (const { result } of [first, second, third]) {
        const { status, error } = await result
        expect([status, error?.cause]).to.deep.equal(['aborted', 'enough'])
      }
    })

    it('as errored where its source fails, in a pipeline of any kind of source', async () => {
      const reset = new Error('reset')
      const ignore = (): Writable => sink(() => {})
      const feeds = [
        (stream: AssemblerStream) =>
          pipeline(Readable.from(failing(textFrame('a'), reset)), stream, ignore()),
        (stream: AssemblerStream) => pipeline(failing(textFrame('a'), reset), stream, ignore()),
      ]
      for (const feed of feeds) {
        const stream = new AssemblerStream()
        const thrown = await feed(stream).catch((error) => error)
        expect(thrown).to.equal(reset)
        const { status, error, completion } = await stream.result
        expect([status, error?.code, error?.cause]).to.deep.equal(['errored', 'transport', reset])
        expect(completion.choices[0]?.message.content).to.equal('a')
      }
    })

    it('as errored where its source closes before it has ended', async () => {
      const source = new PassThrough()
      const stream = new AssemblerStream()
      const fed = pipeline(source, stream.resume()).catch((thrown) => thrown)
      source.write(textFrame('a'))
      await rest(5)
      source.destroy()
      const { status, error } = await stream.result
      expect([status, error?.code]).to.deep.equal(['errored', 'transport'])
      expect(await fed).to.be.instanceOf(Error)
    })
  })

  describe('behind pipe(), which tells nobody that its source broke', () => {
    for (const [how, breakIt] of [
      ['fails', (source: Readable) => source.destroy(new Error('reset'))],
      ['closes', (source: Readable) => source.destroy()],
    ] as const) {
      it(`gives its events and then the error, where the source ${how}`, async () => {
        const source = new PassThrough()
        const stream = source.pipe(new AssemblerStream())
        const seen: string[] = []
        const read = iterate(stream, (event) => seen.push(event.type))
        source.write(cut.join(''))
        await rest(5)
        breakIt(source)
        expect(await read).to.include({ code: 'transport' })
        expect(seen).to.deep.equal(types)
      })

      it(`ends with its end event, where the source ${how}, with onFailure: 'event'`, async () => {
        const source = new PassThrough()
        const stream = source.pipe(new AssemblerStream({ onFailure: 'event' }))
        const seen: string[] = []
        const read = iterate(stream, (event) => seen.push(event.type))
        source.write(cut.join(''))
        await rest(5)
        breakIt(source)
        expect(await read).to.equal(undefined)
        expect(seen).to.deep.equal(types)
        expect((await stream.result).error?.code).to.equal('transport')
      })
    }

    it('keeps no listener on a source that is unpiped, or has ended', async () => {
      const source = new PassThrough()
      const names = ['error', 'close', 'end'] as const
      const before = names.map((name) => source.listenerCount(name))
      const stream = new AssemblerStream()
      source.pipe(stream)
      source.unpipe(stream)
      expect(names.map((name) => source.listenerCount(name))).to.deep.equal(before)
      source.pipe(stream.resume())
      source.end(whole.join(''))
      await finished(stream)
      expect(
        names.map((name) => source.listenerCount(name)).reduce((sum, count) => sum + count),
      ).to.be.at.most(before.reduce((sum, count) => sum + count))
    })
  })

  describe('with an upstream on loopback', () => {
    const bodyOf = async (url: string): Promise<Readable> =>
      Readable.fromWeb((await fetch(url)).body as never)

    it('closes it when the stream is destroyed, in a silent pause', async () => {
      await using upstream = await serve(silentAfter(textFrame('a')))
      const stream = new AssemblerStream()
      const fed = pipeline(await bodyOf(upstream.url), stream.resume()).catch((thrown) => thrown)
      await rest(30)
      const leftAt = performance.now()
      stream.destroy()
      expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
      expect(await fed).to.be.instanceOf(Error)
    })

    it('closes it when its reader breaks off', async () => {
      await using upstream = await serve(silentAfter(textFrame('a')))
      const stream = new AssemblerStream()
      const fed = pipeline(await bodyOf(upstream.url), stream).catch((thrown) => thrown)
      for await (const _ of stream) break
      const leftAt = performance.now()
      expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
      await fed
    })

    it('closes it at a limit', async () => {
      await using upstream = await serve(silentAfter(whole.join('')))
      const stream = new AssemblerStream({ maxStreamBytes: 30 })
      const thrown = await pipeline(await bodyOf(upstream.url), stream.resume()).catch((error) => error)
      const endedAt = performance.now()
      expect(thrown).to.include({ code: 'limit_stream' })
      expect((await upstream.left) - endedAt).to.be.lessThan(AT_ONCE_MS)
    })
  })

  describe('with encode', () => {
    const encode = (event: AssemblyEvent): string | undefined =>
      event.type === 'content.delta'
        ? event.delta
        : event.type === 'end'
          ? `[${event.result.status}]`
          : undefined

    it('gives text as bytes, ready for a response', async () => {
      await using server = await serve((response) => {
        void pipeline(whole, createAssemblerStream({ encode }), response)
      })
      expect(await (await fetch(server.url)).text()).to.equal('ab[complete]')
    })

    it('ends a broken stream as its last event says', async () => {
      const stream = createAssemblerStream({ encode, onFailure: 'event' })
      stream.end(cut.join(''))
      let text = ''
      for await (const bytes of stream) text += bytes.toString()
      expect(text).to.equal('ab[truncated]')
    })

    it('gives all its text before the error', async () => {
      const stream = createAssemblerStream({ encode, highWaterMark: 1 })
      stream.end(cut.join(''))
      let text = ''
      expect(await iterate(stream, (bytes) => (text += bytes.toString()))).to.include({ code: 'truncated' })
      expect(text).to.equal('ab[truncated]')
    })

    it('errors where it throws, and never throws itself', async () => {
      const broken = new Error('broken')
      const stream = createAssemblerStream({
        encode: () => {
          throw broken
        },
      })
      const thrown = await pipeline(whole, stream.resume()).catch((error) => error)
      expect(thrown).to.include({ code: 'listener', cause: broken })
    })
  })
})

interface Collected {
  events: AssemblyEvent[]
  error: AssemblyError | undefined
  result: Awaited<AssemblerStream['result']>
}

/** What a pipeline that ends in a Writable gets. */
async function collect(
  pieces: readonly (string | Buffer)[],
  options: AssemblerStreamOptions = {},
): Promise<Collected> {
  const stream = new AssemblerStream(options)
  const events: AssemblyEvent[] = []
  const error = await pipeline(
    Readable.from(pieces),
    stream,
    sink((event) => void events.push(event)),
  ).then(
    () => undefined,
    (thrown) => thrown,
  )
  return { events, error, result: await stream.result }
}

/** Takes events, at once or slowly. */
function sink(see: (event: AssemblyEvent) => void, ms?: number): Writable {
  return new Writable({
    objectMode: true,
    highWaterMark: 1,
    write(event: AssemblyEvent, _, done) {
      see(event)
      if (ms === undefined) done()
      else setTimeout(done, ms)
    },
  })
}

async function iterate<Item>(stream: AsyncIterable<Item>, see: (item: Item) => unknown): Promise<unknown> {
  try {
    for await (const item of stream) see(item)
  } catch (thrown) {
    return thrown
  }
  return undefined
}

async function* silence(piece: string): AsyncGenerator<string> {
  yield piece
  await new Promise((resolve) => setTimeout(resolve, 50))
}

async function* failing(piece: string, error: Error): AsyncGenerator<string> {
  yield piece
  await rest(10)
  throw error
}

const contentOf = ({ completion }: Awaited<AssemblerStream['result']>): unknown =>
  completion.choices[0]?.message.content

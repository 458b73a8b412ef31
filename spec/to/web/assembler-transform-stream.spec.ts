import { expect } from 'chai'
import type { AssemblyEvent, AssemblyResult } from '../../../lib/core.ts'
import { AssemblerTransformStream, type AssemblerTransformStreamOptions } from '../../../lib/web.ts'
import { webStream } from '../../helpers/sources.ts'
import { AT_ONCE_MS, rest, serve, silentAfter } from '../../helpers/upstream.ts'
import { answer, DONE, frameOf, textFrame } from '../../helpers/wire.ts'

const whole = answer('a', 'b')
const cut = [textFrame('a'), textFrame('b')]
const types = ['content.delta', 'content.delta', 'content.done', 'choice.done', 'end']

describe('AssemblerTransformStream', () => {
  it('is a TransformStream of bytes into events', async () => {
    const stream = new AssemblerTransformStream()
    expect(stream).to.be.instanceOf(TransformStream)
    expect(stream.readable).to.be.instanceOf(ReadableStream)
    expect(stream.writable).to.be.instanceOf(WritableStream)
    let content = ''
    for await (const event of webStream(whole).source.pipeThrough(stream))
      if (event.type === 'content.delta') content += event.delta
    expect(content).to.equal('ab')
    expect((await stream.result).status).to.equal('complete')
  })

  it('takes text as well, and characters that are cut', async () => {
    const stream = new AssemblerTransformStream()
    const writer = stream.writable.getWriter()
    const reading = read(stream.readable)
    const bytes = new TextEncoder().encode(textFrame('žluť 🐎'))
    for (const byte of bytes) await writer.write(Uint8Array.of(byte))
    await writer.write(textFrame('!'))
    await writer.close().catch(() => {})
    expect((await reading).content).to.equal('žluť 🐎!')
  })

  for (const highWaterMark of [0, 1, 2, 16]) {
    for (const pieces of [whole, [whole.join('')], [...whole.join('')]]) {
      it(`gives every event of ${pieces.length} pieces, in order, with room for ${highWaterMark}`, async () => {
        const stream = new AssemblerTransformStream({}, undefined, { highWaterMark })
        const { events, error } = await read(webStream(pieces).source.pipeThrough(stream))
        expect(error).to.equal(undefined)
        expect(events.map(({ type }) => type)).to.deep.equal(types)
      })
    }

    for (const pieces of [cut, [cut.join('')], [...cut.join('')]]) {
      it(`gives every event of ${pieces.length} pieces, then the error, with room for ${highWaterMark}`, async () => {
        const stream = new AssemblerTransformStream({}, undefined, { highWaterMark })
        const { events, error } = await read(webStream(pieces).source.pipeThrough(stream), 1)
        expect(error).to.include({ code: 'truncated' })
        expect(error).to.equal((await stream.result).error)
        expect(events.map(({ type }) => type)).to.deep.equal(types)
      })
    }
  }

  it('answers reads that come before any piece, one by one', async () => {
    const stream = new AssemblerTransformStream()
    const reader = stream.readable.getReader()
    const reads = Array.from({ length: 6 }, () => reader.read())
    const writer = stream.writable.getWriter()
    await writer.write(': a comment\n\n')
    await writer.write(textFrame('a'))
    await writer.write(textFrame('b'))
    await writer.write(whole.slice(2).join(''))
    expect((await Promise.all(reads)).map(({ value }) => value?.type)).to.deep.equal([...types, undefined])
  })

  it('throws bad options when it is made', () => {
    expect(() => new AssemblerTransformStream({ maxChoices: -1 })).to.throw(RangeError)
  })

  describe('a stream that breaks', () => {
    const troubles: Record<string, string[]> = {
      truncated: cut,
      empty_stream: [],
      bad_json: [...cut, 'data: {\n\n', textFrame('never')],
      upstream_error: [...cut, frameOf({ error: { message: 'sorry' } }), DONE],
      limit_event: [...cut, textFrame('a'.repeat(100)), textFrame('never')],
    }
    for (const [code, pieces] of Object.entries(troubles)) {
      it(`errors, after all events, and stops its source: ${code}`, async () => {
        const watched = webStream(pieces, code === 'truncated' || code === 'empty_stream' ? 'end' : 'silence')
        const { events, error, result } = await through(watched.source, { maxEventBytes: 100 })
        expect(error).to.include({ code })
        expect(result.error).to.equal(error)
        expect(events.at(-1)?.type).to.equal('end')
        expect(watched.cancels).to.equal(code === 'truncated' || code === 'empty_stream' ? 0 : 1)
      })

      it(`ends as any other with onFailure: 'event': ${code}`, async () => {
        const watched = webStream(pieces, code === 'truncated' || code === 'empty_stream' ? 'end' : 'silence')
        const { events, error, result } = await through(watched.source, {
          maxEventBytes: 100,
          onFailure: 'event',
        })
        expect(error).to.equal(undefined)
        expect(result.error?.code).to.equal(code)
        expect(events.at(-1)).to.deep.include({ type: 'end' })
      })
    }

    it('keeps the cause where its source fails, after the events before it', async () => {
      for (const onFailure of ['error', 'event'] as const) {
        const reset = new Error('reset')
        const { events, error, result } = await through(webStream(cut, reset).source, { onFailure })
        expect(events.map(({ type }) => type)).to.deep.equal(types)
        expect(result.error).to.include({ code: 'transport', cause: reset })
        expect(error).to.equal(onFailure === 'error' ? result.error : undefined)
      }
    })

    it('rejects the close() of its writer, as any transform that fails', async () => {
      const stream = new AssemblerTransformStream()
      const reading = read(stream.readable)
      const writer = stream.writable.getWriter()
      await writer.write(textFrame('a'))
      expect(await writer.close().catch((thrown) => thrown)).to.equal((await stream.result).error)
      expect((await reading).error).to.equal((await stream.result).error)
    })

    it('says aborted where its writer aborts', async () => {
      for (const reason of [undefined, new DOMException('gone', 'AbortError')]) {
        const stream = new AssemblerTransformStream()
        const reading = read(stream.readable)
        const writer = stream.writable.getWriter()
        await writer.write(textFrame('a'))
        await writer.abort(reason)
        expect((await stream.result).status).to.equal('aborted')
        expect((await reading).error).to.include({ code: 'aborted' })
      }
    })

    it('says so, too, where a write still waits for its reader', async () => {
      const stream = new AssemblerTransformStream()
      const writer = stream.writable.getWriter()
      const written = writer.write(textFrame('a')).catch(() => {})
      await rest(0)
      await writer.abort(new Error('reset'))
      await written
      expect((await stream.result).error?.code).to.equal('transport')
    })

    it('ends at once where the content type cannot be read', async () => {
      const watched = webStream(whole)
      const { events, error } = await through(watched.source, { contentType: 'text/html' })
      expect(events.map(({ type }) => type)).to.deep.equal(['end'])
      expect(error).to.include({ code: 'bad_content_type' })
      expect(watched.pulls).to.be.at.most(2) // a pipe reads while the writable side begins
      expect(watched.cancels).to.equal(1)
    })
  })

  it('stops its source at [DONE], and ends', async () => {
    const watched = webStream(whole, 'silence')
    const { events, error, result } = await through(watched.source)
    expect(error).to.equal(undefined)
    expect(result.status).to.equal('complete')
    expect(events.map(({ type }) => type)).to.deep.equal(types)
    expect(watched.cancels).to.equal(1)
  })

  it('settles its result where its reader cancels, and stops its source', async () => {
    for (const isReading of [false, true]) {
      const watched = webStream([textFrame('a')], 'silence')
      const stream = new AssemblerTransformStream()
      const reader = watched.source.pipeThrough(stream).getReader()
      await reader.read()
      const pending = isReading ? reader.read() : undefined
      await rest(5)
      await reader.cancel('enough')
      const { status, error, completion } = await stream.result
      expect([status, error?.cause]).to.deep.equal(['aborted', 'enough'])
      expect(completion.choices[0]?.message.content).to.equal('a')
      expect((await pending)?.done).to.equal(isReading ? true : undefined)
      await rest(0)
      expect(watched.cancels).to.equal(1)
    }
  })

  it('settles its result where its reader cancels before it reads', async () => {
    const watched = webStream(whole, 'silence')
    const stream = new AssemblerTransformStream()
    await watched.source.pipeThrough(stream).cancel()
    expect((await stream.result).status).to.equal('aborted')
    await rest(0)
    expect(watched.cancels).to.equal(1)
  })

  it('closes an upstream on loopback at once when its reader breaks off, or cancels in a silent pause', async () => {
    for (const leave of ['break', 'cancel'] as const) {
      await using upstream = await serve(silentAfter(textFrame('a')))
      const { body } = await fetch(upstream.url)
      const events = body?.pipeThrough(new AssemblerTransformStream()) ?? new ReadableStream<AssemblyEvent>()
      let leftAt = 0
      if (leave === 'break') {
        for await (const event of events) {
          expect(event.type).to.equal('content.delta')
          leftAt = performance.now()
          break
        }
      } else {
        const reader = events.getReader()
        await reader.read()
        void reader.read()
        await rest(30)
        leftAt = performance.now()
        await reader.cancel()
      }
      expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
    }
  })
})

interface Read {
  events: AssemblyEvent[]
  content: string
  error: unknown
}

/** Reads to the end, at a pace. */
async function read(readable: ReadableStream<AssemblyEvent>, ms?: number): Promise<Read> {
  const events: AssemblyEvent[] = []
  let error: unknown
  try {
    for await (const event of readable) {
      events.push(event)
      if (ms !== undefined) await rest(ms)
    }
  } catch (thrown) {
    error = thrown
  }
  const content = events.map((event) => (event.type === 'content.delta' ? event.delta : '')).join('')
  return { events, content, error }
}

async function through(
  source: ReadableStream<Uint8Array>,
  options: AssemblerTransformStreamOptions = {},
): Promise<Read & { result: AssemblyResult }> {
  const stream = new AssemblerTransformStream(options)
  return { ...(await read(source.pipeThrough(stream))), result: await stream.result }
}

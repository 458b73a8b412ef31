import type { ServerResponse } from 'node:http'
import { createServer as createHttp2Server, connect as http2Connect } from 'node:http2'
import { connect } from 'node:net'
import { expect } from 'chai'
import { type AssemblyResult, assemble } from '../../lib/core.ts'
import {
  createRun,
  pipeToResponse,
  type Run,
  type RunEnding,
  type RunOptions,
  toResponse,
} from '../../lib/run.ts'
import { aiSdk, openai, type Protocol, text } from '../../lib/ui.ts'
import { type Listening, listen, type Provider, provider, sendWeb } from './servers.ts'
import { settled, Upstream } from './upstream.ts'

interface Saved {
  readonly result: AssemblyResult
  readonly ending: RunEnding
}

/** An application between a provider and its clients. */
interface App extends Listening {
  readonly saved: Saved[]
  readonly runs: Run[]
  readonly responses: ServerResponse[]
}

/** Each of its two ways to answer: over a Node response, and as a web Response. */
const ways = ['pipeToResponse', 'toResponse'] as const

async function app(upstream: Provider, way: (typeof ways)[number], options: RunOptions = {}): Promise<App> {
  const saved: Saved[] = []
  const runs: Run[] = []
  const responses: ServerResponse[] = []
  const listening = await listen((_, response) => {
    const run = createRun((signal) => fetch(upstream.url, { signal }), {
      ...options,
      onFinish: (result, ending) => void saved.push({ result, ending }),
    })
    runs.push(run)
    responses.push(response)
    if (way === 'pipeToResponse') void pipeToResponse(run, response, aiSdk)
    else void sendWeb(toResponse(run, aiSdk), response)
  })
  return { ...listening, saved, runs, responses }
}

/** Requests, reads the first token and leaves. */
async function leaveAfterFirstToken(url: string): Promise<void> {
  const leaving = new AbortController()
  const response = await fetch(url, { method: 'POST', signal: leaving.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let read = ''
  while (!read.includes('text-delta')) read += (await reader?.read())?.value ?? ''
  leaving.abort()
  await reader?.cancel().catch(() => {})
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2))
}

for (const way of ways) {
  describe(`over ${way}`, () => {
    it('a client that leaves after the first token has its message saved whole, once', async () => {
      await using upstream = await provider({ words: 20, everyMs: 4 })
      await using server = await app(upstream, way)
      await leaveAfterFirstToken(server.url)
      await until(() => server.saved.length > 0)
      await settled()
      expect(server.saved).to.have.length(1)
      expect(server.saved[0]?.result.status).to.equal('complete')
      expect(server.saved[0]?.result.completion.choices[0]?.message.content).to.have.length(80)
      expect(upstream.leftAt).to.deep.equal([])
    })

    it('with abort the provider is left before its next word, be that due in a minute, and what there is gets saved', async () => {
      for (const everyMs of [4, 60_000]) {
        await using upstream = await provider({ words: 1000, everyMs })
        await using server = await app(upstream, way, { onClientGone: 'abort' })
        await leaveAfterFirstToken(server.url)
        await until(() => upstream.leftAt.length > 0 && server.saved.length > 0)
        expect(server.saved).to.have.length(1)
        expect(server.saved[0]?.result.status).to.equal('aborted')
        expect(server.saved[0]?.ending.clientGone).to.equal(true)
        expect(upstream.open.size).to.equal(0)
      }
    })

    it('an abort tells the client, and leaves the provider', async () => {
      await using upstream = await provider({ words: 1000, everyMs: 4 })
      await using server = await app(upstream, way)
      const response = await fetch(server.url)
      setTimeout(() => server.runs[0]?.abort('stop'), 40)
      const stream = await response.text()
      expect(stream).to.include('text-delta')
      expect(
        stream.endsWith('data: {"type":"text-end","id":"t0"}\n\ndata: {"type":"abort"}\n\ndata: [DONE]\n\n'),
      ).to.equal(true)
      await until(() => upstream.leftAt.length > 0)
      expect(server.saved[0]?.ending.clientGone).to.equal(false)
    })

    it('a client that does not read makes nothing grow: the answer waits in the run, once', async function () {
      this.timeout(20_000)
      // 12 MB, for a client that takes none of it; the log has them, and no connection has.
      await using upstream = await provider({ words: 300, everyMs: 0, size: 40_000 })
      await using server = await app(upstream, way)
      const { port } = new URL(server.url)
      const sockets = [1, 2, 3].map(() => connect(Number(port), '127.0.0.1'))
      for (const socket of sockets) socket.pause().write('GET / HTTP/1.1\r\nhost: test\r\n\r\n')
      await until(() => server.saved.length === 3)
      for (const one of server.saved)
        expect(one.result.completion.choices[0]?.message.content).to.have.length(12_000_000)
      expect(server.responses).to.have.length(3)
      // One piece of 64 KB may be on its way, over the 16 KB that Node lets wait.
      for (const response of server.responses) {
        expect(response.writableLength).to.be.within(1, 128 * 1024)
      }
      for (const socket of sockets) socket.destroy()
    })
  })
}

describe('a response', () => {
  it('has the headers of its protocol, and flushes at once', async () => {
    const protocols: readonly (readonly [Protocol, string, string | null])[] = [
      [aiSdk, 'text/event-stream; charset=utf-8', 'v1'],
      [openai, 'text/event-stream; charset=utf-8', null],
      [text, 'text/plain; charset=utf-8', null],
    ]
    for (const [protocol, type, marker] of protocols) {
      await using server = await listen((_, response) => {
        void pipeToResponse(createRun(new Upstream().say('a').finish()), response, protocol)
      })
      for (const response of [
        await fetch(server.url),
        toResponse(createRun(new Upstream().say('a').finish()), protocol),
      ]) {
        expect(response.status).to.equal(200)
        expect(response.headers.get('content-type')).to.equal(type)
        expect(response.headers.get('cache-control')).to.equal('no-cache, no-transform')
        expect(response.headers.get('x-accel-buffering')).to.equal('no')
        expect(response.headers.get('x-vercel-ai-ui-message-stream')).to.equal(marker)
        expect(await response.text()).to.include('a')
      }
    }
  })

  it('is there before the first token', async () => {
    await using server = await listen((_, response) => {
      void pipeToResponse(createRun(new Upstream()), response, aiSdk)
    })
    const response = await fetch(server.url)
    const { value } = (await response.body?.getReader().read()) ?? {}
    expect(new TextDecoder().decode(value)).to.match(/^: keep-alive\n\ndata: {"type":"start"/)
  })

  it('breaks where its protocol cannot say that the answer did, once all there is of it is sent', async () => {
    const run = () => createRun(new Upstream().say('a', 'b', 'c').end())
    await using server = await listen((_, response) => {
      void pipeToResponse(run(), response, text)
    })
    for (const { body } of [await fetch(server.url), toResponse(run(), text)]) {
      let read = ''
      let error: unknown
      try {
        for await (const piece of body ?? []) read += new TextDecoder().decode(piece)
      } catch (thrown) {
        error = thrown
      }
      expect(read).to.equal('abc')
      expect(error).to.be.instanceOf(Error)
    }
  })

  it('that was closed before it began is a client that has gone', async () => {
    const run = createRun(new Upstream().say('a'), { onClientGone: 'abort' })
    await using server = await listen((_, response) => {
      response.on('close', () => void pipeToResponse(run, response, aiSdk))
      response.destroy()
    })
    await fetch(server.url).catch(() => {})
    expect((await run.result).status).to.equal('aborted')
  })

  it('is told to flush what compressing middleware holds', async () => {
    let flushes = 0
    await using server = await listen((_, response) => {
      const compressed = Object.assign(response, { flush: () => void flushes++ })
      void pipeToResponse(createRun(new Upstream().say('a').finish()), compressed, aiSdk)
    })
    await (await fetch(server.url)).text()
    expect(flushes).to.be.greaterThan(1)
  })

  it('keeps no listener of ours', async () => {
    const counts = (response: ServerResponse) =>
      ['close', 'drain', 'error'].map((name) => response.listenerCount(name))
    let before: number[] = []
    let after: number[] = []
    await using server = await listen((_, response) => {
      before = counts(response)
      void pipeToResponse(createRun(new Upstream().say('a').finish()), response, aiSdk).then(() => {
        after = counts(response)
      })
    })
    await (await fetch(server.url)).text()
    await settled()
    expect(after).to.deep.equal(before)
  })

  it('may be one of HTTP/2', async () => {
    const server = createHttp2Server((_, response) => {
      void pipeToResponse(createRun(new Upstream().say('Hello').finish()), response, openai)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const session = http2Connect(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    const { completion } = await assemble(session.request({ ':path': '/' })).result
    expect(completion.choices[0]?.message.content).to.equal('Hello')
    session.close()
    await new Promise((resolve) => server.close(resolve))
  })
})

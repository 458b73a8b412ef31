import { expect } from 'chai'
import { heldProvider } from './held-provider.ts'
import { serving } from './serving.ts'

const backends = ['node-http', 'express', 'fastify', 'hono', 'nest', 'next', 'worker']

/** Asks, and gives what reads the answer. */
async function ask(url: string, signal?: AbortSignal) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"role":"user","content":"Tea?"}',
    ...(signal && { signal }),
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let stream = ''
  return {
    response,
    /** Reads until this was sent; what was read so far. */
    async until(text: string): Promise<string> {
      while (!stream.includes(text)) {
        const { done, value = '' } = (await reader?.read()) ?? { done: true }
        if (done) throw new Error(`The stream ended before '${text}': ${stream}`)
        stream += value
      }
      return stream
    },
  }
}

/** Fails at last: a server that never comes to it would otherwise outlive this process. */
async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error('It has not happened for 30 s')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

for (const backend of backends) {
  describe(`the example of ${backend}`, function () {
    this.timeout(120_000)

    it('sends the first token while its provider is silent, and saves the answer of a client that left, once', async () => {
      await using provider = await heldProvider()
      await using server = await serving(`backends/${backend}`, provider.url)
      const leaving = new AbortController()
      const first = await ask(server.url, leaving.signal)
      // It could not be there if anything on the way gathered the stream: the provider has said no more than this.
      await first.until('"delta":"first"')
      expect(provider.open.size).to.equal(1)
      expect(first.response.status).to.equal(200)
      expect(first.response.headers.get('content-type')).to.match(/^text\/event-stream/)
      expect(first.response.headers.get('cache-control')).to.include('no-transform')
      leaving.abort()
      await provider.finish()
      await until(() => server.saved().length > 0 && provider.open.size === 0)

      // Another one asks, and stays. By its end a message that was saved twice would have been.
      const second = await ask(server.url)
      await second.until('"delta":"first"')
      await provider.finish()
      await second.until('[DONE]')
      await until(() => server.saved().length > 1)
      const whole = 'complete: first 1 2 3 4 5 6 7 8 9 10 11 12'
      expect(server.saved()).to.deep.equal([whole, whole])
      expect(provider.left()).to.equal(0)
      expect(provider.open.size).to.equal(0)
    })
  })
}

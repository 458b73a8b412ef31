import { expect } from 'chai'
import { lastValueFrom, type Subscription, take, toArray } from 'rxjs'
import { AssemblyError, assemble, finalCompletion, fromResponse, text } from '../../../lib/index.ts'
import { AT_ONCE_MS, rest, serve, silentAfter } from '../../helpers/upstream.ts'
import { answer, textFrame } from '../../helpers/wire.ts'

const head = textFrame('a')

describe('fromResponse()', () => {
  it('gives the bytes of a response, and asks anew for each subscription', async () => {
    await using upstream = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      response.end(answer('a', 'b').join(''))
    })
    const bytes = fromResponse((signal) => fetch(upstream.url, { signal }))
    expect(upstream.requests).to.equal(0)
    const pieces = await lastValueFrom(bytes.pipe(toArray()))
    expect(Buffer.concat(pieces).toString()).to.equal(answer('a', 'b').join(''))
    const completion = await lastValueFrom(bytes.pipe(assemble(), finalCompletion()))
    expect(completion.choices[0]?.message.content).to.equal('ab')
    expect(upstream.requests).to.equal(2)
  })

  for (const [how, request] of [
    ['by its signal', (url: string) => (signal: AbortSignal) => fetch(url, { signal })],
    ['by its body, if the request ignores the signal', (url: string) => () => fetch(url)],
  ] as const) {
    it(`closes a silent upstream at once when it is left: ${how}`, async () => {
      await using upstream = await serve(silentAfter(head))
      const subscription = await new Promise<Subscription>((resolve) => {
        const given = fromResponse(request(upstream.url)).subscribe(() =>
          queueMicrotask(() => resolve(given)),
        )
      })
      await rest(30)
      const leftAt = performance.now()
      subscription.unsubscribe()
      expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
    })
  }

  it('closes the upstream when it is left in next, and gives nothing more', async () => {
    await using upstream = await serve(silentAfter(head.repeat(3)))
    const first = fromResponse((signal) => fetch(upstream.url, { signal })).pipe(assemble(), text(), take(1))
    expect(await lastValueFrom(first)).to.equal('a')
    const leftAt = performance.now()
    expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
  })

  it('closes an upstream that stays open after [DONE]', async () => {
    await using upstream = await serve(silentAfter(answer('a').join('')))
    await lastValueFrom(fromResponse((signal) => fetch(upstream.url, { signal })).pipe(assemble()))
    const endedAt = performance.now()
    expect((await upstream.left) - endedAt).to.be.lessThan(AT_ONCE_MS)
  })

  it('stops a request that has no answer yet', async () => {
    await using upstream = await serve(() => {})
    const subscription = fromResponse((signal) => fetch(upstream.url, { signal })).subscribe()
    while (upstream.requests === 0) await rest(5)
    const leftAt = performance.now()
    subscription.unsubscribe()
    expect((await upstream.left) - leftAt).to.be.lessThan(AT_ONCE_MS)
  })

  it('frees a response that comes after it was left', async () => {
    let cancelled = 0
    const body = new ReadableStream({ cancel: () => void cancelled++ })
    const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    let answerNow: (response: Response) => void = () => {}
    const asked = new Promise<Response>((resolve) => {
      answerNow = resolve
    })
    fromResponse(() => asked)
      .subscribe()
      .unsubscribe()
    answerNow(response)
    await rest(0)
    expect(cancelled).to.equal(1)
  })

  it('errors at a refusal, with the status and what the provider said', async () => {
    await using upstream = await serve((response) => {
      response.writeHead(429, { 'content-type': 'application/json' })
      response.end('{"error":{"message":"slow down","type":"rate_limit","code":"busy"}}')
    })
    const error = await failureOf(() => fetch(upstream.url))
    expect(error).to.include({ code: 'http_status', stage: 'transport', retryable: true })
    expect(error.upstream).to.deep.equal({
      message: 'slow down',
      type: 'rate_limit',
      code: 'busy',
      status: 429,
    })
    expect(error.partial.choices).to.deep.equal([])
  })

  it('errors at a page of a proxy, and closes it', async () => {
    await using upstream = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.write('<html>')
    })
    expect((await failureOf(() => fetch(upstream.url))).code).to.equal('bad_content_type')
    const endedAt = performance.now()
    expect((await upstream.left) - endedAt).to.be.lessThan(AT_ONCE_MS)
  })

  it('errors with the cause, where the request fails or the connection breaks', async () => {
    const offline = new TypeError('offline')
    expect(await failureOf(() => Promise.reject(offline))).to.include({ code: 'transport', cause: offline })
    const thrown = await failureOf(() => {
      throw offline
    })
    expect(thrown).to.include({ code: 'transport', cause: offline })
    await using upstream = await serve((response) => {
      silentAfter(head)(response)
      setTimeout(() => response.destroy(), 30)
    })
    expect(await failureOf(() => fetch(upstream.url))).to.include({ code: 'transport', retryable: true })
  })

  it('keeps the code of a refusal through assemble()', async () => {
    const refused = fromResponse(() => new Response('{"message":"no"}', { status: 401 }))
    const error = await lastValueFrom(refused.pipe(assemble())).catch((thrown) => thrown)
    expect(error).to.be.instanceOf(AssemblyError)
    expect(error.code).to.equal('http_status')
    expect(error.upstream).to.deep.equal({ message: 'no', status: 401 })
  })

  it('is empty for a response without a body', async () => {
    expect(
      await lastValueFrom(fromResponse(() => new Response(null, { status: 204 })).pipe(toArray())),
    ).to.deep.equal([])
  })
})

async function failureOf(
  request: (signal: AbortSignal) => Promise<Response> | Response,
): Promise<AssemblyError> {
  const error = await lastValueFrom(fromResponse(request), { defaultValue: undefined }).catch(
    (thrown) => thrown,
  )
  expect(error).to.be.instanceOf(AssemblyError)
  return error
}

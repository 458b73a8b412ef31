import { Readable } from 'node:stream'
import { expect } from 'chai'
import type { Fault } from '../../lib/errors.ts'
import { contentTypeOf, isSource, openInput } from '../../lib/from/response.ts'
import { webStream } from '../helpers/sources.ts'

const refused = (body: BodyInit | null, status = 400): Response => new Response(body, { status })

async function faultOf(response: Response): Promise<Fault> {
  return openInput(response)
    .read()
    .then(
      () => expect.fail('it was read'),
      (thrown) => thrown,
    )
}

describe('a response that refuses', () => {
  const messages: Record<string, [body: string | null, upstream: object]> = {
    'an error object': [
      '{"error":{"message":"no","type":"t","code":"c"}}',
      { message: 'no', type: 't', code: 'c' },
    ],
    'an error text': ['{"error":"no"}', { message: 'no' }],
    'a whole body': ['{"message":"no","code":7}', { message: 'no', code: 7 }],
    'a list of one': ['[{"error":{"message":"no"}}]', { message: 'no' }],
    'a page': ['<html>no</html>', { message: '' }],
    'no body': [null, { message: '' }],
  }
  for (const [name, [body, upstream]] of Object.entries(messages)) {
    it(`gives the fault http_status, with what it says: ${name}`, async () => {
      const { code, upstream: said } = await faultOf(refused(body))
      expect(code).to.equal('http_status')
      expect(said).to.deep.equal({ ...upstream, status: 400 })
    })
  }

  it('may have the body of another make of Response, or one that someone else reads', async () => {
    const body = Readable.from([Buffer.from('{"error":"n'), Buffer.from('o"}')])
    const other = { ok: false, status: 503, headers: new Headers(), body } as never
    expect((await faultOf(other)).upstream).to.deep.equal({ message: 'no', status: 503 })
    const locked = refused('{"error":"no"}')
    locked.body?.getReader()
    expect((await faultOf(locked)).upstream).to.deep.equal({ message: '', status: 400 })
  })

  it('is read no further than a message can be, and then closed', async () => {
    const watched = webStream(Array.from({ length: 100 }, () => 'x'.repeat(10_000)))
    expect((await faultOf(refused(watched.source))).code).to.equal('http_status')
    expect([watched.pulls, watched.cancels]).to.deep.equal([7, 1])
  })

  it('counts although its body breaks', async () => {
    const { source } = webStream(['{"error":'], new Error('reset'))
    expect((await faultOf(refused(source))).upstream).to.deep.equal({ message: '', status: 400 })
  })

  it('counts although its body never ends', async () => {
    const { setTimeout } = globalThis
    const timers: [run: () => void, ms: unknown][] = []
    try {
      globalThis.setTimeout = ((run: () => void, ms: unknown) => timers.push([run, ms])) as typeof setTimeout
      const watched = webStream(['{"error":"no"}'], 'silence')
      const fault = faultOf(refused(watched.source))
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      expect(timers.map(([, ms]) => ms)).to.deep.equal([5000])
      timers[0]?.[0]()
      expect((await fault).upstream).to.deep.equal({ message: 'no', status: 400 })
      expect(watched.cancels).to.equal(1)
    } finally {
      globalThis.setTimeout = setTimeout
    }
  })

  it('is told to stop by whoever opened it', async () => {
    const watched = webStream([], 'silence')
    const source = openInput(refused(watched.source))
    const read = source.read().catch((thrown) => thrown)
    source.cancel()
    expect((await read).code).to.equal('http_status')
    expect(watched.cancels).to.equal(1)
  })

  it('has no content type that counts', () => {
    const headers = { 'content-type': 'text/html' }
    expect(contentTypeOf(new Response('', { headers, status: 502 }))).to.equal(undefined)
    expect(contentTypeOf(new Response('', { headers }))).to.equal('text/html')
    expect(contentTypeOf('text')).to.equal(undefined)
  })
})

describe('isSource()', () => {
  it('tells what can be read from options', () => {
    const sources = [
      '',
      'text',
      new Uint8Array(),
      [],
      new Set(),
      new Response(),
      Promise.resolve(),
      () => '',
      new ReadableStream(),
      Readable.from([]),
    ]
    expect(sources.map(isSource)).to.deep.equal(sources.map(() => true))
    const others = [
      undefined,
      null,
      5,
      true,
      {},
      { onFailure: 'event' },
      { signal: new AbortController().signal },
    ]
    expect(others.map(isSource)).to.deep.equal(others.map(() => false))
  })
})

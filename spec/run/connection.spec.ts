import { expect } from 'chai'
import fc from 'fast-check'
import { Assembler, assemble } from '../../lib/core.ts'
import { type Connection, type ConnectionOptions, createRun, type Run, toResponse } from '../../lib/run.ts'
import { aiSdk, openai, type Protocol, text } from '../../lib/ui.ts'
import { bytesOf, fixtures } from '../fixtures/index.ts'
import type { Client } from '../ui/clients/client.ts'
import { clients } from '../ui/clients/index.ts'
import { scenarios } from '../ui/scenarios.ts'
import { delta, finish, settled, Upstream } from './upstream.ts'

const instant: ConnectionOptions = { heartbeatMs: 0 }

/** All that a connection is sent from now on. */
async function rest(connection: Connection): Promise<string> {
  let all = ''
  for await (const piece of connection) all += piece
  return all
}

function deltasOf(stream: string): string[] {
  return [...stream.matchAll(/"type":"text-delta","id":"t\d","delta":("(?:[^"\\]|\\.)*")/g)].map(
    ([, json = '']) => JSON.parse(json),
  )
}

describe('a connection', () => {
  it('opens the stream and beats at once, before anything has come', async () => {
    const connection = createRun(new Upstream(), { id: 'run-1' }).connect(aiSdk)
    expect(await connection.next()).to.equal(
      ': keep-alive\n\ndata: {"type":"start","messageId":"run-1"}\n\ndata: {"type":"start-step"}\n\n',
    )
    connection.leave()
  })

  it('beats while nothing comes, and only then', async () => {
    const upstream = new Upstream()
    const connection = createRun(upstream).connect(aiSdk, { heartbeatMs: 20 })
    await connection.next()
    expect(await connection.next()).to.equal(': keep-alive\n\n')
    expect(await connection.next()).to.equal(': keep-alive\n\n')
    upstream.say('a').finish()
    expect(await rest(connection)).to.not.include('keep-alive')
  })

  it('does not beat in a protocol that has no word for it', async () => {
    const upstream = new Upstream()
    const connection = createRun(upstream).connect(text, { heartbeatMs: 5 })
    const first = connection.next()
    await new Promise((resolve) => setTimeout(resolve, 30))
    upstream.say('a')
    expect(await first).to.equal('a')
    connection.leave()
  })

  it('sends the first delta at once and joins those that follow it closely', async () => {
    const upstream = new Upstream()
    const connection = createRun(upstream).connect(aiSdk, instant)
    await connection.next()
    upstream.say('a')
    expect(deltasOf((await connection.next()) ?? '')).to.deep.equal(['a'])
    const begin = performance.now()
    for (const word of 'bcdef') {
      upstream.say(word)
      await settled(1)
    }
    expect(deltasOf((await connection.next()) ?? '')).to.deep.equal(['bcdef'])
    expect(performance.now() - begin).to.be.at.least(5)
    connection.leave()
  })

  it('joins nothing if asked', async () => {
    const upstream = new Upstream()
    const connection = createRun(upstream).connect(aiSdk, { ...instant, coalesce: false })
    await connection.next()
    const pieces: (string | undefined)[] = []
    for (const word of 'abc') {
      upstream.say(word)
      pieces.push(await connection.next())
    }
    expect(pieces.flatMap((piece) => deltasOf(piece ?? ''))).to.deep.equal(['a', 'b', 'c'])
    connection.leave()
  })

  it('gives 64 KB of arguments in four-character pieces as a few hundred deltas, not as sixteen thousand', async () => {
    const args = JSON.stringify({ text: 'x'.repeat(64 * 1024) })
    const pieces = args.match(/.{1,4}/gs) ?? []
    const call = (fields: object) => delta({ tool_calls: [{ index: 0, ...fields }] })
    async function* upstream() {
      yield call({ id: 'call_1', function: { name: 'write', arguments: '' } })
      for (const piece of pieces) yield call({ function: { arguments: piece } })
      yield finish('tool_calls')
    }
    const stream = await rest(createRun(upstream() as AsyncIterable<never>).connect(aiSdk))
    expect(pieces.length).to.be.greaterThan(16_000)
    expect(stream.match(/"tool-input-delta"/g)?.length).to.be.within(2, 300)
    const told = [...stream.matchAll(/"inputTextDelta":("(?:[^"\\]|\\.)*")/g)].map(([, json = '']) =>
      JSON.parse(json),
    )
    expect(told.join('')).to.equal(args)
  })

  it('reads nothing ahead: what its client does not take stays in the run', async () => {
    const upstream = new Upstream()
    const run = createRun(upstream)
    const connection = run.connect(aiSdk, instant)
    await connection.next()
    for (let i = 0; i < 200; i++) upstream.say('x'.repeat(1000))
    await settled(10)
    expect(run.snapshot().choices[0]?.message.content).to.have.length(200_000)
    const pieces: string[] = []
    upstream.finish()
    for await (const piece of connection) pieces.push(piece)
    expect(deltasOf(pieces.join('')).join('')).to.have.length(200_000)
    // In pieces of up to 64 KB, which is what may wait in a socket.
    expect(pieces.length).to.be.within(4, 8)
    for (const piece of pieces) expect(piece.length).to.be.at.most(65 * 1024)
  })

  it('ends for whoever leaves, also while it is waiting', async () => {
    const connection = createRun(new Upstream()).connect(aiSdk)
    await connection.next()
    const waiting = connection.next()
    connection.leave()
    expect(await waiting).to.equal(undefined)
    expect(await connection.next()).to.equal(undefined)
  })

  it('leaves when its iteration is left', async () => {
    const upstream = new Upstream().say('a')
    const run = createRun(upstream, { onClientGone: 'abort' })
    for await (const _ of run.connect(aiSdk)) break
    expect((await run.result).status).to.equal('aborted')
  })

  it('fails where the protocol cannot say that the answer broke', async () => {
    for (const [end, code] of [
      ['truncated', (upstream: Upstream) => upstream.end()],
      ['transport', (upstream: Upstream) => upstream.fail(new Error('reset'))],
    ] as const) {
      const upstream = new Upstream().say('a')
      const connection = createRun(upstream).connect(text)
      expect(await connection.next()).to.equal('a')
      code(upstream)
      const error = await connection.next().catch((thrown: unknown) => thrown)
      expect(error).to.have.property('code', end)
      expect(await connection.next()).to.equal(undefined)
    }
  })

  it('fails with what its encoder throws, and the run goes on', async () => {
    const broken: Protocol = () => ({
      ...aiSdk(),
      open: () => '',
      encode: () => {
        throw new Error('a bad encoder')
      },
      reads: new Set(['content.delta'] as const),
      headers: {},
      heartbeat: '',
      tellsFailure: true,
    })
    const run = createRun(new Upstream().say('a', 'b').finish())
    const error = await run
      .connect(broken)
      .next()
      .catch((thrown: unknown) => thrown)
    expect(String(error)).to.equal('Error: a bad encoder')
    expect((await run.result).status).to.equal('complete')
  })

  it('of a client that passes everything on breaks when too much of it waits', async () => {
    const upstream = new Upstream()
    const connection = createRun(upstream).connect(openai, instant)
    const first = connection.next()
    const entry = { token: 'x', logprob: -1, bytes: null, top_logprobs: [] }
    const logprobs = { content: [entry] }
    upstream.push({ choices: [{ index: 0, delta: { content: 'x' }, logprobs }] })
    await first
    for (let i = 0; i < 3000; i++)
      upstream.push({ choices: [{ index: 0, delta: { content: 'x' }, logprobs }] })
    await settled()
    let error: unknown
    try {
      await rest(connection)
    } catch (thrown) {
      error = thrown
    }
    expect(String(error)).to.equal('Error: The client is too slow')
  })
})

describe('a client that comes late', () => {
  /** The stream of a client that connects after so many frames. */
  async function seenAfter(client: Client, scenario: (typeof scenarios)[number], joinAt: number) {
    const upstream = new Upstream()
    const run = createRun(upstream)
    upstream.push(...scenario.frames.slice(0, joinAt))
    await settled()
    const response = toResponse(run, client.protocol, instant)
    upstream.push(...scenario.frames.slice(joinAt))
    if (scenario.afterwards === 'ends') upstream.end()
    else void settled().then(() => run.abort('stopped'))
    return client.read(async () => response)
  }

  for (const client of clients) {
    it(`sees what one sees that was there from the beginning: ${client.name}`, async () => {
      for (const scenario of scenarios) {
        const early = await seenAfter(client, scenario, 0)
        for (let joinAt = 1; joinAt <= scenario.frames.length; joinAt += 3)
          expect(await seenAfter(client, scenario, joinAt), `${scenario.name} ${joinAt}`).to.deep.equal(early)
      }
    })
  }

  it('gets one delta for each part so far, and goes on', async () => {
    const upstream = new Upstream()
      .push(delta({ reasoning: 'I ' }), delta({ reasoning: 'think.' }))
      .say('a', 'b', 'c')
    const run = createRun(upstream)
    await settled()
    const reading = rest(run.connect(aiSdk, instant))
    await settled()
    upstream.say('d').finish()
    const stream = await reading
    expect(deltasOf(stream)).to.deep.equal(['abc', 'd'])
    expect(stream.match(/reasoning-delta/g)).to.have.length(1)
  })

  it('gets all fields of every fixture, where the protocol passes them on, wherever it comes in', async () => {
    const pick = fixtures.filter((_, i) => i % 6 === 0)
    for (const fixture of pick) {
      const bytes = bytesOf(fixture)
      const whole = new Assembler(fixture.options)
      whole.write(bytes)
      const { completion } = whole.end()
      for (const part of [0, 0.3, 0.6, 1]) {
        const cut = Math.floor(bytes.length * part)
        const feed = gate([bytes.subarray(0, cut), bytes.subarray(cut)])
        const run = createRun(feed.pieces, fixture.options ?? {})
        await settled()
        const response = toResponse(
          run,
          () => openai({ reasoningField: 'both', contentParts: true }),
          instant,
        )
        feed.open()
        const again = await assemble(response).result
        expect(comparable(again.completion), `${fixture.name} at ${cut}`).to.deep.equal(
          comparable(completion),
        )
      }
    }
  })

  it('is not told a character twice, nor misses one, whatever the timing', async function () {
    this.timeout(20_000)
    const step = fc.oneof(
      fc.record({ say: fc.string({ minLength: 1, maxLength: 40 }) }),
      fc.record({ think: fc.string({ minLength: 1, maxLength: 40 }) }),
      fc.record({ pull: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ join: fc.constant(true) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const upstream = new Upstream()
        const run = createRun(upstream)
        const readers = [follow(run)]
        for (const one of steps) {
          if ('say' in one) upstream.say(one.say)
          else if ('think' in one) upstream.push(delta({ reasoning: one.think }))
          else if ('join' in one) readers.push(follow(run))
          else for (const reader of readers) reader.pull(one.pull)
          await settled(1)
        }
        upstream.finish()
        const { completion } = await run.result
        const { content, reasoning } = completion.choices[0]?.message ?? {}
        for (const reader of readers) {
          const seen = await reader.finish()
          expect(seen.text).to.equal(content ?? '')
          expect(seen.reasoning).to.equal(reasoning ?? '')
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** Pieces, of which all but the first wait for the gate to open. */
function gate(pieces: readonly Uint8Array[]) {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  async function* all() {
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) await opened
      yield piece
    }
  }
  return { pieces: all(), open: () => open() }
}

/** A client that pulls when it is told to. */
function follow(run: Run) {
  const connection = run.connect(aiSdk, { heartbeatMs: 0, coalesce: { ms: 2 } })
  let wanted = 0
  let stream = ''
  let isOver = false
  let reading: Promise<void> | undefined
  const read = async (): Promise<void> => {
    while (wanted-- > 0 && !isOver) {
      const piece = await connection.next()
      if (piece === undefined) isOver = true
      else stream += piece
    }
    wanted = 0
    reading = undefined
  }
  const pull = (count: number): Promise<void> => {
    wanted += count
    reading ??= read()
    return reading
  }
  const textOf = (type: string): string =>
    stream
      .split('\n\n')
      .filter((frame) => frame.includes(`"type":"${type}"`))
      .map((frame) => JSON.parse(frame.slice('data: '.length)).delta)
      .join('')
  return {
    pull: (count: number) => void pull(count),
    async finish() {
      while (!isOver) await pull(100)
      return { text: textOf('text-delta'), reasoning: textOf('reasoning-delta') }
    },
  }
}

type Completion = ReturnType<Assembler['snapshot']>

const ownKey = new Set(['reasoning', 'reasoning_content', 'reasoning_text'])

function comparable({ choices, ...envelope }: Completion): object {
  return {
    ...envelope,
    choices: choices.map(({ finish_reason: _, message, ...choice }) => ({
      ...choice,
      message: Object.fromEntries(
        Object.entries(message)
          .filter(([key, value]) => value !== '' && value !== null && !ownKey.has(key))
          .map(([key, value]) => [
            key,
            key === 'tool_calls' && Array.isArray(value)
              ? value.toSorted((a, b) => String(a.id).localeCompare(String(b.id)))
              : value,
          ]),
      ),
    })),
  }
}

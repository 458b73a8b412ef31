import { expect } from 'chai'
import fc from 'fast-check'
import { Coalescer, type CoalescerHost, type CoalescerOptions, type PlainEvent } from '../../lib/ui.ts'
import { joinEvents } from '../helpers/events.ts'

/** A clock that is turned by hand. */
class Clock implements CoalescerHost {
  #now = 1000
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>()

  now(): number {
    return this.#now
  }

  later(run: () => void, ms: number): () => void {
    const timer = { at: this.#now + ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  get timers(): number {
    return this.#timers.size
  }

  pass(ms: number): void {
    this.#now += ms
    for (const timer of [...this.#timers].sort((a, b) => a.at - b.at)) {
      if (timer.at > this.#now || !this.#timers.delete(timer)) continue
      timer.run()
    }
  }
}

const said = (delta: string, choice = 0): PlainEvent => ({ type: 'content.delta', choice, delta })
const thought = (delta: string): PlainEvent => ({
  type: 'reasoning.delta',
  choice: 0,
  delta,
  keys: ['reasoning'],
})
const args = (index: number, delta: string): PlainEvent => ({
  type: 'tool_calls.arguments.delta',
  choice: 0,
  index,
  id: `call_${index}`,
  name: 'tool',
  callType: 'function',
  delta,
})
const done: PlainEvent = { type: 'choice.done', choice: 0, finish_reason: 'stop' }

function setUp(options?: CoalescerOptions) {
  const clock = new Clock()
  const out: PlainEvent[] = []
  const coalescer = new Coalescer((event) => out.push(event), clock, options)
  return { clock, out, coalescer }
}

describe('the coalescer', () => {
  it('lets the first delta of each text go at once', () => {
    const { out, coalescer } = setUp()
    for (const event of [thought('a'), said('b'), args(0, 'c')]) coalescer.write(event)
    expect(out).to.deep.equal([thought('a'), said('b'), args(0, 'c')])
  })

  it('joins what comes within 30 ms of it', () => {
    const { clock, out, coalescer } = setUp()
    for (const letter of 'abcdef') {
      clock.pass(4)
      coalescer.write(said(letter))
    }
    clock.pass(9)
    expect(out).to.deep.equal([said('a')])
    clock.pass(1)
    expect(out).to.deep.equal([said('a'), said('bcdef')])
  })

  it('does not make a delta wait that comes after a pause', () => {
    const { clock, out, coalescer } = setUp()
    coalescer.write(said('a'))
    clock.pass(31)
    coalescer.write(said('b'))
    expect(out).to.deep.equal([said('a'), said('b')])
  })

  it('does not make 256 characters wait', () => {
    const { out, coalescer } = setUp()
    coalescer.write(said('a'))
    coalescer.write(said('b'.repeat(255)))
    expect(out).to.have.length(1)
    coalescer.write(said('c'))
    expect(out.at(-1)).to.deep.equal(said(`${'b'.repeat(255)}c`))
  })

  describe('lets the arguments of a call wait the longer, the more of them a page has', () => {
    /** How long a delta waits, and how many characters do not, once so many have been sent. */
    const patienceOf = (event: (text: string) => PlainEvent, sent: number) => {
      const { clock, out, coalescer } = setUp()
      coalescer.write(event('x'.repeat(sent)))
      coalescer.write(event('y'))
      let ms = 0
      for (; out.length === 1 && ms < 1000; ms++) clock.pass(1)
      let characters = 0
      for (; out.length === 2 && characters < 10_000; characters++) coalescer.write(event('z'))
      return { ms, characters }
    }
    const rows: readonly (readonly [sent: number, ms: number, characters: number])[] = [
      [1, 30, 256],
      [2048, 30, 257],
      [4096, 60, 513],
      [8192, 120, 1025],
      [16_384, 240, 2048],
      [1_000_000, 240, 2048],
    ]
    for (const [sent, ms, characters] of rows) {
      it(`after ${sent} characters ${ms} ms; any other text 30 ms`, () => {
        expect(patienceOf((text) => args(0, text), sent)).to.deep.equal({ ms, characters })
        for (const event of [said, thought])
          expect(patienceOf(event, sent)).to.deep.equal({ ms: 30, characters: 256 })
      })
    }

    it('begins anew with the next call, and with ms: 0 nothing waits', () => {
      const { clock, out, coalescer } = setUp()
      for (const event of [args(0, 'x'.repeat(99_999)), args(1, 'a'), args(1, 'b')]) coalescer.write(event)
      clock.pass(30)
      expect(out.slice(1)).to.deep.equal([args(1, 'a'), args(1, 'b')])
      const hasty = setUp({ ms: 0 })
      const events = [args(0, 'x'.repeat(99_999)), args(0, 'a'), args(0, 'b')]
      for (const event of events) hasty.coalescer.write(event)
      expect(hasty.out).to.deep.equal(events)
    })
  })

  it('lets what waits go before any other event', () => {
    const { out, coalescer } = setUp()
    for (const event of [said('a'), said('b'), done]) coalescer.write(event)
    expect(out).to.deep.equal([said('a'), said('b'), done])
  })

  it('never joins two texts: other fields, other choices, other calls', () => {
    const { out, coalescer } = setUp()
    const events = [said('a'), said('b'), thought('c'), said('d'), said('e', 1), args(0, 'f'), args(1, 'g')]
    for (const event of events) coalescer.write(event)
    coalescer.flush()
    expect(out).to.deep.equal(events)
  })

  it('leaves no timer behind', () => {
    const { clock, coalescer } = setUp()
    coalescer.write(said('a'))
    coalescer.write(said('b'))
    expect(clock.timers).to.equal(1)
    coalescer.write(done)
    expect(clock.timers).to.equal(0)
    coalescer.write(said('c'))
    coalescer.stop()
    expect(clock.timers).to.equal(0)
  })

  it('drops what waits when it is stopped', () => {
    const { clock, out, coalescer } = setUp()
    for (const letter of 'abc') coalescer.write(said(letter))
    coalescer.stop()
    clock.pass(100)
    expect(out).to.deep.equal([said('a')])
  })

  it('keeps every character in order, holds none for more than 30 ms, and gives few pieces', () => {
    const step = fc.oneof(
      fc.record({ event: fc.string({ minLength: 1, maxLength: 300 }).map((text) => said(text)) }),
      fc.record({ event: fc.string({ minLength: 1, maxLength: 9 }).map((text) => args(0, text)) }),
      fc.record({ event: fc.constant(done) }),
      fc.record({ ms: fc.integer({ min: 0, max: 50 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { clock, out, coalescer } = setUp()
        const told: PlainEvent[] = []
        let oldest: number | undefined
        for (const one of steps) {
          if ('ms' in one) clock.pass(one.ms)
          else {
            told.push(one.event)
            coalescer.write(one.event)
          }
          oldest = charactersOf(out) === charactersOf(told) ? undefined : (oldest ?? clock.now())
          expect(clock.now() - (oldest ?? clock.now())).to.be.at.most(30)
        }
        coalescer.flush()
        expect(joinEvents(out)).to.deep.equal(joinEvents(told))
        expect(out.length).to.be.at.most(told.length)
      }),
      { numRuns: 300 },
    )
  })
})

function charactersOf(events: readonly PlainEvent[]): number {
  return events.reduce((sum, event) => sum + ('delta' in event ? String(event.delta).length : 0), 0)
}

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import fc from 'fast-check'
import { RunLog } from '../../lib/run/log.ts'
import type { PlainEvent } from '../../lib/ui.ts'
import { joinEvents } from '../helpers/events.ts'

const said = (delta: string, choice = 0): PlainEvent => ({ type: 'content.delta', choice, delta })
const thought = (delta: string): PlainEvent => ({
  type: 'reasoning.delta',
  choice: 0,
  delta,
  keys: ['reasoning'],
})
const started: PlainEvent = {
  type: 'tool_calls.start',
  choice: 0,
  index: 0,
  id: 'call_1',
  name: 'tool',
  callType: 'function',
}

function readAll(log: RunLog, max = Number.POSITIVE_INFINITY, cursor = log.cursor('start')): PlainEvent[] {
  const events: PlainEvent[] = []
  for (;;) {
    const event = log.read(cursor, max)
    if (event === undefined) return events
    events.push(event)
  }
}

describe('the log of a run', () => {
  it('gives each text in one piece to whoever comes late', () => {
    const log = new RunLog()
    for (const event of [thought('a'), thought('b'), said('c'), said('d'), started, said('e')])
      log.append(event)
    expect(readAll(log)).to.deep.equal([thought('ab'), said('cd'), started, said('e')])
  })

  it('gives what is new to whoever has read it', () => {
    const log = new RunLog()
    const cursor = log.cursor('start')
    log.append(said('a'))
    expect(readAll(log, 99, cursor)).to.deep.equal([said('a')])
    expect(log.read(cursor, 99)).to.equal(undefined)
    log.append(said('b'))
    log.append(said('c', 1))
    expect(readAll(log, 99, cursor)).to.deep.equal([said('b'), said('c', 1)])
  })

  it('gives nothing of what was there to a cursor at its end, wherever that is', () => {
    const log = new RunLog()
    for (const event of [said('a'), said('b'.repeat(9000)), started]) {
      const cursor = log.cursor('end')
      expect(log.read(cursor, 99)).to.equal(undefined)
      log.append(event)
      expect(joinEvents(readAll(log, 99, cursor))).to.deep.equal([event])
    }
  })

  it('costs about a byte a character, and a few entries a message, however small the deltas were', () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    collect()
    const before = process.memoryUsage().heapUsed
    const log = new RunLog()
    for (let i = 0; i < 100_000; i++)
      log.append(
        said(
          String(10_000 - (i % 9000))
            .padStart(4, '0')
            .slice(-4),
        ),
      )
    collect()
    // A rope would keep 13.5 bytes a character; what the suite left behind moves this between 1 and 4 (Node 20 to 24).
    expect((process.memoryUsage().heapUsed - before) / log.size).to.be.below(5)
    const events = readAll(log, 64 * 1024)
    expect(events).to.have.length(Math.ceil(400_000 / (64 * 1024)))
  })

  it('gives all that was told, in order, to any reader, at any pace, in any pieces', () => {
    const event = fc.oneof(
      fc.string({ minLength: 1, maxLength: 6000 }).map((text) => said(text)),
      fc.string({ minLength: 1, maxLength: 9 }).map((text) => thought(text)),
      fc.string({ minLength: 1, maxLength: 9 }).map((text) => said(text, 1)),
      fc.constant(started),
    )
    const step = fc.oneof(event, fc.record({ reads: fc.nat(4), max: fc.integer({ min: 1, max: 5000 }) }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const log = new RunLog()
        const cursor = log.cursor('start')
        const told: PlainEvent[] = []
        const read: PlainEvent[] = []
        for (const one of steps) {
          if ('type' in one) {
            told.push(one)
            log.append(one)
            continue
          }
          for (let i = 0; i < one.reads; i++) {
            const next = log.read(cursor, one.max)
            if (next === undefined) break
            if ('delta' in next) expect(String(next.delta).length).to.be.within(1, one.max)
            read.push(next)
          }
        }
        read.push(...readAll(log, 1000, cursor))
        expect(cursor.at).to.equal(log.size)
        expect(joinEvents(read)).to.deep.equal(joinEvents(told))
      }),
      { numRuns: 300 },
    )
  })
})

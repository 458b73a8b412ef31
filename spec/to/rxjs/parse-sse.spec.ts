import { expect } from 'chai'
import { from, lastValueFrom, of, toArray } from 'rxjs'
import { parseSse, type ServerSentEvent } from '../../../lib/index.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('parseSse()', () => {
  itPassesTheChecklist<Uint8Array | string, ServerSentEvent>({
    operator: () => parseSse(),
    input: ['data: a\n\nda', bytes('ta: b'), '\n\n: comment\n\n', 'event: x\nid: 7\ndata: c\n\n'],
    output: [{ data: 'a' }, { data: 'b' }, { data: 'c', event: 'x', id: '7' }],
    repeated: 'data: a\n\n',
  })

  it('tells an event when its blank line has come', () => {
    expectMarbles(parseSse(), {
      source: '-a-b-c-d-|',
      values: { a: 'data: 1\n', b: '\n', c: 'data: 2\n\ndata: 3\n\n', d: 'data: [DO' },
      subscribed: '^--------!',
      result: '---x-(yz)|',
      results: { x: { data: '1' }, y: { data: '2' }, z: { data: '3' } },
    })
  })

  it('takes a last event that only lacks its blank line, if it is whole', () => {
    expect(told(of('data: {"a":1}').pipe(parseSse()))).to.deep.equal([
      'next {"data":"{\\"a\\":1}"}',
      'complete',
    ])
    expect(told(of('event: error\ndata: sorry').pipe(parseSse()))).to.deep.equal([
      'next {"data":"sorry","event":"error"}',
      'complete',
    ])
    expect(told(of('data: {"a":').pipe(parseSse()))).to.deep.equal(['complete'])
  })

  it('joins characters that are cut, and replaces half a one at the end', async () => {
    const text = 'data: "žluťoučký 🐎"\n\ndata: 🐎'
    for (let at = 1; at < bytes(text).length; at++) {
      const pieces = [bytes(text).subarray(0, at), bytes(text).subarray(at)]
      expect(await lastValueFrom(from(pieces).pipe(parseSse(), toArray()))).to.deep.equal([
        { data: '"žluťoučký 🐎"' },
      ])
    }
    expect(told(of(bytes('event: error\ndata: 🐎').subarray(0, -1)).pipe(parseSse()))).to.deep.equal([
      'next {"data":"\ufffd","event":"error"}',
      'complete',
    ])
  })

  it('errors at an event larger than its limit, after the events before it, with the place', () => {
    let place: unknown
    const events = of('data: 1\n\ndata: 1234567890\n\n').pipe(parseSse({ maxEventBytes: 12 }))
    events.subscribe({ error: ({ at }) => (place = at) })
    expect(told(events)).to.deep.equal(['next {"data":"1"}', 'error limit_event'])
    expect(place).to.deep.equal({ frame: 2, byte: 9 })
  })

  it('throws a limit that is none when it is made', () => {
    expect(() => parseSse({ maxEventBytes: -1 })).to.throw(RangeError)
  })
})

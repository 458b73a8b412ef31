import { expect } from 'chai'
import { createParser } from 'eventsource-parser'
import { type SseFrame, writeSse } from '../../lib/ui.ts'
import { describeShared, readSharedJson } from '../helpers/shared.ts'

interface Dispatched {
  readonly type: string
  readonly data: string
  readonly lastEventId: string
}

/** The events that a client dispatches. */
function dispatched(text: string): Dispatched[] {
  const events: Dispatched[] = []
  let lastEventId = ''
  const parser = createParser({
    onEvent: ({ event = 'message', data, id }) => {
      lastEventId = id ?? lastEventId
      events.push({ type: event, data, lastEventId })
    },
  })
  parser.feed(text)
  return events
}

describe('a server-sent event as text', () => {
  it('ends in a blank line and has one field a line', () => {
    expect(writeSse({ event: 'delta', id: '7', retry: 10, comment: 'hi', data: 'a\nb' })).to.equal(
      ': hi\nevent: delta\nid: 7\nretry: 10\ndata: a\ndata: b\n\n',
    )
  })

  it('is only a comment where there is no data: nothing is dispatched', () => {
    expect(dispatched(writeSse({ comment: 'keep-alive' }))).to.deep.equal([])
  })

  it('has room for every character but the three line ends, which all become one', () => {
    for (let code = 0; code < 0x2100; code++) {
      const data = `a${String.fromCharCode(code)}b`
      const expected = code === 0x0a || code === 0x0d ? 'a\nb' : data
      expect(dispatched(writeSse({ data }))).to.deep.equal([
        { type: 'message', data: expected, lastEventId: '' },
      ])
    }
  })

  it('cannot be made of an event or an id with a line end or a NUL', () => {
    for (const evil of ['\n', '\r', '\r\n', '\0'].map((end) => `a${end}data: pwned`)) {
      expect(() => writeSse({ event: evil, data: 'x' }), JSON.stringify(evil)).to.throw(RangeError)
      expect(() => writeSse({ id: evil, data: 'x' }), JSON.stringify(evil)).to.throw(RangeError)
    }
  })

  it('cannot be made of a retry that is no whole number', () => {
    for (const retry of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => writeSse({ retry, data: 'x' }), String(retry)).to.throw(RangeError)
  })
})

describeShared('emit-inputs.json', () => {
  const { emit } = readSharedJson<{
    emit: { name: string; input: SseFrame; expect: 'throws' | Dispatched[] }[]
  }>('cases', 'emit-inputs.json')

  it('has its 20 rows', () => {
    expect(emit).to.have.length(20)
  })

  for (const row of emit) {
    it(`${row.name}: ${row.expect === 'throws' ? 'throws' : 'comes back as it was'}`, () => {
      if (row.expect === 'throws') expect(() => writeSse(row.input)).to.throw(RangeError)
      else expect(dispatched(writeSse(row.input))).to.deep.equal(row.expect)
    })
  }
})

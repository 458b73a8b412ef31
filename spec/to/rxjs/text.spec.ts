import { expect } from 'chai'
import { from } from 'rxjs'
import { type AssemblyEvent, text } from '../../../lib/index.ts'
import { deltaChunk, eventOf, eventsOf, textChunk } from '../../helpers/wire.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

const events = eventsOf([
  deltaChunk({ reasoning: 'hm' }),
  textChunk('a'),
  deltaChunk({ content: 'x' }, 1),
  deltaChunk({ content: [{ type: 'text', text: 'b' }] }),
  deltaChunk({ refusal: 'no' }),
])

describe('text()', () => {
  itPassesTheChecklist<AssemblyEvent, string>({
    operator: () => text(),
    input: events,
    output: ['a', 'b'],
    repeated: eventOf(textChunk('a')),
  })

  it('gives each piece in the frame of its event', () => {
    expectMarbles(text(), {
      source: '-a-r-b-|',
      values: {
        a: eventOf(textChunk('1')),
        r: eventOf(deltaChunk({ reasoning: 'hm' })),
        b: eventOf(textChunk('2')),
      },
      subscribed: '^------!',
      result: '-a---b-|',
      results: { a: '1', b: '2' },
    })
  })

  it('gives the text of the choice that is asked for', () => {
    expect(told(from(events).pipe(text(1)))).to.deep.equal(['next "x"', 'complete'])
    expect(told(from(events).pipe(text(2)))).to.deep.equal(['complete'])
  })
})

import { expect } from 'chai'
import { from } from 'rxjs'
import { type AssemblyEvent, reasoning } from '../../../lib/index.ts'
import { deltaChunk, eventOf, eventsOf, textChunk } from '../../helpers/wire.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

const events = eventsOf([
  deltaChunk({ reasoning: 'a', reasoning_details: [{ type: 'reasoning.text', text: 'a', index: 0 }] }),
  textChunk('text'),
  deltaChunk({ reasoning_content: 'x' }, 1),
  deltaChunk({ reasoning: 'b', reasoning_content: 'b' }),
])

describe('reasoning()', () => {
  itPassesTheChecklist<AssemblyEvent, string>({
    operator: () => reasoning(),
    input: events,
    output: ['a', 'b'],
    repeated: eventOf(deltaChunk({ reasoning: 'a' })),
  })

  it('gives each piece in the frame of its event, once, whatever keys it came under', () => {
    expectMarbles(reasoning(), {
      source: '-a-t-b-|',
      values: {
        a: eventOf(deltaChunk({ reasoning: '1' })),
        t: eventOf(textChunk('text')),
        b: eventOf(deltaChunk({ reasoning: '2', reasoning_content: '2' })),
      },
      subscribed: '^------!',
      result: '-a---b-|',
      results: { a: '1', b: '2' },
    })
  })

  it('gives the reasoning of the choice that is asked for', () => {
    expect(told(from(events).pipe(reasoning(1)))).to.deep.equal(['next "x"', 'complete'])
  })
})

import { expect } from 'chai'
import { from, lastValueFrom, type Observable, of, toArray } from 'rxjs'
import { z } from 'zod'
import {
  type AssembledToolCall,
  type AssemblyEvent,
  assemble,
  type StandardSchema,
  toolCalls,
} from '../../../lib/index.ts'
import {
  callChunk,
  DONE,
  eventsOf,
  finishChunk,
  finishFrame,
  frameOf,
  textChunk,
} from '../../helpers/wire.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

const chunks = [callChunk(0, 'search', '{"q":1}'), callChunk(1, 'read', '{}'), finishChunk('tool_calls')]
const search = {
  choice: 0,
  index: 0,
  id: 'call_0',
  type: 'function',
  name: 'search',
  arguments: '{"q":1}',
  value: { q: 1 },
  state: 'complete',
}
const read = { ...search, index: 1, id: 'call_1', name: 'read', arguments: '{}', value: {} }
const events = eventsOf(chunks)
const done = events.find(({ type }) => type === 'tool_calls.done') as AssemblyEvent // made by chunks[1]

describe('toolCalls()', () => {
  itPassesTheChecklist<AssemblyEvent, AssembledToolCall>({
    operator: () => toolCalls(),
    input: events,
    output: [search, read],
    repeated: done,
  })

  it('gives a call as soon as it is certain: before the next one has ended', () => {
    const source = { a: frameOf(chunks[0]), b: frameOf(chunks[1]), f: frameOf(chunks[2]), d: DONE }
    expectMarbles((bytes: Observable<string>) => bytes.pipe(assemble(), toolCalls()), {
      source: '-a-b-f-d-|',
      values: source,
      subscribed: '^------!',
      result: '---s-r-|',
      results: { s: search, r: read },
    })
  })

  it('gives the calls of one tool, typed by its name', () => {
    const searches: Observable<{ name: 'search' }> = from(events).pipe(toolCalls('search'))
    expect(told(searches)).to.deep.equal([`next ${JSON.stringify(search)}`, 'complete'])
    expect(told(from(events).pipe(toolCalls('other')))).to.deep.equal(['complete'])
  })

  it('gives the calls of the result, also those that must not be run', () => {
    const cut = [frameOf(callChunk(0, 'search', '{"q":')), finishFrame('length'), DONE]
    const invalid = [frameOf(callChunk(0, 'search', '{"q":')), finishFrame('tool_calls'), DONE]
    for (const [frames, state] of [
      [cut, 'partial'],
      [invalid, 'invalid'],
    ] as const) {
      const calls: AssembledToolCall[] = []
      let told: readonly AssembledToolCall[] = []
      const assembled = from(frames).pipe(assemble({ onFailure: 'event' }))
      assembled.pipe(toolCalls()).subscribe((call) => calls.push(call))
      assembled.subscribe((event) => {
        if (event.type === 'end') told = event.result.toolCalls
      })
      expect(calls).to.deep.equal(told)
      expect(calls.map((call) => call.state)).to.deep.equal([state])
      expect(calls[0]).to.not.have.property('value')
    }
  })

  it('gives nothing for an answer without calls', () => {
    expect(told(of(frameOf(textChunk('a')), finishFrame()).pipe(assemble(), toolCalls()))).to.deep.equal([
      'complete',
    ])
  })

  it('with a schema gives calls of its type, and the others as invalid with their issues, in the same tick', () => {
    const schema = z.object({ q: z.number() })
    const wrong = [
      callChunk(0, 'search', '{"q":"x"}'),
      callChunk(1, 'search', '{"q":2}'),
      finishChunk('tool_calls'),
    ]
    const seen: unknown[] = []
    from(eventsOf(wrong))
      .pipe(toolCalls('search', schema))
      .subscribe((call) => {
        if (call.state === 'complete') {
          const q: number = call.value.q
          seen.push(q)
          // @ts-expect-error the value has the schema's type
          seen.push(call.value.r)
        } else seen.push([call.state, call.issues?.length])
      })
    expect(seen).to.deep.equal([['invalid', 1], 2, undefined])
  })

  it('with a schema that answers later keeps their order', async () => {
    const slow = { ...search, value: { q: 1 } }
    let wait = 20
    const schema: StandardSchema<{ q: number }> = {
      '~standard': {
        version: 1,
        validate: async (value) => {
          wait -= 10
          await new Promise((resolve) => setTimeout(resolve, wait))
          return { value: value as { q: number } } // what the test sends
        },
      },
    }
    const two = [
      callChunk(0, 'search', '{"q":1}'),
      callChunk(1, 'search', '{"q":2}'),
      finishChunk('tool_calls'),
    ]
    const calls = await lastValueFrom(from(eventsOf(two)).pipe(toolCalls('search', schema), toArray()))
    expect(calls).to.deep.equal([
      slow,
      { ...slow, index: 1, id: 'call_1', arguments: '{"q":2}', value: { q: 2 } },
    ])
  })
})

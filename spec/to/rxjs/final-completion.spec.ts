import { expect } from 'chai'
import { EmptyError, firstValueFrom, from, NEVER, type Observable, of, throwError } from 'rxjs'
import { type AssemblyEvent, assemble, finalCompletion } from '../../../lib/index.ts'
import { answer, endless, eventOf, textChunk, textFrame } from '../../helpers/wire.ts'
import { expectMarbles, told } from './checklist.ts'

const whole = (...texts: string[]): Observable<AssemblyEvent> => from(answer(...texts)).pipe(assemble())

describe('finalCompletion()', () => {
  it('gives the completion of the result, once, and completes', async () => {
    const said = told(whole('a', 'b').pipe(finalCompletion()))
    expect(said).to.have.length(2)
    expect(said[0]).to.contain('"content":"ab"')
    expect(said[1]).to.equal('complete')
    const { object } = await firstValueFrom(whole('a').pipe(finalCompletion()))
    expect(object).to.equal('chat.completion')
  })

  it('leaves its source at the end event', () => {
    const end = endOf(whole('a'))
    expectMarbles(finalCompletion(), {
      source: '-a-e-a-|',
      values: { a: eventOf(textChunk('a')), e: end },
      subscribed: '^--!',
      result: '---(c|)',
      results: { c: end.result.completion },
    })
    const source = endless(end)
    expect(told(from(source.values).pipe(finalCompletion()))).to.have.length(2)
    expect(source.taken).to.equal(1)
  })

  it('errors where the stream is not complete, with what there is, whatever onFailure says', async () => {
    for (const onFailure of ['error', 'event'] as const) {
      const cut = of(textFrame('a')).pipe(assemble({ onFailure }), finalCompletion())
      const error = await firstValueFrom(cut).catch((thrown) => thrown)
      expect(error.code).to.equal('truncated')
      expect(error.partial.choices[0].message.content).to.equal('a')
    }
  })

  it('passes the error of a source that has no end', () => {
    expect(told(throwError(() => new Error('broken')).pipe(finalCompletion()))).to.deep.equal([
      'error broken',
    ])
    expect(told(NEVER.pipe(finalCompletion()))).to.deep.equal([])
  })

  it('gives nothing where its source completes without one', async () => {
    const none = from([eventOf(textChunk('a'))]).pipe(finalCompletion())
    expect(told(none)).to.deep.equal(['complete'])
    expect(await firstValueFrom(none).catch((thrown) => thrown)).to.be.instanceOf(EmptyError)
  })

  it('begins afresh with each subscription, and can be left before', () => {
    const piped = whole('a').pipe(finalCompletion())
    expect(told(piped)).to.deep.equal(told(piped))
    expectMarbles(finalCompletion(), {
      source: '-a-|',
      values: { a: eventOf(textChunk('a')) },
      subscribed: '^--!',
      result: '---|',
    })
  })
})

function endOf(source: Observable<AssemblyEvent>): Extract<AssemblyEvent, { type: 'end' }> {
  let last: AssemblyEvent | undefined
  source.subscribe((event) => {
    last = event
  })
  if (last?.type !== 'end') throw new Error('The last event is not end')
  return last
}

import { expect } from 'chai'
import { firstValueFrom, from, NEVER, of, throwError } from 'rxjs'
import { type AssemblyEvent, assemble, finalMessage } from '../../../lib/index.ts'
import { answer, DONE, deltaChunk, frameOf, textFrame } from '../../helpers/wire.ts'
import { told } from './checklist.ts'

const two = [frameOf(deltaChunk({ content: 'a' })), frameOf(deltaChunk({ content: 'b' }, 1)), DONE]

describe('finalMessage()', () => {
  it('gives the message of a choice, once, and completes', async () => {
    expect(await firstValueFrom(from(answer('a', 'b')).pipe(assemble(), finalMessage()))).to.deep.include({
      role: 'assistant',
      content: 'ab',
    })
    expect((await firstValueFrom(from(two).pipe(assemble(), finalMessage(1)))).content).to.equal('b')
    expect(told(from(two).pipe(assemble(), finalMessage())).at(-1)).to.equal('complete')
  })

  it('errors where there is no such choice', () => {
    expect(told(from(two).pipe(assemble(), finalMessage(2)))).to.deep.equal([
      'error The completion has no choice 2',
    ])
  })

  it('errors where the stream is not complete', () => {
    expect(told(of(textFrame('a')).pipe(assemble({ onFailure: 'event' }), finalMessage()))).to.deep.equal([
      'error truncated',
    ])
  })

  it('is empty, silent or broken as its source', () => {
    const none: AssemblyEvent[] = []
    expect(told(from(none).pipe(finalMessage()))).to.deep.equal(['complete'])
    expect(told(NEVER.pipe(finalMessage()))).to.deep.equal([])
    expect(told(throwError(() => new Error('broken')).pipe(finalMessage()))).to.deep.equal(['error broken'])
  })

  it('begins afresh with each subscription', () => {
    const piped = from(answer('a')).pipe(assemble(), finalMessage())
    expect(told(piped)).to.deep.equal(told(piped))
    expect(told(piped)).to.have.length(2)
  })
})

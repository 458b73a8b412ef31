import { expect } from 'chai'
import { concat, from, NEVER, type Observable, of, Subject, take, throwError } from 'rxjs'
import {
  Assembler,
  type AssemblyEvent,
  assemble,
  type CreateChatCompletionResponse,
  snapshots,
} from '../../../lib/index.ts'
import { rest } from '../../helpers/upstream.ts'
import { answer, DONE, endless, textChunk, textFrame } from '../../helpers/wire.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

/** An event whose snapshot is another one each time it is read. */
const showing = (text: string): AssemblyEvent => ({
  type: 'content.delta',
  choice: 0,
  delta: text,
  get snapshot() {
    return completionOf(text)
  },
})

function completionOf(text: string): CreateChatCompletionResponse {
  const assembler = new Assembler()
  assembler.writeChunk(textChunk(text))
  return assembler.snapshot()
}

describe('snapshots()', () => {
  itPassesTheChecklist<AssemblyEvent, CreateChatCompletionResponse>({
    operator: () => snapshots(),
    input: [showing('a'), { type: 'choice.done', choice: 0, finish_reason: null }, showing('b')],
    output: [completionOf('a'), completionOf('b')],
    repeated: showing('a'),
  })

  it('gives each snapshot in the frame of its event', () => {
    expectMarbles(snapshots(), {
      source: '-a-n-b-|',
      values: {
        a: showing('a'),
        n: { type: 'choice.done', choice: 0, finish_reason: null },
        b: showing('b'),
      },
      subscribed: '^------!',
      result: '-a---b-|',
      results: { a: completionOf('a'), b: completionOf('b') },
    })
  })

  it('shows the text as it grows, each state once, and the completion of the result last', () => {
    expect(textsOf(from(answer('a', 'b', 'c')).pipe(assemble(), snapshots()))).to.deep.equal([
      'a',
      'ab',
      'abc',
      'abc', // with its finish reason
    ])
    const same = showing('a')
    const snapshot = 'snapshot' in same ? same.snapshot : undefined
    const still = { type: 'usage', usage: {}, snapshot } as AssemblyEvent // a snapshot that stays the same
    expect(told(of(still, still, still).pipe(snapshots()))).to.have.length(2)
  })

  it('shows the last state of a stream that breaks, before its error', () => {
    const said = told(of(textFrame('a')).pipe(assemble(), snapshots({ every: 1000 })))
    expect(said.at(-2)).to.contain('"content":"a"')
    expect(said.at(-1)).to.equal('error truncated')
  })

  describe('with every', () => {
    it('gives the first at once, then the newest of each while, then the last', async () => {
      const source = new Subject<AssemblyEvent>()
      const texts: unknown[] = []
      source
        .pipe(snapshots({ every: 40 }))
        .subscribe(({ choices }) => texts.push(choices[0]?.message.content))
      for (const text of 'abc') source.next(showing(text))
      expect(texts).to.deep.equal(['a'])
      await rest(60)
      expect(texts).to.deep.equal(['a', 'c'])
      await rest(60)
      expect(texts).to.deep.equal(['a', 'c'])
      source.next(showing('d'))
      expect(texts).to.deep.equal(['a', 'c', 'd'])
      source.next(showing('e'))
      source.complete()
      expect(texts).to.deep.equal(['a', 'c', 'd', 'e'])
    })

    it('gives what waits when its source errors', () => {
      const broken = concat(
        of(showing('a'), showing('b')),
        throwError(() => new Error('broken')),
      )
      expect(told(broken.pipe(snapshots({ every: 1000 }))).length).to.equal(3)
    })

    it('gives the completion at the end event without waiting', () => {
      const whole = from([textFrame('a') + textFrame('b'), DONE]).pipe(assemble(), snapshots({ every: 1000 }))
      expect(textsOf(whole).at(-1)).to.equal('ab')
      expect(textsOf(whole).length).to.be.lessThan(4)
    })

    it('keeps no timer when it is left', () => {
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
      const before = timers()
      const subscription = concat(of(showing('a'), showing('b')), NEVER)
        .pipe(snapshots({ every: 60_000 }))
        .subscribe()
      expect(timers()).to.equal(before + 1)
      subscription.unsubscribe()
      expect(timers()).to.equal(before)
    })

    it('stops a synchronous source', () => {
      const source = endless(showing('a'))
      let given = 0
      const subscription = from(source.values)
        .pipe(snapshots({ every: 60_000 }), take(1))
        .subscribe(() => given++)
      expect(subscription.closed).to.equal(true)
      expect([given, source.taken]).to.deep.equal([1, 1])
    })
  })
})

function textsOf(source: Observable<CreateChatCompletionResponse>): unknown[] {
  const texts: unknown[] = []
  source.subscribe({ next: ({ choices }) => texts.push(choices[0]?.message.content), error: () => {} })
  return texts
}

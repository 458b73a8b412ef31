import { expect } from 'chai'
import { ReasoningTextField, TextField } from '../../lib/merge/text.ts'
import { describeMerges, mergeAll, refuses, SpecContext } from '../helpers/merge.ts'

const text = (path: string): TextField => new TextField(path)
const reasoning = (path: string): TextField => new ReasoningTextField(path)

describeMerges(
  'a text',
  text,
  [
    ['is its pieces, joined', ['Hel', 'lo'], 'Hello'],
    ['may come in halves of a pair', ['\ud83d', '\ude00'], '😀'],
    ['keeps what is repeated', ['ha', 'ha'], 'haha'],
    ['is empty where only empty pieces came', ['', ''], ''],
  ],
  () => {
    refuses(text, [5, true, {}, ['a']], ['a'])

    it('takes nothing of an empty piece', () => {
      expect(mergeAll(text('path'), ['a', '', 'b']).taken).to.deep.equal(['a', undefined, 'b'])
    })

    it('grows by 200,000 pieces in a time that is linear', () => {
      const field = text('path')
      const context = new SpecContext()
      const start = performance.now()
      for (let i = 0; i < 200_000; i += 1) field.merge('abcd', context)
      expect(field.text.length).to.equal(800_000)
      // Measured at 30 ms in a cold process.
      expect(performance.now() - start).to.be.lessThan(2000)
    })
  },
)

describe('a text that was declared cumulative', () => {
  const cumulative = (values: readonly string[], declared: boolean | ReadonlySet<string> = true) =>
    mergeAll(new TextField('choices[0].delta.content'), values, new SpecContext(declared))

  it('takes what is new at its end', () => {
    const { value, taken } = cumulative(['Hel', 'Hello', 'Hello', 'Hello you'])
    expect([value, taken]).to.deep.equal(['Hello you', ['Hel', 'lo', undefined, ' you']])
  })

  it('takes nothing of a shorter one that it begins with', () => {
    expect(cumulative(['Hello', 'Hel', 'Hello!']).value).to.equal('Hello!')
  })

  it('appends what does not go on, and says so', () => {
    const { value, codes } = cumulative(['Hello', 'Bye'])
    expect([value, codes]).to.deep.equal(['HelloBye', ['not_cumulative']])
  })

  it('may be declared by name', () => {
    expect(cumulative(['a', 'ab'], new Set(['content'])).value).to.equal('ab')
    expect(cumulative(['a', 'ab'], new Set(['refusal'])).value).to.equal('aab')
  })
})

describeMerges(
  'a reasoning text',
  reasoning,
  [
    ['may come as an object with text', [{ text: 'Hm' }, 'm', { text: '.' }], 'Hmm.'],
    ['is nothing in an object without', ['Hm', { thinking: 'x' }], 'Hm'],
  ],
  () => refuses(reasoning, [5, ['a'], { text: 5 }], ['a']),
)

import { expect } from 'chai'
import { of } from 'rxjs'
import { type ChatCompletionChunk, type ChoiceDelta, parseDeltas } from '../../../lib/index.ts'
import { finishChunk, textChunk } from '../../helpers/wire.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

const two: ChatCompletionChunk = {
  choices: [
    { index: 1, delta: { content: 'x' } },
    { delta: { content: 'y' } },
    { index: 2, delta: null },
    { index: 3 },
  ],
}

describe('parseDeltas()', () => {
  itPassesTheChecklist<ChatCompletionChunk, ChoiceDelta>({
    operator: () => parseDeltas(),
    input: [textChunk('a'), { choices: null, id: 'x' }, { choices: [] }, two],
    output: [
      { choice: 0, delta: { content: 'a' }, chunk: textChunk('a') },
      { choice: 1, delta: { content: 'x' }, chunk: two },
      { choice: 0, delta: { content: 'y' }, chunk: two },
    ],
    repeated: textChunk('a'),
  })

  it('gives the deltas of a chunk in its frame', () => {
    expectMarbles(parseDeltas(), {
      source: '-a-b----c-|',
      values: { a: textChunk('a'), b: two, c: finishChunk() },
      subscribed: '^---------!',
      result: '-a-(xy)-c-|',
      results: {
        a: { choice: 0, delta: { content: 'a' }, chunk: textChunk('a') },
        x: { choice: 1, delta: { content: 'x' }, chunk: two },
        y: { choice: 0, delta: { content: 'y' }, chunk: two },
        c: { choice: 0, delta: {}, chunk: finishChunk() },
      },
    })
  })

  it('gives nothing for chunks without choices', () => {
    expect(told(of({}, { choices: null }, { choices: [] }).pipe(parseDeltas()))).to.deep.equal(['complete'])
  })
})

import { expect } from 'chai'
import { firstValueFrom, from, of } from 'rxjs'
import {
  assemble,
  type ChatCompletionChunk,
  finalCompletion,
  parseChunks,
  parseSse,
  type ServerSentEvent,
} from '../../../lib/index.ts'
import { answer, endless, textChunk, textFrame } from '../../helpers/wire.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

const event = (chunk: unknown): ServerSentEvent => ({ data: JSON.stringify(chunk) })

describe('parseChunks()', () => {
  itPassesTheChecklist<ServerSentEvent, ChatCompletionChunk>({
    operator: () => parseChunks(),
    input: [event(textChunk('a')), { data: ' ' }, event(textChunk('b')), { data: '\ufeff{"id":"x"}' }],
    output: [textChunk('a'), textChunk('b'), { id: 'x' }],
    repeated: event(textChunk('a')),
  })

  it('completes at [DONE], and leaves its source', () => {
    expectMarbles(parseChunks(), {
      source: '-a-d-a-|',
      values: { a: event(textChunk('a')), d: { data: '[DONE]' } },
      subscribed: '^--!',
      result: '-a-|',
      results: { a: textChunk('a') },
    })
  })

  it('stops a synchronous source at [DONE]', () => {
    const source = endless({ data: ' [DONE]' })
    expect(told(from(source.values).pipe(parseChunks()))).to.deep.equal(['complete'])
    expect(source.taken).to.equal(1)
  })

  it('takes frames that a proxy has glued together one by one', () => {
    const data = `${JSON.stringify(textChunk('a'))}\n${JSON.stringify(textChunk('b'))}\n[DONE]`
    expect(told(of({ data }).pipe(parseChunks()))).to.deep.equal([
      `next ${JSON.stringify(textChunk('a'))}`,
      `next ${JSON.stringify(textChunk('b'))}`,
      'complete',
    ])
  })

  it('errors at data that is no JSON, or no object, and says at which event', () => {
    for (const [data, code] of [
      ['{"a":', 'bad_json'],
      ['[1]', 'bad_chunk'],
    ] as const) {
      const bad = of(event(textChunk('a')), { data }, event(textChunk('b'))).pipe(parseChunks())
      expect(told(bad)).to.deep.equal([`next ${JSON.stringify(textChunk('a'))}`, `error ${code}`])
      bad.subscribe({ error: (error) => expect(error.at).to.deep.equal({ frame: 2, byte: 0 }) })
    }
  })

  it('skips them if asked to', () => {
    const bad = of({ data: '{"a":' }, event(textChunk('b')), { data: '1' }).pipe(
      parseChunks({ onBadChunk: 'skip' }),
    )
    expect(told(bad)).to.deep.equal([`next ${JSON.stringify(textChunk('b'))}`, 'complete'])
  })

  it('keeps an error that only the name of its event tells', () => {
    const named = (data: string): string[] => told(of({ event: 'error', data }).pipe(parseChunks()))
    expect(named('sorry')).to.deep.equal(['next {"error":"sorry"}', 'complete'])
    expect(named('"sorry"')).to.deep.equal(['next {"error":"sorry"}', 'complete'])
    expect(named('{"message":"sorry","code":7}')).to.deep.equal([
      'next {"error":{"message":"sorry","code":7}}',
      'complete',
    ])
    expect(named('{"error":{"message":"sorry"}}')).to.deep.equal([
      'next {"error":{"message":"sorry"}}',
      'complete',
    ])
  })

  it('lets assemble() see the whole answer, and the error in it', async () => {
    const whole = of(answer('a', 'b').join(''))
    const { choices } = await firstValueFrom(
      whole.pipe(parseSse(), parseChunks(), assemble(), finalCompletion()),
    )
    expect(choices[0]?.message.content).to.equal('ab')
    const broken = of(textFrame('a'), 'event: error\ndata: {"message":"full","code":"busy"}\n\n')
    const error = await firstValueFrom(
      broken.pipe(parseSse(), parseChunks(), assemble(), finalCompletion()),
    ).catch((thrown) => thrown)
    expect(error).to.include({ code: 'upstream_error' })
    expect(error.upstream).to.deep.equal({ message: 'full', code: 'busy' })
    expect(error.partial.choices[0].message.content).to.equal('a')
  })
})

import { createRequire } from 'node:module'
import { expect } from 'chai'
import { config, EMPTY, from, Observable, of, take, throwError } from 'rxjs'
import {
  type Assembly,
  type AssemblyEvent,
  type AssemblyInput,
  type AssemblyResult,
  assemble,
  type SourceItem,
} from '../../../lib/index.ts'
import { joinEvents } from '../../helpers/events.ts'
import { withTemplates } from '../../helpers/template.ts'
import { rest } from '../../helpers/upstream.ts'
import { answer, DONE, endless, finishChunk, frameOf, textChunk, textFrame } from '../../helpers/wire.ts'
import { expectMarbles, itPassesTheChecklist, told } from './checklist.ts'

const delta = (text: string) => ({ type: 'content.delta', choice: 0, delta: text })
const ended = (content: string) => [
  { type: 'content.done', choice: 0, content },
  { type: 'choice.done', choice: 0, finish_reason: 'stop' },
  { type: 'end', status: 'complete' },
]

describe('assemble(), the operator', () => {
  itPassesTheChecklist<SourceItem, AssemblyEvent>({
    operator: () => assemble(),
    input: [textFrame('a'), ': comment\n\n', textFrame('b').slice(0, 9), textFrame('b').slice(9)],
    output: [delta('a'), delta('b')],
    repeated: textFrame('a'),
    ofEmpty: ['next {"type":"end","status":"errored"}', 'error empty_stream'],
    ofBroken: ['next {"type":"end","status":"errored"}', 'error transport'],
  })

  it('completes at [DONE] with the end event, and leaves its source', () => {
    const [a, b, finish, done] = answer('a', 'b') as [string, string, string, string]
    expectMarbles(assemble(), {
      source: '-a-b-f-d-a-|',
      values: { a, b, f: finish, d: done },
      subscribed: '^------!',
      result: '-a-b---(xyz|)',
      results: {
        a: delta('a'),
        b: delta('b'),
        ...Object.fromEntries(ended('ab').map((e, i) => ['xyz'[i], e])),
      },
    })
  })

  it('stops a synchronous source at [DONE]', () => {
    const source = endless(answer('a').join(''))
    expect(told(from(source.values).pipe(assemble())).at(-1)).to.equal('complete')
    expect(source.taken).to.equal(1)
  })

  it('takes bytes, text, events and chunks, also mixed', () => {
    const bytes = new TextEncoder().encode(textFrame('a'))
    const items: SourceItem[] = [
      bytes,
      textFrame('b'),
      { data: JSON.stringify(textChunk('c')) },
      textChunk('d'),
      finishChunk(),
    ]
    const result = resultOf(from(items).pipe(assemble()))
    expect(result.completion.choices[0]?.message.content).to.equal('abcd')
    expect(result.status).to.equal('complete')
    expect(resultOf(of(Buffer.from(answer('x').join(''))).pipe(assemble())).status).to.equal('complete')
  })

  it('gives everything and then errors, where the stream is not complete', () => {
    expect(told(of(textFrame('a')).pipe(assemble()))).to.deep.equal([
      'next {"type":"content.delta","choice":0,"delta":"a"}',
      'next {"type":"content.done","choice":0,"content":"a"}',
      'next {"type":"choice.done","choice":0,"finish_reason":null}',
      'next {"type":"end","status":"truncated"}',
      'error truncated',
    ])
  })

  it("completes instead with onFailure: 'event', whatever went wrong", () => {
    const operator = assemble({ onFailure: 'event', maxEventBytes: 100 })
    const troubles: Record<string, Observable<SourceItem>> = {
      truncated: of(textFrame('a')),
      empty_stream: EMPTY,
      bad_json: of('data: {\n\n'),
      limit_event: of(textFrame('a'.repeat(100))),
      upstream_error: of(frameOf({ error: { message: 'sorry' } }), DONE),
      transport: throwError(() => new Error('reset')),
    }
    for (const [code, source] of Object.entries(troubles)) {
      const said = told(source.pipe(operator))
      expect(said.at(-1), code).to.equal('complete')
      expect(
        said.filter((line) => line.includes('"end"')),
        code,
      ).to.have.length(1)
      expect(resultOf(source.pipe(operator)).error?.code).to.equal(code)
    }
  })

  it('keeps the cause of a broken source, the code of an AssemblyError, and an abort as what it is', () => {
    const failed = (error: unknown): AssemblyResult =>
      resultOf(throwError(() => error).pipe(assemble({ onFailure: 'event' })))
    const reset = new Error('reset')
    expect(failed(reset).error?.cause).to.equal(reset)
    const refused = failed(failed(new DOMException('gone', 'AbortError')).error)
    expect(refused.status).to.equal('aborted')
    const { error } = resultOf(of('data: 1\n\n').pipe(assemble({ onFailure: 'event' })))
    expect(failed(error).error?.code).to.equal('bad_chunk')
  })

  it('ends at once where the content type cannot be read, without a subscription', () => {
    let subscriptions = 0
    const source = new Observable<string>(() => void subscriptions++)
    expect(told(source.pipe(assemble({ contentType: 'text/html' })))).to.deep.equal([
      'next {"type":"end","status":"errored"}',
      'error bad_content_type',
    ])
    expect(subscriptions).to.equal(0)
  })

  it('does not read the rest of a piece whose reader has left in the middle of it', () => {
    const { parse } = JSON
    let parsed = 0
    JSON.parse = (text, reviver) => {
      parsed++
      return parse(text, reviver)
    }
    try {
      const given = of(textFrame('a').repeat(1000)).pipe(assemble(), take(1))
      const lines = withTemplates(false, () => told(given))
      expect(lines).to.deep.equal(['next {"type":"content.delta","choice":0,"delta":"a"}', 'complete'])
      expect(parsed).to.be.within(1, 10)
    } finally {
      JSON.parse = parse
    }
  })

  it('says nothing to a reader who has left', async () => {
    const late: unknown[] = []
    config.onStoppedNotification = ({ kind }) => kind !== 'C' && late.push(kind) // of() completes in any case
    try {
      told(of(answer('a', 'b').join('')).pipe(assemble(), take(1)))
      await rest(1) // rxjs tells it later
    } finally {
      config.onStoppedNotification = null
    }
    expect(late).to.deep.equal([])
  })

  it('gives the same events, joined, for any cut', () => {
    const text = answer('žlu', 'ťou', 'čký').join('')
    const whole = joinEvents(eventsOf(of(text).pipe(assemble())))
    for (let at = 1; at < text.length; at++) {
      const cut = eventsOf(of(text.slice(0, at), text.slice(at)).pipe(assemble()))
      expect(joinEvents(cut).slice(0, -1)).to.deep.equal(whole.slice(0, -1))
    }
  })

  it("works with a copy of rxjs that is not the library's own", () => {
    const other = otherRxjs()
    expect(other.Observable).to.not.equal(Object.getPrototypeOf(of(1)).constructor)
    let taken = 0
    const endlessFrames = (function* () {
      for (;;) {
        taken++
        yield textFrame('a')
      }
    })()
    const said: string[] = []
    other
      .from(endlessFrames)
      .pipe(assemble(), other.take(3))
      .subscribe({ next: ({ type }) => said.push(type), complete: () => said.push('complete') })
    expect(said).to.deep.equal(['content.delta', 'content.delta', 'content.delta', 'complete'])
    expect(taken).to.be.lessThan(5)
  })
})

describe('assemble(), told apart by its first argument', () => {
  const sources: Record<string, () => AssemblyInput> = {
    text: () => answer('a').join(''),
    bytes: () => new TextEncoder().encode(answer('a').join('')),
    'a list': () => answer('a'),
    'an iterator of one': () => answer('a').values(),
    'a stream': () => new Response(answer('a').join('')).body ?? '',
    'a response': () =>
      new Response(answer('a').join(''), { headers: { 'content-type': 'text/event-stream' } }),
    'a promise': () => Promise.resolve(answer('a')),
    'a request': () => () => answer('a'),
    'an empty text': () => '',
    'an empty list': () => [],
  }
  for (const [name, source] of Object.entries(sources)) {
    it(`takes ${name} for a source`, async () => {
      const assembly: Assembly = assemble(source())
      const { status } = await assembly.result
      expect(status).to.equal(name.includes('empty') ? 'errored' : 'complete')
    })
  }

  for (const options of [
    undefined,
    {},
    { onFailure: 'event' as const },
    { maxToolCalls: 3, choices: 1 as const },
  ]) {
    it(`takes ${JSON.stringify(options)} for options`, () => {
      expect(told(from(answer('a')).pipe(assemble(options))).at(-1)).to.equal('complete')
    })
  }

  it('throws at an Observable, and at what is neither', () => {
    const wrong: unknown[] = [of(1), null, 5, true]
    for (const value of wrong)
      expect(() => (assemble as (value: unknown) => unknown)(value)).to.throw(TypeError, 'pipe(assemble())')
  })

  it('throws bad options when it is made', () => {
    expect(() => assemble({ maxChoices: -1 })).to.throw(RangeError, 'maxChoices')
    expect(() => assemble([], { maxChoices: -1 })).to.throw(RangeError, 'maxChoices')
    expect(() => assemble([], { totalTimeoutMs: Number.NaN })).to.throw(RangeError, 'totalTimeoutMs')
  })
})

function eventsOf(source: Observable<AssemblyEvent>): AssemblyEvent[] {
  const events: AssemblyEvent[] = []
  source.subscribe({ next: (event) => events.push(event), error: () => {} })
  return events
}

function resultOf(source: Observable<AssemblyEvent>): AssemblyResult {
  const end = eventsOf(source).at(-1)
  if (end?.type !== 'end') throw new Error('The last event is not end')
  return end.result
}

/** Angular, Nest and AG-UI bring copies of their own. */
function otherRxjs(): typeof import('rxjs') {
  const require = createRequire(import.meta.url)
  const cached = Object.keys(require.cache).filter((name) => name.includes('/rxjs/'))
  const kept = cached.map((name) => [name, require.cache[name]] as const)
  for (const name of cached) delete require.cache[name]
  const copy = require('rxjs')
  for (const [name, module] of kept) require.cache[name] = module
  return copy
}

import { expect } from 'chai'
import { type ReferenceOptions, type ReferenceResult, referenceFold } from './reference/index.ts'
import type { JsonObject } from './reference/values.ts'

const DONE = 'data: [DONE]\n\n'

const frame = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`
const entry = (delta: unknown, rest: JsonObject = {}): string =>
  frame({ choices: [{ index: 0, delta, ...rest }] })
const finish = (reason: string): string => entry({}, { finish_reason: reason })
const fold = (body: string, options?: ReferenceOptions): ReferenceResult =>
  referenceFold(new TextEncoder().encode(body), options)

/** The only choice of a result. */
function only(result: ReferenceResult): ReferenceResult['choices'][number] {
  const [choice, ...others] = result.choices
  if (!choice || others.length > 0) throw new Error(`${result.choices.length} choices`)
  return choice
}

function call(
  index: number | undefined,
  id: string | undefined,
  name: string | undefined,
  args: string,
): string {
  const members = { ...(index === undefined ? {} : { index }), ...(id === undefined ? {} : { id }) }
  return entry({
    tool_calls: [{ ...members, function: { ...(name === undefined ? {} : { name }), arguments: args } }],
  })
}

/** Calls as short rows. */
const rows = (result: ReferenceResult): unknown[] =>
  only(result).tool_calls.map(({ id, name, arguments: args, state }) => [id, name, args, state])

describe('the oracle folds frames by the rules of the event stream', () => {
  const hello = [entry({ content: 'Hel' }), entry({ content: 'lo' }), finish('stop'), DONE].join('')

  it('whatever the line ends, comments, BOM and missing spaces', () => {
    const bodies = [
      hello,
      hello.replaceAll('\n', '\r\n'),
      hello.replaceAll('\n', '\r'),
      `\ufeff: keep-alive\n\n${hello.replaceAll('data: ', 'id: 1\ndata:')}`,
      hello.replaceAll('data: {', 'data: {\ndata: '),
    ]
    for (const body of bodies) {
      expect(fold(body).status).to.equal('complete')
      expect(only(fold(body)).content).to.equal('Hello')
    }
  })

  it('takes a last event without blank line if it is whole, and discards half of one', () => {
    const open = entry({ content: 'Hel' })
    const whole = fold(`${open}${finish('stop').trimEnd()}`)
    expect([whole.status, only(whole).finish_reason]).to.deep.equal(['complete', 'stop'])
    const half = fold(`${open}${entry({ content: 'lo' }).slice(0, -9)}`)
    expect([half.status, only(half).content]).to.deep.equal(['truncated', 'Hel'])
    expect(fold(`${open}data: [DONE]`).status).to.equal('complete')
    expect(fold(`${open}data: [DON`).status).to.equal('truncated')
  })

  it('takes frames that are glued together line by line, unless one of the lines is broken', () => {
    const glued = hello.replaceAll('\n\n', '\n')
    expect(only(fold(glued)).content).to.equal('Hello')
    expect(fold(`${glued.replace('"lo"', '"lo')}\n`).error).to.equal('bad_json')
  })

  it('reads nothing after [DONE] and calls a body without chunks empty', () => {
    expect(only(fold(`${hello}${entry({ content: ' EVIL' })}`)).content).to.equal('Hello')
    expect(fold(': ping\n\n')).to.include({ status: 'errored', error: 'empty_stream' })
  })
})

describe('the oracle knows how a stream ended', () => {
  const text = entry({ content: 'Par' })

  it('keeps the first error of any of the six shapes, and what came before and after it', () => {
    const shapes: [string, string, string | null][] = [
      ['event: error\ndata: {"error":{"message":"busy"}}\n\n', 'upstream_error', 'busy'],
      ['event: error\ndata: gone away\n\n', 'upstream_error', 'gone away'],
      [frame({ error: { message: 'died', code: 502 }, choices: [] }), 'upstream_error', 'died'],
      [frame({ code: 'limit', error: 'too fast' }), 'upstream_error', 'too fast'],
      [frame({ error: { message: 'bad' }, status_code: 404 }), 'upstream_error', 'bad'],
      [frame({ x_groq: { error: { message: 'full' } } }), 'upstream_error', 'full'],
      [entry({}, { finish_reason: 'error' }), 'finish_error', null],
    ]
    for (const [shape, error, upstream] of shapes) {
      const result = fold(
        [
          text,
          shape,
          entry({ content: 'is' }),
          frame({ choices: [], usage: { total_tokens: 3 } }),
          DONE,
        ].join(''),
      )
      expect(result).to.include({ status: 'errored', error, upstream })
      expect([only(result).content, result.usage]).to.deep.equal(['Paris', { total_tokens: 3 }])
    }
    expect(fold(frame({ error: 'one' }) + frame({ error: 'two' })).upstream).to.equal('one')
    expect(fold(`${frame({ error: null, choices: [] })}${DONE}`).status).to.equal('complete')
  })

  it('stops at what cannot be read, and passes over bad JSON if told to', () => {
    const after = `${entry({ content: 'is' })}${finish('stop')}${DONE}`
    const faults: [string, string][] = [
      ['data: {"id":"c1", oops\n\n', 'bad_json'],
      ['data: 5\n\n', 'bad_chunk'],
      [entry({ content: 5 }), 'bad_type'],
      [frame({ choices: [{ index: -1 }] }), 'bad_index'],
      [frame({ choices: [{ index: 1e9 }] }), 'limit_choices'],
    ]
    for (const [fault, error] of faults) {
      const result = fold(text + fault + after)
      expect([result.status, result.error, only(result).content]).to.deep.equal(['errored', error, 'Par'])
    }
    const skipped = fold(`${text}data: {"id":"c1", oops\n\n${after}`, { onBadChunk: 'skip' })
    expect([skipped.status, only(skipped).content]).to.deep.equal(['complete', 'Paris'])
  })

  it('needs [DONE], or a finish reason on every started choice', () => {
    const second = frame({ choices: [{ index: 1, delta: { content: 'b' } }] })
    expect(fold(text).status).to.equal('truncated')
    expect(fold(text + DONE).status).to.equal('complete')
    expect(fold(text + DONE, { requireFinishReason: true }).status).to.equal('truncated')
    expect(fold(text + finish('stop')).status).to.equal('complete')
    expect(fold(text + second + finish('stop')).status).to.equal('truncated')
  })

  it('lets stop replace nothing, and null and "" never', () => {
    const reasons = ['tool_calls', 'stop', null, ''].map((reason) => entry({}, { finish_reason: reason }))
    expect(only(fold(reasons.join(''))).finish_reason).to.equal('tool_calls')
    expect(only(fold(finish('stop') + finish('length'))).finish_reason).to.equal('length')
  })
})

describe('the oracle addresses tool calls', () => {
  const end = finish('tool_calls') + DONE

  it('one index, a new id with a name: a new call', () => {
    const body = call(0, 'a', 'f', '{') + call(0, undefined, undefined, '}') + call(0, 'b', 'g', '{}') + end
    expect(rows(fold(body))).to.deep.equal([
      ['a', 'f', '{}', 'complete'],
      ['b', 'g', '{}', 'complete'],
    ])
  })

  it('one index, a new id without a name: the same call', () => {
    const body = call(0, 'a', 'f', '{') + call(0, 'b', undefined, '}') + end
    expect(rows(fold(body))).to.deep.equal([['a', 'f', '{}', 'complete']])
  })

  it('no index: by id, by name, else the latest', () => {
    const body = [
      call(undefined, 'a', 'f', '{'),
      call(undefined, undefined, undefined, '}'),
      call(undefined, 'b', 'f', '1'),
      call(undefined, 'a', undefined, ' '),
      call(undefined, undefined, 'g', ''),
      end,
    ].join('')
    expect(rows(fold(body))).to.deep.equal([
      ['a', 'f', '{} ', 'complete'],
      ['b', 'f', '1', 'complete'],
      [null, 'g', '', 'complete'],
    ])
  })

  it('in the order of their indexes, without holes, whatever the first one is', () => {
    const body = call(7, 'b', 'g', '') + call(1, 'a', 'f', '') + call(0, undefined, undefined, '') + end
    expect(rows(fold(body)).map(String)).to.deep.equal(['a,f,,complete', 'b,g,,complete'])
  })

  it('keeps a repeated name, joins one cut in two, and takes no argument for one', () => {
    const repeated = call(0, 'a', 'f', '{') + call(0, 'a', 'f', '}') + end
    expect(rows(fold(repeated))).to.deep.equal([['a', 'f', '{}', 'complete']])
    const split = call(0, 'a', 'edit_ex', '') + call(0, undefined, 'isting', '{}') + end
    expect(rows(fold(split))).to.deep.equal([['a', 'edit_existing', '{}', 'complete']])
    const grown = call(0, 'a', 'edit', '') + call(0, undefined, 'edit_file', '{}') + end
    expect(rows(fold(grown))).to.deep.equal([['a', 'edit_file', '{}', 'complete']])
  })

  it('leaves the second of two calls with one id without', () => {
    const body = call(1, 'a', 'f', '') + call(0, 'a', 'g', '') + end
    expect(rows(fold(body)).map(String)).to.deep.equal([',g,,complete', 'a,f,,complete'])
  })

  it('never calls what was cut complete', () => {
    const cutOff = call(0, 'a', 'f', '{"n":1}')
    expect(rows(fold(cutOff))).to.deep.equal([['a', 'f', '{"n":1}', 'partial']])
    expect(rows(fold(cutOff + finish('length') + DONE))).to.deep.equal([['a', 'f', '{"n":1}', 'partial']])
    expect(rows(fold(call(0, 'a', 'f', '{"n":') + end))).to.deep.equal([['a', 'f', '{"n":', 'invalid']])
    expect(rows(fold(call(0, 'a', undefined, '{}') + end))).to.deep.equal([['a', '', '{}', 'invalid']])
  })
})

describe('the oracle merges fields', () => {
  it('two signed reasoning blocks on one index stay two', () => {
    const detail = (members: JsonObject): string =>
      entry({ reasoning_details: [{ type: 'reasoning.text', index: 0, format: 'f', ...members }] })
    const secret = entry({ reasoning_details: [{ type: 'reasoning.encrypted', index: 0, data: 'x' }] })
    const body = [
      detail({ text: 'A', signature: '' }),
      detail({ text: 'B' }),
      detail({ signature: 'S1' }),
      detail({ text: 'C' }),
      secret,
      detail({ signature: 'S2' }),
      secret,
    ].join('')
    const common = { type: 'reasoning.text', index: 0, format: 'f' }
    expect(only(fold(body)).reasoning_details).to.deep.equal([
      { ...common, text: 'AB', signature: 'S1' },
      { ...common, text: 'C', signature: 'S2' },
      { type: 'reasoning.encrypted', index: 0, data: 'x' },
    ])
    expect(only(fold(entry({ reasoning_details: [] }))).reasoning_details).to.deep.equal([])
    expect(only(fold(entry({}))).reasoning_details).to.equal(null)
  })

  it('usage is per key the last value, which null and zeros never erase', () => {
    const usages = [
      { prompt_tokens: 5, total_tokens: 6 },
      { total_tokens: 8, details: { a: 1 } },
      null,
      { prompt_tokens: 0, total_tokens: 0, details: { a: 0 } },
    ]
    const body = usages.map((usage) => frame({ choices: [], usage })).join('')
    expect(fold(body).usage).to.deep.equal({ prompt_tokens: 5, total_tokens: 8, details: { a: 1 } })
    expect(fold(entry({}, { usage: { total_tokens: 1 } })).usage).to.deep.equal({ total_tokens: 1 })
    expect(fold(frame({ x_groq: { usage: { total_tokens: 1 } } })).usage).to.deep.equal({ total_tokens: 1 })
  })

  it('message beside delta is the text so far', () => {
    const both = (delta: string, message: string): string =>
      entry({ content: delta }, { message: { content: message } })
    expect(only(fold(both('A', 'A') + both('B', 'AB'))).content).to.equal('AB')
    expect(only(fold(entry({ content: 'AB' }) + both('AB', 'AB'))).content).to.equal('AB')
    expect(only(fold(both('A', 'A') + both('', 'ABC'))).content).to.equal('ABC')
  })

  it('content becomes a list only when something else than text comes', () => {
    const thinking = (text: string): JsonObject => ({ type: 'thinking', thinking: [{ type: 'text', text }] })
    const body = [[thinking('a')], [thinking('b')], 'c', [{ type: 'text', text: 'd' }]]
      .map((content) => entry({ content }))
      .join('')
    expect(only(fold(body)).content).to.deep.equal([thinking('ab'), { type: 'text', text: 'cd' }])
    expect(
      only(fold(entry({ content: [{ type: 'text', text: 'a' }] }) + entry({ content: 'b' }))).content,
    ).to.equal('ab')
    const summary = (text: string): JsonObject => ({
      type: 'reasoning',
      summary: [{ type: 'summary_text', text }],
    })
    const summaries = entry({ content: [summary('a')] }) + entry({ content: [summary('b')] })
    expect(only(fold(summaries)).content).to.deep.equal([summary('ab')])
    expect(only(fold(entry({ content: '' }))).content).to.equal('')
    expect(only(fold(entry({ content: '', refusal: 'no' }))).content).to.equal(null)
  })

  it('unknown fields by their kind, and the padding of a chunk not at all', () => {
    const deltas = [{ a: 'x', o: { k: 1, l: null }, l: [1] }, { a: '', o: { l: 2 }, l: [2] }, { a: 'y' }]
    expect(only(fold(deltas.map((delta) => entry(delta)).join(''))).message_fields).to.deep.equal({
      a: 'y',
      o: { k: 1, l: 2 },
      l: [1, 2],
    })
    expect(
      fold(frame({ obfuscation: 'x', p: 'pad', provider: 'P', choices: [] })).completion_fields,
    ).to.deep.equal({
      provider: 'P',
    })
    const tools = [
      { index: 0, type: 's' },
      { index: 0, type: 's', output: 'o' },
    ].map((tool) => entry({ executed_tools: [tool] }))
    expect(only(fold(tools.join(''))).message_fields).to.deep.equal({
      executed_tools: [{ index: 0, type: 's', output: 'o' }],
    })
  })

  it('choices apart, unless the caller declares that there is one', () => {
    const body =
      frame({ choices: [{ index: 0, delta: { content: 'a' } }] }) +
      frame({ choices: [{ index: 3, delta: { content: 'b' } }] })
    expect(fold(body).choices.map(({ index, content }) => [index, content])).to.deep.equal([
      [0, 'a'],
      [3, 'b'],
    ])
    expect(only(fold(body, { choices: 1 })).content).to.equal('ab')
  })
})

import { expect } from 'chai'
import { Assembler, type CreateChatCompletionResponse } from '../../lib/core.ts'
import {
  agUi,
  aiSdk,
  assistantUi,
  type Encoder,
  openai,
  type PlainEvent,
  tanstack,
  text,
} from '../../lib/ui.ts'
import { bytesOfScenario, type Scenario, scenarios } from './scenarios.ts'

/** The events of a scenario, as deltas of the size in which they came. */
function eventsOfScenario(name: string, abort = false): PlainEvent[] {
  const scenario = scenarios.find((one) => one.name === name) as Scenario
  const events: PlainEvent[] = []
  const assembler = new Assembler({ onEvent: (event) => events.push(event) })
  assembler.write(bytesOfScenario(scenario))
  if (abort) assembler.abort('stopped')
  else assembler.end()
  return events
}

function encode(encoder: Encoder, events: readonly PlainEvent[]): string {
  return events.map((event) => encoder.encode(event)).join('')
}

/** The data of the frames; `[DONE]` as it is. */
function framesOf(encoder: Encoder, events: readonly PlainEvent[]): unknown[] {
  return encode(encoder, events)
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => frame.slice(frame.indexOf('data: ') + 'data: '.length))
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)))
}

function typesOf(encoder: Encoder, events: readonly PlainEvent[]): string {
  const types = framesOf(encoder, events).map((frame) =>
    typeof frame === 'object' && frame !== null && 'type' in frame ? String(frame.type) : String(frame),
  )
  // A run of deltas counts once.
  return types.filter((type, i) => type !== types[i - 1]).join(' ')
}

const ids = { runId: 'run', threadId: 'thread', messageId: 'message' }

describe('the AI SDK stream', () => {
  it('of a text', () => {
    expect(typesOf(aiSdk(), eventsOfScenario('text'))).to.equal(
      'start start-step text-start text-delta text-end finish-step finish [DONE]',
    )
  })

  it('of reasoning and text closes the one before it opens the other', () => {
    expect(typesOf(aiSdk(), eventsOfScenario('reasoning, then text'))).to.equal(
      'start start-step reasoning-start reasoning-delta reasoning-end ' +
        'text-start text-delta text-end finish-step finish [DONE]',
    )
  })

  it('opens no text for the white space before a thought, nor loses it', () => {
    const said = (delta: string): PlainEvent => ({ type: 'content.delta', choice: 0, delta })
    const thought: PlainEvent = { type: 'reasoning.delta', choice: 0, delta: 'Hm.', keys: ['reasoning'] }
    const events = [said('\n'), said(' '), thought, said('Yes.')]
    expect(framesOf(aiSdk(), events).slice(2)).to.deep.equal([
      { type: 'reasoning-start', id: 'r0' },
      { type: 'reasoning-delta', id: 'r0', delta: 'Hm.' },
      { type: 'reasoning-end', id: 'r0' },
      { type: 'text-start', id: 't1' },
      { type: 'text-delta', id: 't1', delta: '\n ' },
      { type: 'text-delta', id: 't1', delta: 'Yes.' },
    ])
    const blank = eventsOfMessage({ content: '\n\n' })
    expect(framesOf(aiSdk(), blank)).to.deep.include({ type: 'text-delta', id: 't0', delta: '\n\n' })
  })

  it('of tools has their inputs once they are whole, and the usage in the metadata', () => {
    const frames = framesOf(aiSdk({ messageId: 'message' }), eventsOfScenario('two interleaved tools'))
    expect(frames.at(0)).to.deep.equal({ type: 'start', messageId: 'message' })
    expect(frames.slice(-5)).to.deep.equal([
      {
        type: 'tool-input-available',
        toolCallId: 'call_a',
        toolName: 'weather',
        input: { city: 'Łódź' },
        dynamic: true,
      },
      {
        type: 'tool-input-available',
        toolCallId: 'call_b',
        toolName: 'time',
        input: { zone: 'CET' },
        dynamic: true,
      },
      { type: 'finish-step' },
      {
        type: 'finish',
        finishReason: 'tool-calls',
        messageMetadata: { usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 } },
      },
      '[DONE]',
    ])
  })

  it('has static tool parts for a page that has types for them', () => {
    const events = eventsOfScenario('two interleaved tools')
    expect(encode(aiSdk(), events).match(/"dynamic":true/g)).to.have.length(4)
    expect(encode(aiSdk({ dynamic: false }), events)).to.not.include('dynamic')
  })

  it('of an answer that was cut closes every part before it says so', () => {
    expect(typesOf(aiSdk(), eventsOfScenario('truncation'))).to.equal(
      'start start-step reasoning-start reasoning-delta reasoning-end text-start text-delta text-end ' +
        'tool-input-start tool-input-delta tool-input-error error [DONE]',
    )
    const events = eventsOfScenario('abort', true)
    expect(framesOf(aiSdk(), events).slice(-3)).to.deep.equal([
      { type: 'text-end', id: 't1' },
      { type: 'abort' },
      '[DONE]',
    ])
    expect(framesOf(aiSdk({ profile: '7' }), events)).to.deep.include({ type: 'abort', reason: 'stopped' })
  })

  it('of the profile 5.0 has nothing that an early release does not know', () => {
    const encoder = () => aiSdk({ profile: '5.0', metadata: () => undefined })
    expect(framesOf(encoder(), eventsOfScenario('text')).at(-2)).to.deep.equal({ type: 'finish' })
    expect(typesOf(encoder(), eventsOfScenario('bad arguments'))).to.equal(
      'start start-step tool-input-start tool-input-delta tool-output-error finish-step finish [DONE]',
    )
  })

  it('has the citations and the images of the answer', () => {
    const cited = { type: 'url_citation', url_citation: { url: 'https://a.test/', title: 'A' } }
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBOR' } }
    const message = { content: 'Look.', annotations: [cited, cited], images: [image] }
    const frames = framesOf(aiSdk(), eventsOfMessage(message))
    expect(frames).to.deep.include({
      type: 'source-url',
      sourceId: 'source-1',
      url: 'https://a.test/',
      title: 'A',
    })
    expect(frames).to.deep.include({
      type: 'file',
      url: 'data:image/png;base64,iVBOR',
      mediaType: 'image/png',
    })
    expect(frames.filter((frame) => typeof frame === 'object')).to.have.length(9)
  })
})

describe('the AG-UI stream', () => {
  it('has one message for all text, one for all reasoning, and no [DONE]', () => {
    expect(framesOf(agUi(ids), eventsOfScenario('reasoning, then text')).slice(0, 4)).to.deep.equal([
      { type: 'RUN_STARTED', threadId: 'thread', runId: 'run' },
      { type: 'REASONING_START', messageId: 'reasoning-message' },
      { type: 'REASONING_MESSAGE_START', messageId: 'reasoning-message', role: 'reasoning' },
      { type: 'REASONING_MESSAGE_CONTENT', messageId: 'reasoning-message', delta: 'A bird, ' },
    ])
    expect(typesOf(agUi(ids), eventsOfScenario('reasoning, then text'))).to.equal(
      'RUN_STARTED REASONING_START REASONING_MESSAGE_START REASONING_MESSAGE_CONTENT REASONING_MESSAGE_END ' +
        'REASONING_END TEXT_MESSAGE_START TEXT_MESSAGE_CONTENT TEXT_MESSAGE_END RUN_FINISHED',
    )
  })

  it('counts tokens by model, says what was cancelled, and names the code of an error', () => {
    expect(framesOf(agUi(ids), eventsOfScenario('text')).at(-1)).to.deep.equal({
      type: 'RUN_FINISHED',
      threadId: 'thread',
      runId: 'run',
      usage: [{ inputTokens: 3, outputTokens: 4, totalTokens: 7, model: 'm' }],
    })
    expect(framesOf(agUi(ids), eventsOfScenario('abort', true)).at(-1)).to.deep.equal({
      type: 'RUN_FINISHED',
      threadId: 'thread',
      runId: 'run',
      outcome: { type: 'cancelled' },
    })
    expect(framesOf(agUi(ids), eventsOfScenario('truncation')).at(-1)).to.deep.equal({
      type: 'RUN_ERROR',
      message: 'The stream ended before the answer did.',
      code: 'truncated',
    })
  })

  it('gives a call that must not be run its result, so that nobody runs it', () => {
    expect(framesOf(agUi(ids), eventsOfScenario('bad arguments')).slice(-3, -1)).to.deep.equal([
      { type: 'TOOL_CALL_END', toolCallId: 'call_a' },
      {
        type: 'TOOL_CALL_RESULT',
        messageId: 'result-call_a',
        toolCallId: 'call_a',
        role: 'tool',
        content: '{"error":"The arguments are not valid JSON, or the call has no name."}',
      },
    ])
  })

  it('goes on after any id with exactly the rest, however the deltas were joined', () => {
    const events = eventsOfScenario('single bytes')
    const whole = encode(tanstack(ids), events)
    const last = Number(/id: (\d+)\n[^\n]*\n\n$/.exec(whole)?.[1])
    expect(last).to.be.greaterThan(80)
    for (let after = 0; after <= last; after++) {
      const rest = encode(tanstack({ ...ids, after: String(after) }), events)
      // What the client has: all frames up to the id, the last one cut where the id says.
      expect(joinedDeltas(cutAt(whole, after) + rest), `after ${after}`).to.deep.equal(joinedDeltas(whole))
    }
  })

  it('cannot go on after an id that is not its own', () => {
    for (const after of ['', 'x', '-1', '1e3', '1\n2', '9'.repeat(16)])
      expect(() => tanstack({ ...ids, after }), JSON.stringify(after)).to.throw(RangeError)
    expect(() => tanstack({ ...ids, after: null })).to.not.throw()
  })
})

describe('the streams of assistant-ui', () => {
  it('as a data stream', () => {
    expect(encode(assistantUi({ messageId: 'm1' }), eventsOfScenario('bad arguments'))).to.equal(
      [
        'f:{"messageId":"m1"}',
        'b:{"toolCallId":"call_a","toolName":"weather"}',
        'c:{"toolCallId":"call_a","argsTextDelta":"{\\"city\\": Łódź"}',
        'c:{"toolCallId":"call_a","argsTextDelta":"","isFinal":true}',
        'a:{"toolCallId":"call_a","result":"The arguments are not valid JSON, or the call has no name.","isError":true}',
        'e:{"finishReason":"tool-calls","usage":{"inputTokens":0,"outputTokens":0},"isContinued":false}',
        'd:{"finishReason":"tool-calls","usage":{"inputTokens":0,"outputTokens":0}}',
        '',
      ].join('\n'),
    )
  })

  it('as the assistant transport', () => {
    const encoder = assistantUi({ format: 'assistant-transport', messageId: 'm1' })
    expect(framesOf(encoder, eventsOfScenario('truncation')).slice(-6)).to.deep.equal([
      { type: 'text-delta', path: [2], textDelta: '{"city":"Łó' },
      { type: 'tool-call-args-text-finish', path: [2] },
      { type: 'result', path: [2], result: 'The arguments were cut off.', isError: true },
      { type: 'part-finish', path: [2] },
      {
        type: 'error',
        path: [],
        error: 'The stream ended before the answer did.',
        code: 'truncated',
        severity: 'critical',
      },
      '[DONE]',
    ])
  })
})

describe('every encoder', () => {
  const all: readonly (readonly [name: string, make: () => Encoder])[] = [
    ['aiSdk', aiSdk],
    ['agUi', agUi],
    ['tanstack', tanstack],
    ['assistantUi data stream', assistantUi],
    ['assistantUi transport', () => assistantUi({ format: 'assistant-transport' })],
    ['openai', openai],
    ['text', text],
  ]

  for (const [name, make] of all) {
    it(`${name}: says nothing after the end, and nothing of an event that it does not read`, () => {
      const encoder = make()
      const events = eventsOfScenario('single bytes')
      encoder.open()
      for (const event of events)
        if (!encoder.reads.has(event.type)) expect(encoder.encode(event), event.type).to.equal('')
      encode(encoder, events)
      expect(encode(encoder, events)).to.equal('')
      expect(encoder.open()).to.equal('')
    })

    it(`${name}: tells proxies to pass everything on at once`, () => {
      const { headers } = make()
      expect(headers['cache-control']).to.equal('no-cache, no-transform')
      expect(headers['x-accel-buffering']).to.equal('no')
      expect(headers['content-type']).to.match(/^text\/(event-stream|plain); charset=utf-8$/)
      expect(Object.keys(headers).every((key) => key === key.toLowerCase())).to.equal(true)
    })
  }

  it('shows the choice that it is asked for, and no other', () => {
    const events = eventsOfMessage({ content: 'zero' }, { content: 'one' })
    for (const make of [aiSdk, agUi, assistantUi, text] as const) {
      expect(encode(make(), events)).to.include('zero').and.not.include('one"')
      expect(encode(make({ choice: 1 }), events))
        .to.include('one')
        .and.not.include('zero')
    }
  })

  it('never lets out half a character as plain text', () => {
    const encoder = text()
    const pieces = ['a\ud83d', '\udc26b', '\ud83d', '\udc26', '\ud83d'].map((delta) =>
      encoder.encode({ type: 'content.delta', choice: 0, delta }),
    )
    expect(pieces).to.deep.equal(['a', '🐦b', '', '🐦', ''])
  })
})

/** The events of a complete answer with these messages. */
function eventsOfMessage(...messages: readonly object[]): PlainEvent[] {
  const events: PlainEvent[] = []
  const assembler = new Assembler({ onEvent: (event) => events.push(event) })
  const choices = messages.map((message, index) => ({
    index,
    message: { role: 'assistant', refusal: null, ...message },
    finish_reason: 'stop',
    logprobs: null,
  }))
  assembler.writeChunk({
    id: 'c',
    created: 1,
    model: 'm',
    choices,
  } as unknown as CreateChatCompletionResponse)
  assembler.end()
  return events
}

interface IdFrame {
  readonly id: number
  readonly data: { readonly type: string; readonly delta?: string }
}

function idFramesOf(stream: string): IdFrame[] {
  return stream
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [id = '', data = ''] = frame.split('\n')
      return { id: Number(id.slice('id: '.length)), data: JSON.parse(data.slice('data: '.length)) }
    })
}

/** A stream as a client has it that has read up to an id: a frame that reaches further is cut. */
function cutAt(stream: string, id: number): string {
  const read: IdFrame[] = []
  for (const frame of idFramesOf(stream)) {
    const { delta } = frame.data
    const kept = (delta?.length ?? 1) - Math.max(0, frame.id - id)
    if (kept > 0)
      read.push(delta === undefined ? frame : { id, data: { ...frame.data, delta: delta.slice(0, kept) } })
  }
  return read.map(({ data }) => `id: 0\ndata: ${JSON.stringify(data)}\n\n`).join('')
}

/** The events with neighbouring deltas of one kind put together. */
function joinedDeltas(stream: string): object[] {
  const joined: { type: string; delta?: string }[] = []
  for (const { data } of idFramesOf(stream)) {
    const last = joined.at(-1)
    const { delta: a, ...one } = last ?? {}
    const { delta: b, ...other } = data
    if (
      last !== undefined &&
      a !== undefined &&
      b !== undefined &&
      JSON.stringify(one) === JSON.stringify(other)
    )
      joined[joined.length - 1] = { ...data, delta: a + b }
    else joined.push(data)
  }
  return joined
}

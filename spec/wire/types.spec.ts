import { expect } from 'chai'
import type {
  ChatCompletionAnnotation,
  ChatCompletionChunk,
  ChatCompletionChunkLike,
  ChatCompletionContentPart,
  ChatCompletionErrorBody,
  ChatCompletionMessageToolCall,
  ChatCompletionMessageToolCallChunk,
  ChatCompletionResponseMessage,
  ChatCompletionStreamResponseDelta,
  ChatCompletionStreamResponseDeltaLike,
  CompletionUsage,
  CreateChatCompletionResponse,
  FinishReason,
  ReasoningDetail,
  ServerSentEvent,
} from '../../lib/wire/index.ts'

// Half of each test is done by the compiler (`npm run types`): an assignment that must hold, or a
// `@ts-expect-error` that fails the build when the line below it is accepted.

/** What a caller's `writeChunk` sees. */
function deltasOf(chunk: ChatCompletionChunkLike): ChatCompletionStreamResponseDelta[] {
  // A ChatCompletionChunkLike is a ChatCompletionChunk, so nothing needs a cast on the way in.
  const read: ChatCompletionChunk = chunk
  return (read.choices ?? []).flatMap(({ delta }) => (delta ? [delta] : []))
}

describe('the types of a chunk', () => {
  it('accept a literal with nothing but a delta', () => {
    expect(deltasOf({ choices: [{ index: 0, delta: { content: 'x' } }] })).to.deep.equal([{ content: 'x' }])
  })

  it('accept fields nobody knows, on every level', () => {
    const deltas = deltasOf({ choices: [{ index: 0, delta: { mood: 'calm' }, weight: 2 }], trace: ['a'] })
    expect(deltas).to.deep.equal([{ mood: 'calm' }])
  })

  it('accept what providers leave out or send as null', () => {
    expect(
      deltasOf({ choices: null, usage: null, id: '', object: '', model: null, error: null }),
    ).to.deep.equal([])
    expect(
      deltasOf({ choices: [{ index: 0, finish_reason: null, content_filter_offsets: {} }] }),
    ).to.deep.equal([])
    const silent: ChatCompletionStreamResponseDelta = { role: null, content: null, tool_calls: null }
    expect(deltasOf({ choices: [{ delta: silent }] })).to.deep.equal([silent])
  })

  it('accept the interfaces of another package, which have no index signature', () => {
    const foreign: ForeignChunk = {
      id: 'a',
      choices: [{ index: 0, finish_reason: null, delta: { content: 'x' } }],
    }
    expect(deltasOf(foreign)).to.deep.equal([{ content: 'x' }])
    const delta: ChatCompletionStreamResponseDeltaLike = foreign.choices[0]?.delta ?? {}
    expect(delta.content).to.equal('x')
    // @ts-expect-error the reason ChatCompletionChunkLike exists
    const refused: ChatCompletionChunk = foreign
    expect(refused.id).to.equal('a')
  })

  it('refuse a known field of the wrong kind, however deep', () => {
    // @ts-expect-error content is text or parts
    expect(deltasOf({ choices: [{ delta: { content: 5 } }] })).to.have.length(1)
    // @ts-expect-error a logprob is a number
    expect(deltasOf({ choices: [{ logprobs: { content: [{ token: 'a', logprob: '0' }] } }] })).to.have.length(
      0,
    )
    // @ts-expect-error an object, not a text
    expect(deltasOf({ timings: 'fast' })).to.have.length(0)
  })

  it('give fields nobody knows as unknown, not any', () => {
    const delta: ChatCompletionStreamResponseDelta = { mood: 'calm' }
    // @ts-expect-error unknown must be checked before it is used
    const mood: string = delta.mood
    expect(mood).to.equal('calm')
  })

  it('know that arguments may be an object and an index text', () => {
    const call: ChatCompletionMessageToolCallChunk = { index: '0', function: { arguments: { city: 'Rome' } } }
    expect(deltasOf({ choices: [{ delta: { tool_calls: [call] } }] })).to.have.length(1)
    // @ts-expect-error so it is not always text
    const text: string = call.function?.arguments
    expect(text).to.deep.equal({ city: 'Rome' })
  })
})

interface ForeignChunk {
  id: string
  choices: { index: number; finish_reason: 'stop' | null; delta: ForeignDelta }[]
}

interface ForeignDelta {
  content?: string | null
  tool_calls?: { index: number; id?: string; type?: 'function'; function?: { name?: string } }[]
}

describe('the types of a completion', () => {
  const message: ChatCompletionResponseMessage = { role: 'assistant', content: 'Hi', refusal: null }

  it('need what every completion has, and nothing else', () => {
    const completion: CreateChatCompletionResponse = {
      id: 'a',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message, finish_reason: null, logprobs: null }],
    }
    expect(completion.choices[0]?.message.content).to.equal('Hi')
    // @ts-expect-error no id
    const anonymous: CreateChatCompletionResponse = {
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [],
    }
    expect(anonymous).not.to.have.property('id')
    // @ts-expect-error no refusal
    const unrefused: ChatCompletionResponseMessage = { role: 'assistant', content: null }
    expect(unrefused).not.to.have.property('refusal')
    // @ts-expect-error a chunk is not a completion
    const object: CreateChatCompletionResponse['object'] = 'chat.completion.chunk'
    expect(object).not.to.equal(completion.object)
  })

  it('keep each reasoning key and the parts of content', () => {
    const parts: ChatCompletionContentPart[] = [{ type: 'text', text: 'Hi' }]
    const rich: ChatCompletionResponseMessage = {
      ...message,
      content: parts,
      reasoning: 'a',
      reasoning_content: 'a',
    }
    // @ts-expect-error content may be parts, so it has to be looked at
    const text: string | null = rich.content
    expect(text).to.equal(parts)
  })

  it('leave finish reasons and roles open, and a tool call closed', () => {
    const reasons: FinishReason[] = ['stop', 'eos', 'invented_tomorrow']
    expect(reasons).to.have.length(3)
    const call: ChatCompletionMessageToolCall = { id: 'c', type: 'custom', custom: { name: 'f', input: 'x' } }
    const named = (one: ChatCompletionMessageToolCall): string =>
      one.type === 'function' ? one.function.name : one.custom.name
    expect(named(call)).to.equal('f')
    // @ts-expect-error a function call has a function
    const empty: ChatCompletionMessageToolCall = { id: 'c', type: 'function' }
    expect(empty.function).to.equal(undefined)
  })

  it('keep usage nobody knows beside the usage everybody knows', () => {
    const usage: CompletionUsage = { total_tokens: 3, completion_tokens_details: null, moon_tokens: 7 }
    const total: number = usage.total_tokens ?? 0
    // @ts-expect-error unknown must be checked before it is used
    const moon: number = usage.moon_tokens
    expect(total + moon).to.equal(10)
  })
})

describe('unions with a member for what nobody knows', () => {
  it('keep the types of known fields when narrowed', () => {
    const textOf = (detail: ReasoningDetail): string =>
      (detail.type === 'reasoning.text'
        ? detail.text
        : detail.type === 'reasoning.summary'
          ? detail.summary
          : '') ?? ''
    expect(textOf({ type: 'reasoning.text', text: 'a', signature: 's', index: 0 })).to.equal('a')
    expect(textOf({ type: 'reasoning.summary', summary: 'b' })).to.equal('b')
    expect(textOf({ type: 'reasoning.invented', ink: 1 })).to.equal('')

    const thoughts = (part: ChatCompletionContentPart): number =>
      part.type === 'thinking' ? (part.thinking?.length ?? 0) : 0
    expect(thoughts({ type: 'thinking', thinking: [{ type: 'reference', reference_ids: [1] }] })).to.equal(1)

    const linkOf = (note: ChatCompletionAnnotation): string | undefined =>
      note.type === 'url_citation' ? note.url_citation?.url : undefined
    expect(linkOf({ type: 'url_citation', url_citation: { url: 'https://a.example' } })).to.equal(
      'https://a.example',
    )
  })

  it('carry errors as object and as text', () => {
    const bodies: ChatCompletionErrorBody[] = [
      { error: 'overloaded', code: 'x' },
      { error: { message: 'no', code: 429 } },
    ]
    const texts = bodies.map(({ error }) => (typeof error === 'string' ? error : error.message))
    expect(texts).to.deep.equal(['overloaded', 'no'])
  })

  it('let a frame be nothing but its data', () => {
    const frame: ServerSentEvent = { data: '[DONE]' }
    const fromParser: ServerSentEvent = { data: '', event: undefined, id: undefined }
    // @ts-expect-error a frame without data is never dispatched
    const comment: ServerSentEvent = { event: 'ping' }
    expect([frame.event, fromParser.event, comment.event]).to.deep.equal([undefined, undefined, 'ping'])
  })
})

import { expect } from 'chai'
import { Assembler, type AssemblyResult, type CreateChatCompletionResponse } from '../../lib/core.ts'
import { type OpenAiOptions, openai } from '../../lib/ui.ts'
import { bytesOf, type Fixture, fixtureNamed, fixtures } from '../fixtures/index.ts'

interface Proxied {
  readonly result: AssemblyResult
  /** The reasoning that was told, put together. */
  readonly reasoning: string
  readonly text: string
}

/** Folds a provider's stream and writes it again as OpenAI would have. */
function proxy(fixture: Fixture, options?: OpenAiOptions): Proxied {
  const encoder = openai({ contentParts: true, ...options })
  let text = ''
  let reasoning = ''
  const assembler = new Assembler({
    ...fixture.options,
    onEvent: (event) => {
      text += encoder.encode(event)
      if (event.type === 'reasoning.delta' && event.choice === 0) reasoning += event.delta
    },
  })
  assembler.write(bytesOf(fixture))
  return { result: assembler.end(), reasoning, text }
}

function fold(text: string): AssemblyResult {
  const assembler = new Assembler()
  assembler.write(text)
  return assembler.end()
}

const reasoningKeys = new Set(['reasoning', 'reasoning_content', 'reasoning_text'])

/** What must not differ: reasoning has a key of its own choosing, and an answer is given a reason to be complete. */
function comparable({ choices, ...envelope }: CreateChatCompletionResponse): object {
  return {
    ...envelope,
    choices: choices.map(({ finish_reason: _, message, ...choice }) => ({
      ...choice,
      message: Object.fromEntries(
        Object.entries(message)
          .filter(([key, value]) => value !== '' && value !== null && !reasoningKeys.has(key))
          .map(([key, value]) => [key, key === 'tool_calls' ? byId(value) : value]),
      ),
    })),
  }
}

/** Calls are numbered as they came; a provider may number them otherwise. */
function byId(calls: unknown): unknown {
  return Array.isArray(calls) ? calls.toSorted((a, b) => String(a.id).localeCompare(String(b.id))) : calls
}

describe('a stream passed on in the chunks of OpenAI', () => {
  it('folds to the same completion, for every fixture', () => {
    for (const fixture of fixtures) {
      const { result, text } = proxy(fixture)
      expect(comparable(fold(text).completion), fixture.name).to.deep.equal(comparable(result.completion))
    }
  })

  it('ends as it ended: complete, or with an error', () => {
    for (const fixture of fixtures) {
      const { result, text } = proxy(fixture)
      expect(fold(text).status, fixture.name).to.equal(result.status === 'complete' ? 'complete' : 'errored')
    }
  })

  for (const [reasoningField, keys] of [
    ['reasoning_content', ['reasoning_content']],
    ['reasoning', ['reasoning']],
    ['both', ['reasoning', 'reasoning_content']],
  ] as const) {
    it(`has all reasoning under ${keys.join(' and ')} if asked, whatever the provider called it`, () => {
      let count = 0
      for (const fixture of fixtures) {
        const { reasoning, text } = proxy(fixture, { reasoningField })
        if (reasoning === '') continue
        count++
        const message = fold(text).completion.choices.find(({ index }) => index === 0)?.message
        for (const key of keys) expect(message?.[key], `${fixture.name} ${key}`).to.equal(reasoning)
      }
      expect(count).to.be.greaterThan(30)
    })
  }

  it('says role, name and id once, the finish reason once, and the usage after it', () => {
    const { text } = proxy(fixtureNamed('openai-parallel-calls'))
    const chunks = text
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map((frame) => JSON.parse(frame.slice('data: '.length)))
    const deltas = chunks.flatMap(({ choices }) => choices)
    expect(deltas.filter(({ delta }) => 'role' in delta)).to.have.length(1)
    const calls = deltas.flatMap(({ delta }) => delta.tool_calls ?? [])
    for (const key of ['id', 'type'])
      expect(calls.filter((call) => key in call)).to.have.length(
        new Set(calls.map(({ index }) => index)).size,
      )
    expect(calls.map((call) => call.function.name).filter(Boolean)).to.deep.equal(['brew', 'fetch_cup'])
    expect(deltas.filter(({ finish_reason }) => finish_reason !== null)).to.have.length(1)
    expect(deltas.at(-1).finish_reason).to.equal('tool_calls')
    expect(text.endsWith('data: [DONE]\n\n')).to.equal(true)
  })

  it('has no part of a content that is no text, unless asked: the client would print [object Object]', () => {
    const fixture = fixtureNamed('mistral-string-then-thinking-then-string')
    const { text, reasoning } = proxy(fixture, { contentParts: false })
    const message = fold(text).completion.choices[0]?.message
    expect(message?.content).to.be.a('string')
    expect(message?.reasoning_content).to.equal(reasoning)
    expect(reasoning).to.not.equal('')
  })

  it('does not pass on the words of a provider that failed, unless asked', () => {
    const fixture = fixtureNamed('openrouter-error-chunk-then-usage')
    const { result, text } = proxy(fixture)
    const words = result.error?.upstream?.message ?? ''
    expect(words).to.not.equal('')
    expect(text).to.not.include(words)
    expect(proxy(fixture, { errorText: (error) => error.upstream?.message ?? '' }).text).to.include(words)
  })
})

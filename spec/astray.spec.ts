import { expect } from 'chai'
import { begun, call, calls, choice, DONE, delta, type Fields, finish, frame } from './cases/inputs.ts'
import { piecesOf } from './helpers/cuts.ts'
import { broken, identitiesOf, namesOf } from './helpers/growth.ts'
import { expectNoMismatches, mismatchesOf } from './helpers/mismatches.ts'
import { plainCompletion, replay } from './helpers/replay.ts'
import { toldOfFields } from './helpers/told.ts'
import { type Watched, watch } from './helpers/watch.ts'

/**
 * The invariants where generated streams do not go, because no provider was seen to send it: chunks of which one
 * half is right, identities that come late or twice, calls that are settled before the stream is.
 */

const watchText = (text: string): Watched => watch(piecesOf(new TextEncoder().encode(text), 16), {})

/** Everything of the result was told: the deltas add up, and the events make the same completion again. */
function expectAllTold(text: string): void {
  const { events, result } = watchText(text)
  const { deltas, done } = toldOfFields(events)
  expect(Object.fromEntries(deltas)).to.deep.equal(Object.fromEntries(done))
  const [told, folded] = [replay(events), result].map(plainCompletion)
  expectNoMismatches(mismatchesOf('events', 'completion', folded, told))
}

/** What said what something is, and then said something else. */
function changedIdentities(text: string): string[] {
  const { snapshots } = watchText(text)
  return snapshots
    .slice(1)
    .flatMap((after, i) => [
      ...broken(identitiesOf(snapshots[i]), identitiesOf(after), (value, next) => value === next),
      ...broken(namesOf(snapshots[i]), namesOf(after), (value, next) => next.startsWith(value)),
    ])
}

describe('a chunk of which one half is wrong', () => {
  const good = call({ index: 0, id: 'a' }, 'f', '{}')
  const halves: readonly (readonly [string, Fields])[] = [
    ['a text before a role that is none', { content: 'x', role: 5 }],
    ['a part before one that is none', { content: [{ type: 'text', text: 'x' }, 5] }],
    ['reasoning before a content that is none', { reasoning: 'x', content: 5 }],
    ['a call before one that is none', { tool_calls: [good, 5] }],
    ['a call before one with an index that is none', { tool_calls: [good, call({ index: 0.5 }, 'g', '{}')] }],
    ['a refusal before calls that are none', { refusal: 'x', tool_calls: 5 }],
  ]
  for (const [what, half] of halves) {
    it(`is told as far as it was taken: ${what}`, () => expectAllTold(begun + delta(half)))
  }

  it('is told as far as it was taken: calls up to the limit', () => {
    const many = Array.from({ length: 129 }, (_, index) => call({ index, id: `id_${index}` }, 'f', '{}'))
    expectAllTold(begun + calls(...many))
  })

  it('is told as far as it was taken: a text beside a finish reason that is none', () => {
    expectAllTold(begun + choice({ delta: { content: 'x' }, finish_reason: 5 }))
  })

  it('leaves no trace of what was not taken', () => {
    for (const content of [5, ['x'], [{ text: 'x' }]]) {
      const { result } = watchText(delta({ role: 'assistant' }) + delta({ content }))
      expect(result.completion.choices[0]?.message.content, JSON.stringify(content)).to.equal(null)
    }
  })
})

describe('frames that are glued together', () => {
  it('are taken up to the first that is none', () => {
    for (const line of ['data: 5', 'data: ["x"]']) {
      const { result } = watchText(`${begun.trimEnd()}\n${delta({ content: 'lo' }).trimEnd()}\n${line}\n\n`)
      expect(result.error?.code).to.equal('bad_chunk')
      expect(result.completion.choices[0]?.message.content).to.equal('Hello')
    }
  })

  it('are taken up to the first that cannot be merged', () => {
    const { result } = watchText(`${begun.trimEnd()}\n${frame({ choices: 5 })}`)
    expect([result.error?.code, result.completion.choices[0]?.message.content]).to.deep.equal([
      'bad_type',
      'Hel',
    ])
  })
})

describe('an identity', () => {
  it('of a call is its id, also where another call has the same and its name comes later', () => {
    const text = calls(call({ index: 0, id: 'a' }, 'f', '{}')) + calls({ index: 1, id: 'a' })
    expect(changedIdentities(text + calls(call({ index: 1 }, 'g', '{}')))).to.deep.equal([])
  })

  it('of a call is its type, also where it comes after its name', () => {
    const text = calls(call({ index: 0, id: 'a' }, 'f', ''))
    expect(
      changedIdentities(text + calls({ ...call({ index: 0 }, undefined, 'x'), type: 'custom' })),
    ).to.deep.equal([])
  })
})

describe('a call that was told as done', () => {
  const first = calls(call({ index: 0, id: 'a' }, 'f', '{"x":1}'))
  const second = calls(call({ index: 1, id: 'b' }, 'g', '{"y"'))
  const ends: readonly (readonly [string, string])[] = [
    ['a stream that is cut', ''],
    ['a finish reason that says it was cut', finish('length') + DONE],
    ['a content filter', finish('content_filter') + DONE],
    ['an error of the provider', frame({ error: { message: 'gone' } })],
  ]
  for (const [what, end] of ends) {
    it(`keeps its arguments and is partial in the result, behind it ${what}: the call was whole, the answer not`, () => {
      const { events, result } = watchText(first + second + end)
      const told = events.find((event) => event.type === 'tool_calls.done')
      expect(told).to.include({ id: 'a', state: 'complete', arguments: '{"x":1}' })
      expect(result.toolCalls[0]).to.include({ id: 'a', state: 'partial', arguments: '{"x":1}' })
    })
  }
})

import { expect } from 'chai'
import { Assembler } from '../../lib/core.ts'
import { finishOf, usageOf } from '../../lib/ui/finish.ts'
import { bytesOf, fixtures } from '../fixtures/index.ts'

const call = { index: 0, id: 'call_1', function: { name: 'tool', arguments: '{}' } }

function finishAs(finish_reason: string | null, delta: object = { content: 'a' }) {
  const assembler = new Assembler()
  assembler.writeChunk({ choices: [{ index: 0, delta, finish_reason }] })
  assembler.writeFrame({ data: '[DONE]' })
  return finishOf(assembler.end(), 0)
}

describe('why an answer ended, as a page is told', () => {
  const rows: readonly (readonly [string | null, string])[] = [
    ['stop', 'stop'],
    ['eos', 'stop'],
    ['length', 'length'],
    ['model_length', 'length'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['a reason of tomorrow', 'other'],
    ['constructor', 'other'],
    [null, 'stop'],
  ]
  for (const [reason, meaning] of rows)
    it(`${reason} is ${meaning}`, () => expect(finishAs(reason)).to.equal(meaning))

  it('is tool-calls where there are calls to run, though the provider says stop, or nothing', () => {
    for (const reason of ['stop', 'eos', null])
      expect(finishAs(reason, { tool_calls: [call] })).to.equal('tool-calls')
    expect(finishAs('length', { tool_calls: [call] })).to.equal('length')
  })

  it('counts tokens as the provider did, for every fixture that has them', () => {
    let count = 0
    for (const fixture of fixtures) {
      const assembler = new Assembler(fixture.options)
      assembler.write(bytesOf(fixture))
      const result = assembler.end()
      const { usage } = result.completion
      if (usage === undefined) {
        expect(usageOf(result), fixture.name).to.equal(undefined)
        continue
      }
      count++
      const told = usageOf(result)
      expect(told?.inputTokens, fixture.name).to.equal(usage.prompt_tokens ?? 0)
      expect(told?.outputTokens, fixture.name).to.equal(usage.completion_tokens ?? 0)
      expect(Number.isSafeInteger(told?.totalTokens), fixture.name).to.equal(true)
    }
    expect(count).to.be.greaterThan(30)
  })
})

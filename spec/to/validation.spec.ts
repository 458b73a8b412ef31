import { type } from 'arktype'
import { expect } from 'chai'
import * as v from 'valibot'
import { z } from 'zod'
import { type AssembledToolCall, type StandardSchema, validateToolCall } from '../../lib/core.ts'

const call: AssembledToolCall = {
  choice: 0,
  index: 0,
  id: 'a',
  type: 'function',
  name: 'weather',
  arguments: '{"city":"Oslo"}',
  value: { city: 'Oslo' },
  state: 'complete',
}
const wrong: AssembledToolCall = { ...call, arguments: '{"city":5}', value: { city: 5 } }

const schemas: readonly (readonly [string, StandardSchema<{ city: string }>])[] = [
  ['zod', z.object({ city: z.string() })],
  ['valibot', v.object({ city: v.string() })],
  ['arktype', type({ city: 'string' })],
]

describe('a tool call judged by a schema', () => {
  for (const [name, schema] of schemas) {
    it(`of ${name} has the typed value where the schema agrees`, async () => {
      const judged = await validateToolCall(call, schema)
      if (judged.state !== 'complete') return expect.fail(judged.state)
      const city: string = judged.value.city
      expect(city).to.equal('Oslo')
      // @ts-expect-error the value has the schema's type
      expect(judged.value.country).to.equal(undefined)
    })

    it(`of ${name} is invalid, with the issues, where it does not`, async () => {
      const judged = await validateToolCall(wrong, schema)
      expect(judged.state).to.equal('invalid')
      expect(judged).not.to.have.property('value')
      expect('issues' in judged && judged.issues?.length).to.equal(1)
    })
  }

  it('stays partial if it was cut: no schema is asked', () => {
    const cut: AssembledToolCall = { ...call, state: 'partial' }
    const never: StandardSchema<never> = {
      '~standard': { version: 1, validate: () => expect.fail('asked') },
    }
    expect(validateToolCall(cut, never)).to.include({ state: 'partial', id: 'a' })
  })

  it('has the value that the schema makes of it', async () => {
    const upper = z.object({ city: z.string().transform((city) => city.toUpperCase()) })
    expect(await validateToolCall(call, upper)).to.deep.include({
      state: 'complete',
      value: { city: 'OSLO' },
    })
  })

  it('is given at once by a schema that is synchronous, later by one that is not', () => {
    expect(validateToolCall(call, z.object({ city: z.string() }))).not.to.be.an.instanceOf(Promise)
    const later = v.objectAsync({
      city: v.pipeAsync(
        v.string(),
        v.checkAsync(async () => true),
      ),
    })
    expect(validateToolCall(call, later)).to.be.an.instanceOf(Promise)
  })
})

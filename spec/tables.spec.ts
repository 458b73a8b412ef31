import { inspect } from 'node:util'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  Assembler,
  type AssemblerOptions,
  type AssemblyResult,
  diagnosticTable,
  errorTable,
  type Limits,
  limitTable,
} from '../lib/core.ts'
import { fieldTables } from '../lib/merge/fields.ts'
import { diagnosticCases } from './cases/diagnostics.ts'
import { errorCases } from './cases/errors.ts'
import { delta } from './cases/inputs.ts'
import { type LimitCase, limitCases } from './cases/limits.ts'
import { fixtures } from './fixtures/index.ts'
import { piecesOf } from './helpers/cuts.ts'
import { differenceOfFolds, fold } from './helpers/events.ts'
import { isObject, objectOf } from './helpers/reference/values.ts'
import { arbitraryStream, runs } from './helpers/streams.ts'
import { keysOnWire } from './helpers/wire-keys.ts'

const encoder = new TextEncoder()
const bytesOf = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? encoder.encode(body) : body

describe('the table of errors', () => {
  it('has a case for every code, and no other', () => {
    expect(Object.keys(errorCases)).to.have.members(Object.keys(errorTable))
  })

  for (const [code, row] of Object.entries(errorTable)) {
    it(`${code}: ${row.fact}`, async () => {
      const wanted = errorCases[code]
      const result = await wanted?.fold()
      expect(result?.error?.code).to.equal(code)
      expect(result?.status).to.equal(wanted?.status ?? 'errored')
      expect(result?.error?.stage).to.equal(row.stage)
      expect(result?.error?.message).to.equal(`${row.fact} ${row.help}`)
      const content = result?.completion.choices[0]?.message.content
      expect(content, 'what came before').to.equal(wanted?.isBeforeTheAnswer ? undefined : 'Hel')
    })
  }

  it('says a fact and what helps, each a sentence', () => {
    for (const [code, { fact, help }] of Object.entries(errorTable)) {
      expect(fact, code).to.match(/^[A-Z].+\.$/)
      expect(help, code).to.match(/^[A-Z].+\.$/)
    }
  })
})

describe('the table of diagnostics', () => {
  it('has a case for every code, and no other', () => {
    expect(Object.keys(diagnosticCases)).to.have.members(Object.keys(diagnosticTable))
  })

  for (const [code, message] of Object.entries(diagnosticTable)) {
    it(`${code}: ${message}`, () => {
      const { body, options } = diagnosticCases[code] ?? { body: '' }
      const whole = fold([bytesOf(body)], options)
      const found = whole.result.diagnostics.find((diagnostic) => diagnostic.code === code)
      expect(found).to.include({ code, message, count: 1 })
      expect(whole.events.filter((event) => event.includes(`"code":"${code}"`)).length, 'told once').to.equal(
        1,
      )
      expect(differenceOfFolds(whole, fold(piecesOf(bytesOf(body), 1), options))).to.equal(undefined)
    })
  }
})

describe('the table of limits', () => {
  for (const [name, row] of Object.entries(limitCases)) {
    it(`${name}: one below, at it and one above, in one piece and byte by byte`, () => {
      for (const size of [row.limit - 1, row.limit, row.limit + 1]) {
        const bytes = encoder.encode(row.measuring(size))
        const options: AssemblerOptions = { [name]: row.limit }
        const whole = fold([bytes], options)
        expect(row.read(whole.result), `size ${size}`).to.deep.equal(row.expected(size, row.limit))
        expect(differenceOfFolds(whole, fold(piecesOf(bytes, 1), options)), `size ${size}`).to.equal(
          undefined,
        )
      }
    })

    it(`${name}: Infinity is no limit, 0 is one, and nonsense is refused at once`, () => {
      const free = foldWith(row, { [name]: Number.POSITIVE_INFINITY })
      expect(row.read(free)).to.deep.equal(row.expected(row.limit + 1, Number.POSITIVE_INFINITY))
      expect(() => new Assembler({ [name]: 0 })).to.not.throw()
      for (const nonsense of [-1, Number.NaN, Number.NEGATIVE_INFINITY, '5', {}, true]) {
        expect(() => new Assembler({ [name]: nonsense })).to.throw(RangeError, name)
      }
    })
  }

  it('maxJsonDepth counts the list that an unknown field is, as it counts an object', () => {
    const notes = (value: unknown): unknown => {
      const { result } = fold([encoder.encode(delta({ notes: value }))], { maxJsonDepth: 2 })
      return result.completion.choices[0]?.message.notes
    }
    expect([notes({ a: {} }), notes([[]])]).to.deep.equal([{ a: {} }, [[]]])
    expect([notes({ a: { b: {} } }), notes([[[]]])]).to.deep.equal([undefined, []])
  })

  it('has a case, a default and a reason for every limit', () => {
    expect(Object.keys(limitCases)).to.have.members(Object.keys(limitTable))
    for (const { value, reason } of Object.values(limitTable)) {
      expect(value).to.be.greaterThan(0)
      expect(reason.length).to.be.greaterThan(20)
    }
  })
})

function foldWith(row: LimitCase, options: Partial<Limits>): AssemblyResult {
  const assembler = new Assembler(options)
  assembler.write(row.measuring(row.limit + 1))
  return assembler.end()
}

describe('the tables of fields', () => {
  const onWire = keysOnWire(fixtures)
  const tables = fieldTables()

  for (const level of ['chunk', 'choice', 'delta'] as const) {
    it(`of a ${level} name fields that occur there in a fixture`, () => {
      const unseen = [...tables[level].keys()].filter((key) => !onWire[level].has(key))
      expect(unseen).to.deep.equal([])
    })
  }
})

describe('errors and diagnostics', () => {
  const SECRET = 'sk-SECRET-do-not-log'

  /** The same with the secret in every text. */
  function marked(value: unknown): unknown {
    if (typeof value === 'string') return value + SECRET
    if (Array.isArray(value)) return value.map(marked)
    if (!isObject(value)) return value
    return objectOf(Object.entries(value).map(([key, inner]) => [key, marked(inner)] as const))
  }

  it('never hold what the model or the caller said', () => {
    const property = fc.property(arbitraryStream(), fc.nat(99), ({ chunks, options, trouble }, place) => {
      const assembler = new Assembler({ ...options, maxMessageBytes: 2000 + place * 20 })
      for (const [at, chunk] of chunks.entries()) {
        assembler.write(`data: ${JSON.stringify(at % 3 === 0 ? chunk : marked(chunk))}\n\n`)
      }
      if (trouble !== 'none') assembler.write(`data: ${SECRET} {"content":"${SECRET}\n\n`)
      const { error, diagnostics } = assembler.end()
      // What the provider said of its error is handed on, in a place of its own.
      const { upstream, ...own } = JSON.parse(JSON.stringify(error ?? {}))
      expect(JSON.stringify([own, diagnostics, error?.message])).to.not.include('SECRET')
      expect(String(error?.stack)).to.not.include('SECRET')
      if (upstream === undefined) expect(inspect(error)).to.not.include('SECRET')
    })
    fc.assert(property, runs(300))
  })
})

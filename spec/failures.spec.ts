import { expect } from 'chai'
import fc from 'fast-check'
import { Assembler, type AssemblerOptions, type AssemblyEvent, type AssemblyResult } from '../lib/core.ts'
import { bytesOf, fixtures } from './fixtures/index.ts'
import { breakingChunk } from './helpers/defect.ts'
import { broken, textsOf } from './helpers/growth.ts'
import { expectNoMismatches, mismatchesOf } from './helpers/mismatches.ts'
import { isObject, type JsonObject, list } from './helpers/reference/values.ts'
import { arbitraryStream, runs } from './helpers/streams.ts'

/** Invariant 8: whatever goes wrong, everything before it is in the result. */

const frame = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`
const choice = (fields: JsonObject): string => frame({ choices: [{ index: 0, ...fields }] })

/** What may go wrong after some chunks, and how the result calls it. */
interface Trouble {
  readonly name: string
  readonly status: AssemblyResult['status']
  readonly error: string
  readonly happen: (assembler: Assembler) => AssemblyResult
}

const written = (name: string, error: string, text: string): Trouble => ({
  name,
  status: 'errored',
  error,
  happen: (assembler) => {
    assembler.write(text)
    return assembler.end()
  },
})

const troubles: readonly Trouble[] = [
  written('bad JSON', 'bad_json', 'data: {"choices":[{"index":0,"delta":{"content":"never"\n\n'),
  written('JSON that is no object', 'bad_chunk', 'data: ["never"]\n\n'),
  written('choices that are no list', 'bad_type', frame({ choices: 'never' })),
  written('a content that is a number', 'bad_type', choice({ delta: { content: 5 } })),
  written('calls that are no list', 'bad_type', choice({ delta: { tool_calls: {} } })),
  written('a delta that is a text', 'bad_type', choice({ delta: 'never' })),
  written('an index that is a fraction', 'bad_index', frame({ choices: [{ index: 0.5, delta: {} }] })),
  written('a choice too many', 'limit_choices', frame({ choices: [{ index: 128, delta: {} }] })),
  written('an error of the provider', 'upstream_error', frame({ error: { message: 'gone' } })),
  written('an error event', 'upstream_error', 'event: error\ndata: gone\n\n'),
  {
    name: 'a lost connection',
    status: 'errored',
    error: 'transport',
    happen: (assembler) => assembler.fail(new Error('reset')),
  },
  {
    name: 'a defect of ours',
    status: 'errored',
    error: 'internal',
    happen: (assembler) => {
      assembler.writeChunk(breakingChunk(new TypeError('defect')))
      return assembler.end()
    },
  },
  {
    name: 'a caller who has gone',
    status: 'aborted',
    error: 'aborted',
    happen: (assembler) => assembler.abort('gone'),
  },
]

function foldChunks(chunks: readonly JsonObject[], options: AssemblerOptions): Assembler {
  const assembler = new Assembler(options)
  for (const chunk of chunks) assembler.write(frame(chunk))
  return assembler
}

const isFirstChoice = (entry: unknown): boolean => isObject(entry) && (entry.index ?? 0) === 0

/** The first chunks of a whole answer: enough that choice 0 has begun. */
const beginnings = fc
  .tuple(arbitraryStream(), fc.nat(999))
  .filter(([{ whole }]) => whole)
  .map(([{ chunks, options }, place]) => {
    const begun = chunks.findIndex(({ choices }) => list(choices).some(isFirstChoice)) + 1
    const count = begun + (place % (chunks.length - begun + 1))
    return {
      chunks: chunks.slice(0, count),
      options: options.choices === 1 ? { choices: options.choices } : {},
    }
  })

describe('whatever goes wrong, everything before it is in the result', function () {
  this.timeout(120_000)

  for (const { name, status, error, happen } of troubles) {
    it(name, () => {
      const property = fc.property(beginnings, ({ chunks, options }) => {
        fc.pre(error !== 'bad_index' && error !== 'limit_choices' ? true : options.choices === undefined)
        const before = foldChunks(chunks, options).abort().completion
        const result = happen(foldChunks(chunks, options))
        expect([result.status, result.error?.code]).to.deep.equal([status, error])
        expectNoMismatches(mismatchesOf(name, 'completion', before, result.completion))
        expect(result.error?.partial).to.equal(result.completion)
      })
      fc.assert(property, runs(60))
    })
  }

  it('a stream larger than allowed, at any byte', () => {
    for (const fixture of fixtures.filter((_, i) => i % 6 === 0)) {
      const bytes = bytesOf(fixture)
      for (let at = 1; at < bytes.length; at += 13) {
        const upTo = new Assembler(fixture.options)
        upTo.write(bytes.subarray(0, at))
        if (upTo.closed) break
        const limited = new Assembler({ ...fixture.options, maxStreamBytes: at })
        limited.write(bytes)
        const { error, completion } = limited.end()
        expect(error?.code).to.be.oneOf(['limit_stream', 'upstream_error', 'finish_error'])
        expect(JSON.stringify(completion)).to.equal(JSON.stringify(upTo.abort().completion))
      }
    }
  })

  it('an end after any byte of any fixture is no surprise: never complete before it is, nothing lost', () => {
    for (const fixture of fixtures) {
      const bytes = bytesOf(fixture)
      const assembler = new Assembler(fixture.options)
      for (let at = 0; at < bytes.length && !assembler.closed; at += 1) {
        assembler.write(bytes.subarray(at, at + 1))
        if (at % 29 !== 0) continue
        const cut = new Assembler(fixture.options)
        cut.write(bytes.subarray(0, at + 1))
        const before = textsOf(assembler.snapshot())
        const { completion, status, toolCalls } = cut.end()
        const lost = broken(before, textsOf(completion), (text, next) => next.startsWith(text))
        expect(lost, `${fixture.name} cut after byte ${at}`).to.deep.equal([])
        if (status !== 'complete') expect(toolCalls.filter(({ state }) => state === 'complete')).to.be.empty
      }
    }
  })
})

describe('of several failures the first one counts', () => {
  const error = frame({ error: { message: 'first', code: 'one' } })
  const rows: readonly (readonly [string, (assembler: Assembler) => AssemblyResult])[] = [
    [
      'a second error of the provider',
      (assembler) => writing(assembler, frame({ error: { message: 'second' } })),
    ],
    ['bad JSON', (assembler) => writing(assembler, 'data: {oops\n\n')],
    [
      'a finish reason that is an error',
      (assembler) => writing(assembler, choice({ delta: {}, finish_reason: 'error' })),
    ],
    ['[DONE]', (assembler) => writing(assembler, 'data: [DONE]\n\n')],
    ['the end of the input', (assembler) => assembler.end()],
    ['a lost connection', (assembler) => assembler.fail(new Error('reset'))],
  ]
  const writing = (assembler: Assembler, text: string): AssemblyResult => {
    assembler.write(text)
    return assembler.end()
  }
  for (const [what, happen] of rows) {
    it(`an error of the provider, and behind it ${what}`, () => {
      const assembler = new Assembler()
      assembler.write(error)
      const { status, error: told } = happen(assembler)
      expect([status, told?.code, told?.upstream?.message, told?.at]).to.deep.equal([
        'errored',
        'upstream_error',
        'first',
        { frame: 1, byte: 0 },
      ])
    })
  }

  it('a caller who has gone counts: nobody waits for the rest', () => {
    const assembler = new Assembler()
    assembler.write(error)
    expect(assembler.abort('gone').status).to.equal('aborted')
  })
})

describe('a listener that throws', () => {
  const thrown = new Error('listener')

  /** The fold of a fixture whose listener throws at its nth call. */
  function foldThrowing(bytes: Uint8Array, options: AssemblerOptions, nth: number) {
    const seen: AssemblyEvent[] = []
    const assembler = new Assembler({
      ...options,
      onEvent: (event) => {
        seen.push(event)
        if (seen.length === nth) throw thrown
      },
    })
    assembler.write(bytes)
    return { result: assembler.end(), seen }
  }

  it('at any call ends the stream as errored, keeps the cause, and is told the end', () => {
    for (const fixture of fixtures.filter((_, i) => i % 4 === 0)) {
      const bytes = bytesOf(fixture)
      const whole = foldThrowing(bytes, fixture.options ?? {}, 0)
      for (let nth = 1; nth < whole.seen.length; nth += 1) {
        const { result, seen } = foldThrowing(bytes, fixture.options ?? {}, nth)
        const what = `${fixture.name}, call ${nth}`
        expect(result.status, what).to.equal('errored')
        // An error that the provider reported before is the first one.
        if (result.error?.code === 'listener') expect(result.error.cause, what).to.equal(thrown)
        else expect(result.error?.code, what).to.equal(whole.result.error?.code)
        expect(seen.filter(({ type }) => type === 'end').length, what).to.equal(1)
        expect(seen.at(-1)?.type, what).to.equal('end')
        expect(seen.slice(0, nth).map(({ type }) => type)).to.deep.equal(
          whole.seen.slice(0, nth).map(({ type }) => type),
        )
      }
      const last = foldThrowing(bytes, fixture.options ?? {}, whole.seen.length)
      expect(JSON.stringify(last.result), 'the end event changes nothing').to.equal(
        JSON.stringify(whole.result),
      )
    }
  })
})

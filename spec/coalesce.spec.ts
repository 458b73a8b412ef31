import { expect } from 'chai'
import fc from 'fast-check'
import { Assembler, type AssemblerOptions, type AssemblyEvent } from '../lib/core.ts'
import { cutAnywhere } from './helpers/cut-streams.ts'
import { plainEvent } from './helpers/events.ts'
import { expectNoMismatches, mismatchesOf } from './helpers/mismatches.ts'
import { plainCompletion, replay } from './helpers/replay.ts'
import { arbitraryRepetitiveStream } from './helpers/streams/repetitive.ts'
import { arbitraryStream, runs } from './helpers/streams.ts'
import { compareWays, nothingCompared, sumOf } from './helpers/template.ts'
import { toldOfFields } from './helpers/told.ts'
import { watch } from './helpers/watch.ts'

const encoder = new TextEncoder()
type Delta = Readonly<Record<string, unknown>>

function frame(...deltas: readonly Delta[]): string {
  const choices = deltas.map((delta, index) => ({ index, delta, finish_reason: null }))
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices })}\n\n`
}

const call = (index: number, fields: Delta, inner: Delta): Delta => ({
  tool_calls: [{ index, ...fields, function: inner }],
})
const begin = (index: number): Delta => call(index, { id: `call_${index}` }, { name: 'f', arguments: '' })
const args = (index: number, text: string): Delta => call(index, {}, { arguments: text })

/** What a write tells, without the events of an end. */
function told(
  writes: readonly (readonly string[])[],
  options: AssemblerOptions = { coalesce: true },
): string[][] {
  const lines: string[][] = []
  const assembler = new Assembler({ ...options, onEvent: (event) => lines.at(-1)?.push(lineOf(event)) })
  for (const frames of writes) {
    lines.push([])
    assembler.write(encoder.encode(frames.join('')))
  }
  return lines
}

function lineOf(event: AssemblyEvent): string {
  const { type, choice, index, delta } = plainEvent(event)
  const place = [choice, index].filter((part) => part !== undefined).join('.')
  return [type, place, delta && JSON.stringify(delta)].filter(Boolean).join(' ')
}

describe('coalesced deltas', () => {
  const opening = frame({ role: 'assistant', content: '' })

  it('are one a write, choice and field, in the order in which they began', () => {
    const content = (...texts: readonly string[]) => frame(...texts.map((text) => ({ content: text })))
    expect(
      told([
        [
          opening,
          frame({ reasoning: 'Hm' }),
          content('a', 'x'),
          frame({ reasoning: '.' }),
          content('b', 'y'),
        ],
        [content('c'), frame({ refusal: 'N' }), frame({ refusal: 'o' })],
      ]).map((lines) => lines.filter((line) => !line.startsWith('m') && !line.startsWith('completion'))),
    ).to.deep.equal([
      ['reasoning.delta 0 "Hm."', 'content.delta 0 "ab"', 'content.delta 1 "xy"'],
      ['content.delta 0 "c"', 'refusal.delta 0 "No"'],
    ])
  })

  it('go before any other event', () => {
    const lines = told([
      [
        opening,
        frame({ content: 'a' }),
        frame(begin(0)),
        frame(args(0, '{"a"')),
        frame(args(0, ':1}')),
        frame(begin(1)),
      ],
      [frame(args(1, '{')), frame({ content: 'b' }), frame(args(1, '}')), 'data: [DONE]\n\n'],
    ])
    expect(lines[0]?.slice(-5)).to.deep.equal([
      'content.delta 0 "a"',
      'tool_calls.start 0.0',
      'tool_calls.arguments.delta 0.0 "{\\"a\\":1}"',
      'tool_calls.start 0.1',
      'tool_calls.done 0.0',
    ])
    expect(lines[1]?.slice(0, 2)).to.deep.equal([
      'tool_calls.arguments.delta 0.1 "{}"',
      'content.delta 0 "b"',
    ])
  })

  it('are sound, log probabilities and the details of a thought, too', () => {
    const detail = (text: string): Delta => ({
      reasoning_details: [{ type: 'reasoning.text', text, index: 0 }],
    })
    const audio = (data: string): Delta => ({ audio: { data } })
    const rows = [
      ...[audio('AAAA'), { audio: { transcript: 'Hi' } }, audio('BB=='), audio('CCCC')].map((delta) =>
        frame(delta),
      ),
      ...[detail('a'), detail('b')].map((delta) => frame(delta)),
    ]
    const [lines = []] = told([[opening, ...rows]])
    expect(lines.filter((line) => line.startsWith('audio'))).to.deep.equal([
      'audio.delta 0 {"data":"AAAABB==","transcript":"Hi"}',
      'audio.delta 0 {"data":"CCCC"}', // padding ends an encoding: joined, nobody could tell where
    ])
    expect(lines.at(-1)).to.match(/^message.delta 0 .*"a".*"b"/)
  })

  it('have the value of the arguments up to their end', () => {
    const values: unknown[] = []
    const onEvent = (event: AssemblyEvent): void => {
      if (event.type === 'tool_calls.arguments.delta') values.push(structuredClone(event.value))
    }
    const assembler = new Assembler({ coalesce: true, onEvent })
    assembler.write(
      [opening, begin(0), args(0, '{"a":"x'), args(0, 'y')]
        .map((one) => (typeof one === 'string' ? one : frame(one)))
        .join(''),
    )
    assembler.write(frame(args(0, 'z"}')))
    expect(values).to.deep.equal([{ a: 'xy' }, { a: 'xyz' }])
  })

  it('are all told before the done events, also to a listener that stops the line in the middle of them', () => {
    const types: string[] = []
    const assembler: Assembler = new Assembler({
      coalesce: true,
      onEvent: (event) => {
        types.push(event.type)
        if (event.type === 'reasoning.delta') assembler.abort()
      },
    })
    assembler.write(frame({ reasoning: 'a' }) + frame({ content: 'b' }) + frame({ refusal: 'c' }))
    expect(types.filter((type) => /content|reasoning|refusal/.test(type))).to.deep.equal([
      'reasoning.delta',
      'content.delta',
      'refusal.delta',
      'reasoning.done',
      'content.done',
      'refusal.done',
    ])
    expect(types.at(-1)).to.equal('end')
  })
})

const streams = cutAnywhere(arbitraryStream())

/** A delta that is joined, as the places where it adds something; undefined: any other event. */
function additionsOf(event: AssemblyEvent): [place: string, more: string][] | undefined {
  const { type, choice, index, keys, delta } = plainEvent(event)
  const place = JSON.stringify([type, choice, index, keys])
  if (typeof delta === 'string') return [[place, delta]]
  if (!/^(audio|logprobs|message)\.delta$/.test(type)) return undefined
  const entries = Object.entries(delta as Delta)
  const isList = (value: unknown): value is unknown[] => Array.isArray(value)
  const isJoined = ([key, value]: [string, unknown]): boolean =>
    type === 'audio.delta'
      ? key === 'data' || key === 'transcript'
      : isList(value) && (type === 'logprobs.delta' || /^(reasoning_details|thinking_blocks)$/.test(key))
  if (!entries.every(isJoined)) return undefined
  return entries.map(([key, value]) => [
    place + key,
    isList(value) ? value.map((item) => `${JSON.stringify(item)}\n`).join('') : String(value),
  ])
}

/** Write by write: every event that is not joined, and beside it what the others have come to by then. */
function outline(pieces: Iterable<Uint8Array>, options: AssemblerOptions): string[] {
  const lines: string[] = []
  const sums = new Map<string, string>()
  let isNew = false
  const rule = (event: unknown): void => {
    const told = [...sums].sort(([one], [other]) => (one < other ? -1 : 1))
    lines.push(JSON.stringify([isNew ? told : 'as before', event]))
    isNew = false
  }
  const onEvent = (event: AssemblyEvent): void => {
    const additions = additionsOf(event)
    if (additions === undefined) return rule(event.type === 'end' ? 'end' : plainEvent(event))
    isNew = true
    for (const [place, more] of additions) sums.set(place, (sums.get(place) ?? '') + more)
  }
  const assembler = new Assembler({ ...options, onEvent })
  for (const piece of pieces) {
    assembler.write(piece)
    rule('a write')
  }
  rule(assembler.end())
  return lines
}

describe('coalesced deltas of any stream', function () {
  this.timeout(120_000)

  it('are the exact ones of the same write, joined, and nothing else is told otherwise', () => {
    fc.assert(
      fc.property(streams, ({ pieces, options }) => {
        const exact = outline(pieces, options)
        expect(outline(pieces, { ...options, coalesce: true })).to.deep.equal(exact)
      }),
      runs(300),
    )
  })

  it('add up to what a field is told to be when done, folded again give the same completion, and are fewer', () => {
    let [exactly, joined] = [0, 0]
    fc.assert(
      fc.property(streams, ({ pieces, options }) => {
        const { events, result } = watch(pieces, { ...options, coalesce: true })
        const { deltas, done, late } = toldOfFields(events)
        expect(late).to.deep.equal([])
        expect(deltas).to.deep.equal(done)
        const [told, folded] = [replay(events), result].map(plainCompletion)
        expectNoMismatches(mismatchesOf('events', 'completion', folded, told))
        exactly += watch(pieces, options).events.length
        joined += events.length
      }),
      runs(300),
    )
    expect(joined).to.be.lessThan(exactly)
  })

  for (const [name, more] of [
    ['coalesced', { coalesce: true }],
    ['without a listener', { onEvent: undefined }],
  ] as const) {
    it(`are the same with templates and without, ${name}`, () => {
      let compared = nothingCompared
      const cases = fc.tuple(cutAnywhere(arbitraryRepetitiveStream()), fc.nat(12))
      fc.assert(
        fc.property(cases, ([{ pieces, options }, saveAt]) => {
          const delivered = { pieces, options: { ...options, ...more }, saveAt }
          compared = sumOf(compared, compareWays(name, delivered))
          expectNoMismatches(compared.mismatch === undefined ? [] : [compared.mismatch])
        }),
        runs(100),
      )
      for (const [way, hits] of Object.entries(compared.hits)) expect(hits, way).to.be.greaterThan(100)
    })
  }
})

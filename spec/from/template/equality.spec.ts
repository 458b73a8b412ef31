import { expect } from 'chai'
import { Assembler, type AssemblerOptions } from '../../../lib/core.ts'
import { sharedTemplates } from '../../../lib/from/template/cache.ts'
import { counts } from '../../../lib/from/template/matching.ts'
import { expectNoMismatches } from '../../helpers/mismatches.ts'
import { compareWays, traceOf, withTemplates } from '../../helpers/template.ts'

const encoder = new TextEncoder()
const envelope = { id: 'chatcmpl-7', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'm' }

function frame(delta: object, choice: object = {}, fields: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: null, ...choice }]
  return `data: ${JSON.stringify({ ...envelope, choices, ...fields })}\n\n`
}

const opening = frame({ role: 'assistant', content: '' })
const say = (content: string, choice: object = {}, fields: object = {}): string =>
  frame({ content }, choice, fields)
const words = (count: number): string[] => Array.from({ length: count }, (_, i) => ` w${i}`)
const lesson = [opening, ...words(6).map((word) => say(word))]

/** A frame as text in which `X` is the place of raw bytes. */
function raw(text: string, ...bytes: number[]): Uint8Array {
  const [before = '', after = ''] = text.split('X')
  return Uint8Array.from([...encoder.encode(before), ...bytes, ...encoder.encode(after)])
}

type Piece = string | Uint8Array
const bytesOf = (piece: Piece): Uint8Array => (typeof piece === 'string' ? encoder.encode(piece) : piece)

/** Folds in all ways, each piece a write; gives how many frames matched with the templates of another stream. */
function sameWays(pieces: readonly Piece[], options: AssemblerOptions = {}): number {
  const delivered = { pieces: pieces.map(bytesOf), options, lookAt: 1 }
  const { mismatch, hits } = compareWays('stream', delivered)
  expectNoMismatches(mismatch === undefined ? [] : [mismatch])
  expect(hits['without Buffer']).to.equal(hits.learning)
  const before = counts.hits
  withTemplates(true, () => traceOf(delivered))
  return counts.hits - before
}

/** How many of `pieces` match in a stream that has taught its frames before. */
function hitsOf(pieces: readonly Piece[], options: AssemblerOptions = {}): number {
  return sameWays([...lesson, ...pieces], options) - sameWays(lesson, options)
}

describe('a frame that matches has exactly the effect of one that is read plainly', () => {
  beforeEach(() => sharedTemplates().clear())

  it('and frames do match', () => {
    expect(sameWays(lesson)).to.equal(6)
    expect(hitsOf([say('a'), say('')])).to.equal(2)
  })

  describe('1. what was learned is kept, not looked up in a buffer that moves on', () => {
    it('after the buffer held other streams', () => {
      const other = lesson.map((text) =>
        text.replaceAll('chatcmpl', 'another!').replaceAll('"m"', '"longer-model-name"'),
      )
      expect(hitsOf([say('a')])).to.equal(1)
      for (let turn = 0; turn < 3; turn++) {
        expect(sameWays(other)).to.be.greaterThan(3)
        expect(hitsOf([say('a'), say('b')])).to.equal(2)
      }
    })
  })

  describe('2. what is constant in a template is compared with the line after any other frame', () => {
    const fields = (id: string, fingerprint: string): object => ({ id, system_fingerprint: fingerprint })
    const run = (id: string, fingerprint: string): string[] =>
      words(5).map((word) => say(word, {}, fields(id, fingerprint)))

    it('an id that changes is counted as often as it does', () => {
      expect(
        sameWays([
          opening,
          ...run('a', 'f'),
          ...run('b', 'f'),
          ...run('a', 'f'),
          say('x', {}, fields('b', 'f')),
        ]),
      ).to.be.greaterThan(9)
    })

    it('the last fingerprint stays, in whatever order two templates come', () => {
      const runs = [...run('a', 'f'), ...run('a', 'g'), ...run('a', 'f'), ...run('a', 'g')]
      expect(sameWays([opening, ...runs])).to.be.greaterThan(9)
      const byTurns = words(12).map((word, i) => say(word, {}, fields('a', i % 2 === 0 ? 'f' : 'g')))
      sameWays([opening, ...byTurns])
    })

    it('a hole of one template is a constant of another: id, time and counters', () => {
      const counted = (total: number, more: object = {}): string =>
        say('x', {}, { usage: { total_tokens: total }, ...more })
      const same = words(4).map(() => counted(7, { extra: 1 }))
      const growing = [1, 2, 3, 4, 5, 6].map((total) => counted(total))
      expect(sameWays([opening, ...same, ...growing, ...same, ...growing, ...same])).to.be.greaterThan(8)
      const named = (id: string, more: object = {}): string => say('x', {}, { id, ...more })
      const moving = words(6).map((word) => named(word))
      const fixed = words(4).map(() => named('fixed', { extra: 1 }))
      expect(sameWays([opening, ...fixed, ...moving, ...fixed, ...moving, ...fixed])).to.be.greaterThan(8)
    })

    it('a chunk written between two writes counts as a frame between', () => {
      const chunk = { ...envelope, id: 'other', choices: [] }
      const results = [false, true].map((isOn) =>
        withTemplates(isOn, () => {
          const lines: string[] = []
          const assembler = new Assembler({ onEvent: (event) => lines.push(JSON.stringify(event)) })
          for (const text of lesson) assembler.write(encoder.encode(text))
          assembler.writeChunk(chunk)
          assembler.write(encoder.encode(say('x') + say('y')))
          return [...lines, JSON.stringify(assembler.end())]
        }),
      )
      expect(results[1]).to.deep.equal(results[0])
    })

    for (const [fingerprint, matches] of [
      ['f', 1],
      ['g', 0],
    ] as const) {
      it(`a frame that a listener writes in the middle of a chunk of ${fingerprint} comes before its rest`, () => {
        const run = (content: string): string => say(content, {}, fields('a', 'f'))
        const chunk = {
          ...envelope,
          ...fields('a', fingerprint),
          choices: [{ index: 0, delta: { content: 'outer' }, finish_reason: 'stop' }],
        }
        const results = [false, true].map((isOn) =>
          withTemplates(isOn, () => {
            const assembler: Assembler = new Assembler({
              onEvent: (event) => {
                if (event.type === 'content.delta' && event.delta === 'outer')
                  assembler.write(encoder.encode(run('inner')))
              },
            })
            for (const text of [opening, ...words(6).map(run)]) assembler.write(encoder.encode(text))
            const before = counts.hits
            assembler.writeChunk(chunk)
            const hits = counts.hits - before
            assembler.write(encoder.encode(run('after')))
            expect(hits).to.equal(isOn ? matches : 0)
            return JSON.stringify(assembler.end())
          }),
        )
        expect(results[1]).to.equal(results[0])
        expect(results[1]).to.contain('content_after_finish').and.to.contain('"system_fingerprint":"f"')
      })
    }
  })

  describe('3. frames that do more than grow a text are never matched', () => {
    const call = (more: object, inner: object = {}): object => ({
      tool_calls: [{ index: 0, ...more, function: { arguments: '1', ...inner } }],
    })
    const begin = frame({
      tool_calls: [{ index: 0, id: 'call_0', type: 'function', function: { name: 'f', arguments: '' } }],
    })
    const never: Readonly<Record<string, string>> = {
      'a finish reason': say('x', { finish_reason: 'stop' }),
      'log probabilities': say('x', { logprobs: { content: [{ token: 'x' }] } }),
      'the id of a call': frame(call({ id: 'call_0' })),
      'the name of a call': frame(call({}, { name: 'f' })),
      'a field of a call that nobody has described': frame(call({ thought_signature: 's' })),
      'a call without index': frame({ tool_calls: [{ function: { arguments: '1' } }] }),
      'two calls': frame({
        tool_calls: [...Array(2)].map((_, index) => ({ index, function: { arguments: '1' } })),
      }),
      'the signature of a thought': frame({
        reasoning_details: [{ type: 'reasoning.text', text: 'x', signature: 's' }],
      }),
      'a message beside the delta': say('x', { message: { content: 'x' } }),
      'an unknown list': say('x', {}, { list: [1] }),
      'a list of parts': frame({ content: [{ type: 'text', text: 'x' }] }),
      'an error': say('x', {}, { error: { message: 'no' } }),
      'no index of the choice': frame({ content: 'x' }, { index: undefined }),
      'two choices': `data: ${JSON.stringify({ ...envelope, choices: [0, 1].map((index) => ({ index, delta: { content: 'x' } })) })}\n\n`,
      'a role that is not the first': frame({ role: 'user', content: 'x' }),
      'a key that comes twice': say('x').replace('"content":', '"content":"y","content":'),
      'an escaped key': say('x').replace('"content"', '"cont\\u0065nt"'),
      'a named error': `event: error\n${say('x')}`,
      'an id of its own': `id: 7\n${say('x')}`,
      'two data lines': say('x').replace(',"object"', ',\ndata: "object"'),
      'a mark of broken bytes': say('\ufffd'),
    }
    for (const [name, text] of Object.entries(never)) {
      it(name, () => expect(hitsOf([begin, ...Array<string>(20).fill(text)])).to.equal(0))
    }

    it('but all that a provider repeats is: role, nulls, empty lists, filter results, counters', () => {
      const filters = { hate: { filtered: false, severity: 'safe' } }
      const texts = words(20).map((content) =>
        frame(
          { role: 'assistant', content, refusal: null, tool_calls: [] },
          { logprobs: null, content_filter_results: filters, native_finish_reason: null },
          { usage: null, service_tier: 'default', citations: ['https://a.example'], obfuscation: content },
        ),
      )
      expect(hitsOf(texts)).to.be.greaterThan(16)
    })
  })

  describe('a content that is a list of one part that thinks', () => {
    const text = (piece: string, more: object = {}): object => ({ type: 'text', text: piece, ...more })
    const thought = (piece: string, more: object = {}, inner: object = {}): string =>
      frame({ content: [{ type: 'thinking', thinking: [text(piece, inner)], ...more }] })
    const summary = (piece: string): string =>
      frame({ content: [{ type: 'reasoning', summary: [{ type: 'summary_text', text: piece }] }] })
    const begun = [opening, thought('Hm'), thought(',')]

    it('matches from the second frame on, whatever text comes', () => {
      const texts = [...words(20), '', '"', '\\', '你好', '\n', 'long '.repeat(70)]
      expect(hitsOf([...begun, ...texts.map((piece) => thought(piece))])).to.be.greaterThan(20)
      expect(hitsOf(words(20).map(summary))).to.be.greaterThan(16)
    })

    it('turns into text and back, and ends', () => {
      const turns = [
        ...[thought('a'), say('b'), say('c'), thought('d'), thought('e'), summary('f'), summary('g')],
        ...[thought('h'), say(''), thought('i'), thought('', {}), say('j', { finish_reason: 'stop' })],
        ...[thought('k'), thought('k'), thought('k'), say('l'), thought('m')],
      ]
      expect(sameWays([...begun, ...words(9).map((word) => thought(word)), ...turns])).to.be.greaterThan(8)
      const byTurns = words(20).map((word, i) => (i % 2 === 0 ? thought(word) : say(word)))
      expect(sameWays([...begun, ...byTurns])).to.be.greaterThan(12)
    })

    it('begins a new part after a signature, a field that changes, or another kind of part', () => {
      const odd = [
        ...[thought('a', { signature: 's' }), thought('b'), thought('c', { signature: null }), thought('d')],
        ...[thought('e', { closed: true }), thought('f', { closed: false }), thought('g', { closed: false })],
        ...[thought('h', {}, { type: 'other' }), thought('i', {}, { more: { a: [1] } }), thought('j')],
      ]
      sameWays([...begun, ...odd, ...odd, ...odd, ...odd])
      for (const one of odd) sameWays([...begun, ...Array<string>(6).fill(one), thought('x'), one, one])
    })

    it('holds what stands for a text at another place', () => {
      for (const part of [
        { type: 'thinking', other: [text('x')], thinking: [text('y')] },
        { type: 'thinking', thinking: [{ type: 'thinking', text: 'y', thinking: [text('z')] }] },
        { type: 'text', text: 'x', thinking: [text('y')] },
        { type: 'image_url', thinking: [text('y')] },
        { type: 'thinking', thinking: [text('y')], summary: [text('z')] },
        { type: 'thinking', thinking: [text('y')], summary: [{ text: 5 }] },
        { type: 'thinking', thinking: 'y' },
        { thinking: [text('y')] },
      ]) {
        const parts = words(8).map((word) =>
          frame({ content: [part] }).replace('"text":"y"', `"text":"${word}"`),
        )
        sameWays([...begun, ...parts, thought('after'), ...parts], { onBadChunk: 'skip' })
      }
    })

    it('is as deep and as long as the limits say', () => {
      const parts = [...begun, ...words(9).map((word) => thought(word, { more: [[['deep']]] }))]
      for (const maxJsonDepth of [1, 2, 3, 4, 5, 6]) sameWays(parts, { maxJsonDepth })
      for (let maxMessageBytes = 100; maxMessageBytes < 1500; maxMessageBytes += 13)
        sameWays([...begun, ...words(9).map((word) => thought(word))], { maxMessageBytes })
    })
  })

  describe('4. a hole holds the body of a JSON string, or a whole number as JSON writes it', () => {
    const broken: readonly Piece[] = [
      ...['\\x', '\\u12', '\\u12g4', '\\', '\\u', '"', 'a"b', '\u0007', '\t', '\u0000', '\u001f'].map(
        (text) => say('Z').replace('Z', () => text),
      ),
      ...['\\x', '\\u12', '\\'].map((text) => say('Z').replace('Z', () => `${'long '.repeat(30)}${text}`)),
      say('Z').replace('Z', `${'long '.repeat(30)}\u0007`),
    ]
    broken.forEach((text, i) => {
      it(`broken text ${i}`, () => {
        expect(hitsOf([text, say('after')], { onBadChunk: 'skip' })).to.be.at.most(1)
        expect(hitsOf([text, say('after')])).to.equal(0)
      })
    })

    it('every escape, and text of any length', () => {
      const texts = [
        '\n',
        '"',
        '\\',
        '\\\\',
        '/',
        '\b\f\r\t',
        '\u0001',
        '\u2028',
        'é',
        '😀',
        '\ud83d',
        'x'.repeat(63),
        'x'.repeat(64),
      ]
      const long = [65, 66, 200, 5000].map((length) => `${'y'.repeat(length - 2)}"\\`)
      const pieces = [...texts, ...long, ...long.map((text) => `${text}\n😀`)].map((text) => say(text))
      expect(hitsOf(pieces)).to.equal(pieces.length)
      const ascii = [...texts, '\ud83d\ude00', 'ü'.repeat(40)].map((text) =>
        say('Z').replace(
          'Z',
          [...Array(text.length).keys()]
            .map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`)
            .join(''),
        ),
      )
      expect(hitsOf(ascii)).to.equal(ascii.length)
    })

    for (const [number, matches] of [
      ['12', true],
      ['0', true],
      ['999999999999999', true],
      ['1234567890123456', false],
      ['012', false],
      ['-1', false],
      ['1.0', false],
      ['1e3', false],
      ['"5"', false],
      ['', false],
    ] as const) {
      it(`a counter of ${number || 'nothing'}`, () => {
        const counted = (total: string): string =>
          say('x', {}, { usage: { total_tokens: 111 } }).replace('111', total)
        const taught = [...lesson, counted('1'), counted('2'), counted('3'), counted('4')]
        const hits = sameWays([...taught, counted(number)], { onBadChunk: 'skip' }) - sameWays(taught)
        expect(hits).to.equal(matches ? 1 : 0)
      })
    }
  })

  describe('5. each hole is decoded alone', () => {
    it('the halves of a pair, escaped, in two frames', () => {
      const halves = ['\\ud83d', '\\ude00'].map((half) => say('Z').replace('Z', half))
      expect(hitsOf([...halves, ...halves])).to.equal(4)
    })

    it('the bytes of one character in two frames: both are broken', () => {
      expect(hitsOf([raw(say('X'), 0xe2, 0x82), raw(say('X'), 0xac), raw(say('X'), 0xff)])).to.equal(0)
      expect(hitsOf([raw(say('X'), 0xe2, 0x82, 0xac)])).to.equal(1)
    })

    it('half a character at the end of what has come: the next frame begins there', () => {
      sameWays(['\n', Uint8Array.of(0x0a, 0xe2, 0x82)])
      sameWays([...lesson, Uint8Array.of(0x0a, 0xf0), say('x')])
    })

    it('a byte order mark, and bytes that no UTF-8 has, in texts and in padding', () => {
      expect(hitsOf([say('\ufeffa')])).to.equal(1)
      const padded = (padding: string): string => say('a', {}, { obfuscation: padding })
      const taught = [...lesson, ...words(5).map((word) => padded(word))]
      expect(sameWays([...taught, padded('é')]) - sameWays(taught)).to.equal(1)
      expect(sameWays([...taught, raw(padded('X'), 0xff)]) - sameWays(taught)).to.equal(0)
      expect(sameWays([...taught, padded('Z').replace('Z', '\\x')]) - sameWays(taught)).to.equal(0)
    })
  })

  describe('6. a frame matches from its first byte to the end of its blank line', () => {
    it('and waits for the second newline', () => {
      const text = say('x')
      for (const lineEnd of ['\n', '\r\n']) {
        const frames = [...lesson, text].map((one) => one.replaceAll('\n', lineEnd))
        const last = frames.pop() ?? ''
        for (let at = 1; at < last.length; at++) sameWays([...frames, last.slice(0, at), last.slice(at)])
      }
    })

    it('a data line that goes on is not the whole frame', () => {
      expect(hitsOf([`${say('x').slice(0, -1)}data: \n\n`])).to.equal(0)
      expect(hitsOf([`${say('x').slice(0, -1)}event: error\n\n`])).to.equal(0)
    })

    it('after comments, blank lines and frames of other kinds', () => {
      const pieces = [
        ': c\n\n',
        say('a'),
        '\n\n\n',
        say('b'),
        'event: ping\n\n',
        say('c'),
        ': d\n',
        say('e'),
        'data\n\n',
        say('f'),
      ]
      expect(hitsOf(pieces)).to.equal(4)
    })

    it('a line end of CR alone gives its frame at once', () => {
      sameWays([...lesson, `${say('x').trimEnd()}\r\r`, ': wait', '\n\n', say('y')])
      sameWays([...lesson, `${say('x').trimEnd()}\r\n\r`, say('y'), '\n', say('z')])
    })
  })

  describe('7. nothing of a frame is taken before all of it has matched', () => {
    const thought = (reasoning: string, text: string): string =>
      frame({ reasoning: 'R', reasoning_details: [{ type: 'reasoning.text', text: 'T', index: 0 }] })
        .replace('"R"', `"${reasoning}"`)
        .replace('"T"', `"${text}"`)
    const taught = [...lesson, ...words(6).map((word) => thought(word, word))]

    it('a broken second hole leaves the first one untold', () => {
      const before = sameWays(taught)
      expect(before).to.be.greaterThan(8)
      for (const options of [{}, { onBadChunk: 'skip' as const }]) {
        expect(sameWays([...taught, thought('told', '\\x')], options)).to.equal(before)
        expect(sameWays([...taught, raw(thought('told', 'X'), 0xff)], options)).to.equal(before)
        expect(sameWays([...taught, thought('told', 'x').replace(']}', ']]')], options)).to.equal(before)
      }
    })

    it('two holes may hold the same text, or not', () => {
      const before = sameWays(taught)
      const more = [
        thought('a', 'b'),
        thought('', 'b'),
        thought('a', ''),
        thought('\\n', '\\u000a'),
        thought('same', 'same'),
      ]
      expect(sameWays([...taught, ...more])).to.equal(before + more.length)
    })

    it('what stands before a limit that is reached in the middle of a frame is told', () => {
      const long = words(20).map((word) => thought(word, word))
      for (let maxMessageBytes = 300; maxMessageBytes < 1500; maxMessageBytes += 7)
        sameWays([...taught, ...long], { maxMessageBytes })
    })
  })
})

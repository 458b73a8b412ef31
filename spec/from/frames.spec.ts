import { expect } from 'chai'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { Fault } from '../../lib/errors.ts'
import { FrameParser } from '../../lib/from/frames.ts'
import type { ServerSentEvent } from '../../lib/wire/index.ts'
import { piecesOf, twoWayCuts } from '../helpers/cuts.ts'
import { framesOf } from '../helpers/reference/frames.ts'

const encoder = new TextEncoder()

interface Read {
  readonly frames: ServerSentEvent[]
  /** Where each frame began. */
  readonly bytes: number[]
  readonly tail: ServerSentEvent | undefined
}

function read(pieces: Iterable<Uint8Array | string>, maxEventBytes = Number.POSITIVE_INFINITY): Read {
  const frames: ServerSentEvent[] = []
  const bytes: number[] = []
  const onFrame = (frame: ServerSentEvent): void => {
    frames.push(frame)
    bytes.push(parser.byte)
  }
  const parser = new FrameParser({ onFrame }, maxEventBytes)
  for (const piece of pieces) parser.write(piece)
  return { frames, bytes, tail: parser.tail() }
}

/** Every way to cut it in two, byte by byte, and not at all. */
function* cutsOf(text: string): Generator<Uint8Array[]> {
  const bytes = encoder.encode(text)
  yield [bytes]
  yield piecesOf(bytes, 1)
  yield* twoWayCuts(bytes)
}

describe('frames of an event stream', () => {
  const rows: readonly (readonly [string, string, readonly ServerSentEvent[]])[] = [
    ['one line of data', 'data: a\n\n', [{ data: 'a' }]],
    ['no space after the colon', 'data:a\n\n', [{ data: 'a' }]],
    ['one space is taken off, a second stays', 'data:  a\n\n', [{ data: ' a' }]],
    ['a tab is no space', 'data:\ta\n\n', [{ data: '\ta' }]],
    ['lines of data are joined', 'data: a\ndata\ndata: b\n\n', [{ data: 'a\n\nb' }]],
    ['data without a value', 'data\n\ndata:\n\n', [{ data: '' }, { data: '' }]],
    ['an event name', 'event: error\ndata: a\n\n', [{ data: 'a', event: 'error' }]],
    ['a name is for its own frame only', 'event: x\n\ndata: a\n\n', [{ data: 'a' }]],
    ['an empty name is none', 'event: x\nevent:\ndata: a\n\n', [{ data: 'a' }]],
    [
      'an id stands until another comes',
      'id: 1\ndata: a\n\ndata: b\n\n',
      [
        { data: 'a', id: '1' },
        { data: 'b', id: '1' },
      ],
    ],
    ['an id of a block without data', 'id: 7\n\ndata: b\n\n', [{ data: 'b', id: '7' }]],
    ['an id with NUL is ignored', 'id: 1\0\ndata: a\n\n', [{ data: 'a' }]],
    [
      'comments, retry and unknown fields',
      ': ping\nretry: 3\nfoo: bar\n\ndata: a\n: inside\n\n',
      [{ data: 'a' }],
    ],
    ['names are exact', 'Data: a\n data: b\ndata : c\n\ndata: d\n\n', [{ data: 'd' }]],
    ['CRLF', 'data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n', [{ data: 'a\nb' }, { data: 'c' }]],
    ['CR', 'data: a\rdata: b\r\rdata: c\r\r', [{ data: 'a\nb' }, { data: 'c' }]],
    [
      'all line ends mixed',
      'data: a\r\n\rdata: b\n\r\ndata: c\r\r',
      [{ data: 'a' }, { data: 'b' }, { data: 'c' }],
    ],
    ['LF CR is two line ends', 'data: a\n\rdata: b\n\n', [{ data: 'a' }, { data: 'b' }]],
    ['one byte order mark at the start', '\ufeffdata: a\n\n', [{ data: 'a' }]],
    ['a second one makes a field unknown', '\ufeff\ufeffdata: a\n\ndata: b\n\n', [{ data: 'b' }]],
    ['one inside a value stays', 'data: \ufeffa\n\n', [{ data: '\ufeffa' }]],
    ['other line ends of Unicode are none', 'data: a\u2028\u0085\v\fb\n\n', [{ data: 'a\u2028\u0085\v\fb' }]],
    ['blank lines alone', '\n\r\n\r\n', []],
    ['nothing', '', []],
  ]
  for (const [name, text, frames] of rows) {
    it(`${name}, in every cut`, () => {
      for (const pieces of cutsOf(text)) expect(read(pieces).frames).to.deep.equal(frames)
    })
  }
})

describe('frames of streams that share what reads their blocks', () => {
  const first = 'event: odd\nid: 1\ndata: a\n\n'

  it('are not touched by a listener that throws in the middle of another one', () => {
    const failing = new FrameParser(
      { onFrame: () => expect.fail('a listener that throws') },
      Number.POSITIVE_INFINITY,
    )
    expect(() => failing.write(`${first}${first}`)).to.throw('a listener that throws')
    expect(read(['data: b\n\n']).frames).to.deep.equal([{ data: 'b' }])
  })

  it('nor by a listener that writes to another one', () => {
    const frames: ServerSentEvent[] = []
    const onFrame = (frame: ServerSentEvent): void => {
      frames.push(frame, ...read(['data: in\n\ndata: side\n\n']).frames)
    }
    const outer = new FrameParser({ onFrame }, Number.POSITIVE_INFINITY)
    outer.write(`${first}data: b\n\n`)
    const inner = [{ data: 'in' }, { data: 'side' }]
    expect(frames).to.deep.equal([
      { data: 'a', event: 'odd', id: '1' },
      ...inner,
      { data: 'b', id: '1' },
      ...inner,
    ])
  })
})

describe('the place of a frame', () => {
  for (const [name, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    for (const mark of ['', '\ufeff']) {
      it(`is the byte at which its block begins: ${name}${mark && ', behind a byte order mark'}, in every cut`, () => {
        // Comments before the fields are of the block; blank lines before them are not.
        const blocks = [
          'data: é😀\n\n',
          '\n\n: ping\ndata: b\n\n',
          ': ping\n\n',
          'x: 1\nevent: e\ndata: c\n\n',
          'data: d\n\n',
        ]
        const texts = blocks.map((block) => block.replaceAll('\n', end))
        const starts: number[] = []
        let at = encoder.encode(mark).length
        texts.forEach((text, i) => {
          const blank = i === 1 ? end.length * 2 : 0
          if (i !== 2) starts.push(at + blank)
          at += encoder.encode(text).length
        })
        for (const pieces of cutsOf(mark + texts.join(''))) expect(read(pieces).bytes).to.deep.equal(starts)
      })
    }
  }
})

describe('the place of a frame that has not begun', () => {
  it('is behind the byte order mark, in every cut: half a character is no part of it yet', () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0xc2])
    for (const pieces of [[bytes], piecesOf(bytes, 1), ...twoWayCuts(bytes)]) {
      const parser = new FrameParser({ onFrame: () => {} }, Number.POSITIVE_INFINITY)
      for (const piece of pieces) parser.write(piece)
      expect(parser.byte).to.equal(3)
      expect(parser.save().blockByte).to.equal(3)
    }
  })
})

describe('a frame whose blank line is missing at the end', () => {
  for (const [text, tail] of [
    ['data: a', { data: 'a' }],
    ['data: a\n', { data: 'a' }],
    ['data: a\r', { data: 'a' }],
    ['event: error\ndata: a\ndata: b', { data: 'a\nb', event: 'error' }],
    ['data: a\n\n: ping', undefined],
    ['dat', undefined],
    ['', undefined],
  ] as const) {
    it(`${JSON.stringify(text)}: ${tail === undefined ? 'there is none' : 'is given apart'}, in every cut`, () => {
      for (const pieces of cutsOf(text)) expect(read(pieces).tail).to.deep.equal(tail)
    })
  }
})

describe('a frame that is too large', () => {
  const tooLarge = (text: string, limit: number): void => {
    for (const pieces of cutsOf(text)) {
      const frames: ServerSentEvent[] = []
      const parser = new FrameParser({ onFrame: (frame) => frames.push(frame) }, limit)
      const write = (): void => {
        for (const piece of pieces) parser.write(piece)
      }
      expect(write, `${pieces.length} pieces, first of ${pieces[0]?.length}`)
        .to.throw(Fault)
        .with.property('code', 'limit_event')
      expect(frames, 'those before it').to.deep.equal([{ data: 'a' }])
    }
  }

  it('is refused at the same byte in every cut', () => tooLarge(`data: a\n\ndata: ${'é'.repeat(10)}\n\n`, 25))

  it('is refused before its line or its block has ended', () => {
    tooLarge(`data: a\n\ndata: ${'x'.repeat(30)}`, 20)
    tooLarge(`data: a\n\n${'data\n'.repeat(20)}`, 500)
  })

  it('is not one that is large by comments and unknown fields', () => {
    const text = `: ${'x'.repeat(500)}\nfoo: ${'y'.repeat(500)}\ndata: a\n\n`
    for (const size of [1, 7, 2000]) {
      expect(read(piecesOf(encoder.encode(text), size), 10).frames).to.deep.equal([{ data: 'a' }])
    }
  })
})

describe('every short stream', function () {
  this.timeout(60_000)
  const alphabet = ['data:a', '\r', '\n', ':', '\ufeff']

  /** What the parser we build on makes of the whole, and of it alone: it drops a mark of its own, we dropped ours. */
  function parsedWhole(text: string): ServerSentEvent[] {
    const events: EventSourceMessage[] = []
    const parser = createParser({ onEvent: (event) => events.push(event) })
    parser.feed(`\n${text.startsWith('\ufeff') ? text.slice(1) : text}`)
    return events.map(({ data, event }) => ({ data, ...(event !== undefined && { event }) }))
  }

  function* streams(length: number): Generator<string> {
    if (length === 0) yield ''
    else for (const rest of streams(length - 1)) for (const token of alphabet) yield token + rest
  }

  for (let length = 0; length <= 6; length += 1) {
    it(`of ${length} pieces of a hostile alphabet reads the same in every cut as whole`, () => {
      for (const text of streams(length)) {
        const whole = JSON.stringify(parsedWhole(text))
        const first = JSON.stringify(read([text]))
        for (const pieces of cutsOf(text)) {
          const folded = read(pieces)
          if (JSON.stringify(folded.frames) !== whole || JSON.stringify(folded) !== first)
            expect.fail(
              `${JSON.stringify(text)} in ${pieces.length}: ${JSON.stringify(folded)}, whole ${whole}, ${first}`,
            )
        }
      }
    })
  }

  it('reads as the oracle reads it, which splits the whole text into lines', () => {
    for (const text of streams(5)) {
      const frames = read([text]).frames.map(({ data, event = '' }) => ({ event, data }))
      // The oracle adds a last frame without blank line if it is JSON: here it never is.
      expect(frames, JSON.stringify(text)).to.deep.equal(framesOf(encoder.encode(text)))
    }
  })
})

import { expect } from 'chai'
import { ArgumentsReader, Assembler } from '../../lib/core.ts'

/** Streams `text` as the arguments of one call, `size` characters a delta, into a reader. */
function stream(
  reader: ArgumentsReader,
  text: string,
  size: number,
  finish: string | null = 'tool_calls',
): void {
  const assembler = new Assembler({ onEvent: (event) => reader.write(event) })
  assembler.writeDelta(0, { tool_calls: [{ index: 0, id: 'a', function: { name: 'write', arguments: '' } }] })
  for (let at = 0; at < text.length; at += size) {
    assembler.writeDelta(0, {
      tool_calls: [{ index: 0, function: { arguments: text.slice(at, at + size) } }],
    })
  }
  if (finish !== null) assembler.writeChunk({ choices: [{ index: 0, delta: {}, finish_reason: finish }] })
  assembler.end()
}

describe('an arguments reader', () => {
  const document = {
    title: 'Tea',
    body: 'Boil water.\n"Wait" 🍵',
    rows: [{ n: 1 }, { n: 2 }, [3]],
    deep: [{ text: 'x' }],
  }
  const text = JSON.stringify(document)

  it('tells a text piece by piece, in order and once', () => {
    for (const size of [1, 3, 7, text.length]) {
      const pieces: string[] = []
      stream(
        new ArgumentsReader().text('body', (delta) => pieces.push(delta)),
        text,
        size,
      )
      expect(pieces.join('')).to.equal(document.body)
      if (size === 1) expect(pieces.length).to.be.greaterThan(10)
    }
  })

  it('tells each item of a list once, when it is final', () => {
    const items: unknown[] = []
    stream(
      new ArgumentsReader('write').items('rows', (item, index) => items.push([index, item])),
      text,
      1,
    )
    expect(items).to.deep.equal([
      [0, { n: 1 }],
      [1, { n: 2 }],
      [2, [3]],
    ])
  })

  it('follows a path through objects and lists, and ignores other tools', () => {
    const seen: string[] = []
    stream(
      new ArgumentsReader('write').text('deep.0.text', (delta) => seen.push(delta)),
      text,
      4,
    )
    stream(
      new ArgumentsReader('read').text('title', (delta) => seen.push(delta)),
      text,
      4,
    )
    expect(seen).to.deep.equal(['x'])
  })

  it('of a call that was cut tells the text that came, and no item that might have grown', () => {
    const seen: unknown[] = []
    const reader = new ArgumentsReader()
      .text('body', (delta) => seen.push(delta))
      .items('rows', (item) => seen.push(item))
    stream(reader, '{"rows":[{"n":1},{"n":2', 5, null)
    stream(reader, '{"body":"half a sen', 100, null)
    expect(seen).to.deep.equal([{ n: 1 }, 'half a sen'])
  })

  it('tells a long text in steps, so that the cost stays linear, and all of it at the end', () => {
    const body = 'word '.repeat(20_000)
    const pieces: string[] = []
    stream(
      new ArgumentsReader().text('body', (delta) => pieces.push(delta)),
      JSON.stringify({ body }),
      4,
    )
    expect(pieces.join('')).to.equal(body)
    // 8,192 characters one by one, then a step a 64th: about 64 × ln(100,000 / 8,192) more
    expect(pieces.length).to.be.lessThan(8192 / 4 + 400)
  })
})

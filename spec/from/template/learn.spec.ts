import { expect } from 'chai'
import { chunkIn, lessonOf } from '../../../lib/from/template/learn.ts'
import type { Lesson } from '../../../lib/from/template/template.ts'

function lesson(text: string): Lesson | undefined {
  const bytes = Buffer.from(text)
  const found = chunkIn(text)
  return found && lessonOf(found, bytes, bytes.toString('latin1'))
}

const chunk = { id: 'c-1', created: 17, model: 'm', choices: [{ index: 0, delta: { content: 'täxt' } }] }
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`

/** Each hole by its place and key, with the bytes in it. */
function holesOf(text: string): string[] {
  const found = lesson(text)
  return (found?.spots ?? []).map(({ start, end, hole, isOpen }) => {
    const value = Buffer.from(text).subarray(start, end).toString()
    const key = hole.outer === undefined ? hole.key : `${hole.outer}.${hole.key}`
    return `${isOpen ? '' : '?'}${hole.place}.${key}=${value}`
  })
}

describe('what a frame teaches', () => {
  it('where its text is, and where its id and its time', () => {
    expect(holesOf(event(chunk))).to.deep.equal(['?chunk.id=c-1', '?chunk.created=17', 'delta.content=täxt'])
  })

  it('every text of a message that grows, and what is padding', () => {
    const delta = {
      content: 'a',
      refusal: 'b',
      reasoning: 'c',
      reasoning_content: 'd',
      reasoning_text: 'e',
      reasoning_details: [{ type: 'reasoning.text', text: 'f' }],
      audio: { id: 'g', data: 'h', transcript: 'i' },
      tool_calls: [{ index: 3, function: { arguments: 'j' } }],
      obfuscation: 'k',
      other: 'l',
    }
    expect(holesOf(event({ choices: [{ delta }], obfuscation: 'm', p: 'n' }))).to.deep.equal([
      ...[
        'delta.content=a',
        'delta.refusal=b',
        'delta.reasoning=c',
        'delta.reasoning_content=d',
        'delta.reasoning_text=e',
      ],
      ...[
        'detail.text=f',
        'audio.data=h',
        'audio.transcript=i',
        'call.index=3',
        'arguments.arguments=j',
        'delta.obfuscation=k',
      ],
      ...['chunk.obfuscation=m', 'chunk.p=n'],
    ])
  })

  it('the whole numbers of usage, at two levels', () => {
    const usage = {
      total_tokens: 12,
      cost: 0.5,
      below: -1,
      note: 'n',
      details: { cached: 0, deep: { x: 1 } },
      list: [1],
    }
    expect(holesOf(event({ choices: [{ delta: {} }], usage }))).to.deep.equal([
      '?usage.total_tokens=12',
      '?usage.details.cached=0',
    ])
  })

  it('nothing in lists of two, nor in values of another type', () => {
    const delta = {
      content: null,
      reasoning: { text: 'x' },
      tool_calls: [{ index: 0 }, { index: 1 }],
      audio: null,
    }
    expect(holesOf(event({ id: 7, created: '17', choices: [{ delta }] }))).to.deep.equal([])
    expect(
      holesOf(event({ choices: [{ delta: { content: 'a' } }, { delta: { content: 'b' } }] })),
    ).to.deep.equal([])
  })

  it('nothing in the name of the event, though it looks like a chunk', () => {
    const name = '{"id":"b","choices":[{"delta":{"content":"c"}}]} data:{'
    expect(holesOf(`event: ${name}\n${event(chunk)}`)).to.deep.equal(holesOf(event(chunk)))
  })

  it('the same shape to frames that differ in values only', () => {
    const shapeOf = (text: string): string | undefined => lesson(text)?.shape
    const other = {
      ...chunk,
      id: 'longer-id',
      created: 5,
      choices: [{ index: 0, delta: { content: '"\\' } }],
    }
    expect(shapeOf(event(other))).to.equal(shapeOf(event(chunk)))
    for (const different of [
      { ...chunk, model: 'n' },
      { ...chunk, more: 1 },
      { first: 1, ...chunk },
    ])
      expect(shapeOf(event(different))).to.not.equal(shapeOf(event(chunk)))
    expect(shapeOf(event(chunk).replaceAll('\n', '\r\n'))).to.not.equal(shapeOf(event(chunk)))
    expect(shapeOf(event(chunk).replace('data: ', 'data:'))).to.not.equal(shapeOf(event(chunk)))
  })

  it('past white space, escapes and brackets in texts', () => {
    const text = `data: { "x" : "}]\\"{[,:" , "y":[ {"content":"no"}, [ ] ], "choices" : [ { "delta" : { "content" : "\\\\" } } ] }\n\n`
    expect(holesOf(text)).to.deep.equal(['delta.content=\\\\'])
  })

  const refused: Readonly<Record<string, string>> = {
    'a key that comes twice': event(chunk).replace('"content"', '"content":"x","content"'),
    'an escaped key': event(chunk).replace('"content"', '"cont\\u0065nt"'),
    'a named error': `event: error\n${event(chunk)}`,
    'a named error without space': `event:error\r\n${event(chunk)}`,
    'an id line': `id: 1\n${event(chunk)}`,
    'a comment line': `: c\n${event(chunk)}`,
    'two data lines': event(chunk).replace(',"model"', '\ndata: ,"model"'),
    'no blank line': event(chunk).trimEnd(),
    'a line end of CR': event(chunk).replaceAll('\n', '\r'),
    'no object': 'data: [1]\n\n',
    'the end mark': 'data: [DONE]\n\n',
    'no JSON': 'data: {"a":}\n\n',
    'a NUL': `event: \0\n${event(chunk)}`,
    'an envelope of 9 KiB': event({ ...chunk, long: 'x'.repeat(9 * 1024) }),
  }
  for (const [name, text] of Object.entries(refused)) {
    it(`nothing: ${name}`, () => expect(lesson(text)).to.equal(undefined))
  }

  it('much although its text is long, or its event has a name', () => {
    expect(lesson(event({ choices: [{ delta: { content: 'x'.repeat(20_000) } }] }))?.spots.length).to.equal(1)
    expect(lesson(`event: message\n${event(chunk)}`)?.spots.length).to.equal(3)
  })
})

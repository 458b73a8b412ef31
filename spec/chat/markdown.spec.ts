import { expect } from 'chai'
import fc from 'fast-check'
import { type Block, parseBlocks } from '../../examples/chat/page/markdown/blocks.ts'
import { type Inline, parseInline } from '../../examples/chat/page/markdown/inline.ts'
import { webAddress } from '../../examples/chat/page/markdown/links.ts'

/** Pieces in short: `_text_`, code in backticks, `<href|label>`. */
function inShort(pieces: readonly Inline[]): string {
  return pieces
    .map((piece) => {
      if (piece.type === 'text') return piece.text
      if (piece.type === 'code') return `{${piece.text}}`
      const inner = inShort(piece.children)
      return piece.type === 'link' ? `<${piece.href}|${inner}>` : `${piece.type}(${inner})`
    })
    .join('')
}

/** Line → what the page makes of it; while it still grows, if that is another. */
const lines: readonly (readonly [line: string, shown: string, growing?: string])[] = [
  ['plain', 'plain'],
  ['a **b** c', 'a strong(b) c'],
  ['*a* and `b*c*`', 'em(a) and {b*c*}'],
  ['**a *b* c**', 'strong(a em(b) c)'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['****', '****', '**'],
  ['a **b', 'a **b', 'a strong(b)'],
  ['a **b*', 'a **b*', 'a strong(b)'],
  ['a `b', 'a `b', 'a {b}'],
  ['a *', 'a *', 'a '],
  ['[a](https://x.example/y)', '<https://x.example/y|a>'],
  ['[**a**](http://x.example)', '<http://x.example/|strong(a)>'],
  ['[a](https://x.exa', '[a](https://x.exa', 'a'],
  ['[a]', '[a]'],
  ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ['[a](JaVaScRiPt:alert(1))', '[a](JaVaScRiPt:alert(1))'],
  ['[a](data:text/html,x)', '[a](data:text/html,x)'],
  ['[a](//x.example)', '[a](//x.example)'],
  ['![a](https://x.example/y)', '![a](https://x.example/y)'],
  ['<b>a</b> &amp;', '<b>a</b> &amp;'],
]

describe('the Markdown of the chat page', () => {
  for (const [line, shown, growing = shown] of lines) {
    it(`reads ${line}`, () => {
      expect(inShort(parseInline(line))).to.equal(shown)
      expect(inShort(parseInline(line, true))).to.equal(growing)
    })
  }

  it('reads blocks', () => {
    const text = '# A\nb\nc\n\n- d\n- e\n  f\n\n- g\n\nh\n```js\n- i\n\n```\n3. j\n4) k\n```\nl'
    const blocks: Block[] = [
      { type: 'heading', level: 1, text: 'A' },
      { type: 'paragraph', text: 'b\nc' },
      { type: 'list', start: undefined, items: ['d', 'e\nf', 'g'] },
      { type: 'paragraph', text: 'h' },
      { type: 'code', language: 'js', text: '- i\n' },
      { type: 'list', start: 3, items: ['j', 'k'] },
      { type: 'code', language: '', text: 'l' },
    ]
    expect(parseBlocks(text)).to.deep.equal(blocks)
  })

  it('links to the web and to nothing else, and loses no letter, whatever is written', () => {
    const marks = [
      '*',
      '**',
      '`',
      '[',
      ']',
      '(',
      ')',
      '!',
      'a',
      ' ',
      '\n',
      'https://x.example',
      'javascript:1',
      '<b>',
    ]
    const texts = fc.array(fc.oneof(fc.constantFrom(...marks), fc.string())).map((parts) => parts.join(''))
    const walk = (pieces: readonly Inline[]): string =>
      pieces
        .map((piece) => {
          if (piece.type === 'link') expect(webAddress(piece.href)?.protocol).to.match(/^https?:$/)
          return 'children' in piece ? walk(piece.children) : piece.text
        })
        .join('')
    const letters = (text: string): number => text.match(/[ab]/g)?.length ?? 0
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isOpen) => {
        const pieces = parseInline(text, isOpen)
        const shown = walk(pieces)
        // What is missing is the address of a link, and nothing else.
        if (!pieces.some(hasLink) && !isOpen) expect(letters(shown)).to.equal(letters(text))
      }),
    )
  })

  it('reads a text that is nothing but marks in time that grows with its length', () => {
    for (const mark of ['[', '*', '**', '`', '[](', '[a](b', '![', '- ', '```\n'])
      expect(parseBlocks(mark.repeat(50_000)).flatMap(inlineOf)).to.be.an('array')
  }).timeout(20_000)
})

function hasLink(piece: Inline): boolean {
  return piece.type === 'link' || ('children' in piece && piece.children.some(hasLink))
}

function inlineOf(block: Block): Inline[] {
  if (block.type === 'list') return block.items.flatMap((item) => parseInline(item, true))
  return block.type === 'code' ? [] : parseInline(block.text, true)
}

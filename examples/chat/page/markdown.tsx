import { memo, type ReactNode } from 'react'
import { type Block, parseBlocks } from './markdown/blocks.ts'
import { type Inline, parseInline } from './markdown/inline.ts'

interface Props {
  readonly text: string
  /** More of it is coming. */
  readonly isGrowing?: boolean
  /** More of it should have come. */
  readonly isCut?: boolean
}

/**
 * What a model has written, as elements that React makes: none of it is ever read as HTML. The whole text is parsed
 * each time, not the piece that came last: what is harmless in two pieces need not be so in one.
 */
export function Markdown({ text, isGrowing = false, isCut = false }: Props) {
  const blocks = parseBlocks(text)
  return (
    <div className={isGrowing ? 'prose caret' : 'prose'} dir="auto">
      {blocks.map((block, i) => (
        // A text only grows at its end: the same place is the same block.
        <BlockView key={i} block={block} isOpen={(isGrowing || isCut) && i === blocks.length - 1} />
      ))}
    </div>
  )
}

interface BlockProps {
  readonly block: Block
  /** Its last mark may not be closed. */
  readonly isOpen: boolean
}

/** Only the last block changes while a text grows; the others are not looked at again. */
const BlockView = memo(ViewOfBlock, (before, after) => {
  return before.isOpen === after.isOpen && JSON.stringify(before.block) === JSON.stringify(after.block)
})

function ViewOfBlock({ block, isOpen }: BlockProps): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <p>{inline(block.text, isOpen)}</p>
    case 'heading':
      // Below the headings of the page, whatever the model calls it.
      return block.level < 3 ? <h3>{inline(block.text, isOpen)}</h3> : <h4>{inline(block.text, isOpen)}</h4>
    case 'code':
      return (
        <pre data-language={block.language || undefined}>
          <code>{block.text}</code>
        </pre>
      )
    case 'list': {
      const items = block.items.map((item, i) => (
        <li key={i}>{inline(item, isOpen && i === block.items.length - 1)}</li>
      ))
      return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>
    }
  }
}

function inline(text: string, isOpen: boolean): ReactNode {
  return parseInline(text, isOpen).map(elementOf)
}

function elementOf(piece: Inline, key: number): ReactNode {
  switch (piece.type) {
    case 'text':
      return piece.text
    case 'code':
      return <code key={key}>{piece.text}</code>
    case 'strong':
      return <strong key={key}>{piece.children.map(elementOf)}</strong>
    case 'em':
      return <em key={key}>{piece.children.map(elementOf)}</em>
    case 'link':
      return (
        <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow" title={piece.href}>
          {piece.children.map(elementOf)}
        </a>
      )
  }
}

import { memo } from 'react'
import type { ChatMessage } from '../ending.ts'
import { EndingNote } from './ending-note.tsx'
import { Markdown } from './markdown.tsx'
import { Reasoning } from './reasoning.tsx'
import { Sources } from './sources.tsx'
import { ToolCall } from './tool-call.tsx'
import { Waiting } from './waiting.tsx'

interface Props {
  readonly message: ChatMessage
  readonly isLast: boolean
  /** It is being written. */
  readonly isBusy: boolean
  /** The page has seen it from its first word on, so it can tell how long a thought took. */
  readonly isTimed: boolean
  readonly onRetry: () => void
  readonly onReconnect: () => void
}

/** While an answer grows, only its own message is drawn again. What the buttons of a message do never changes. */
export const Message = memo(AnyMessage, (before, after) => {
  return (
    before.message === after.message &&
    before.isLast === after.isLast &&
    before.isBusy === after.isBusy &&
    before.isTimed === after.isTimed
  )
})

function AnyMessage(props: Props) {
  const { message } = props
  if (message.role === 'user') {
    return (
      <article className="question" aria-label="You">
        <p dir="auto">{message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')}</p>
      </article>
    )
  }
  return <Answer {...props} />
}

function Answer({ message, isLast, isBusy, isTimed, onRetry, onReconnect }: Props) {
  const { ending = 'complete', reason, thoughtMs } = message.metadata ?? {}
  const parts = message.parts.filter(isShown)
  const sources = message.parts.filter((part) => part.type === 'source-url')
  // What broke off in the middle of a mark is shown as if it were closed.
  const isCut = ending !== 'complete' && ending !== 'refused'
  return (
    <article className={ending === 'refused' ? 'answer refused' : 'answer'} aria-label="The model">
      {parts.map((part, i) => {
        const key = `${part.type}-${i}`
        const isGrowing = isBusy && i === parts.length - 1
        if (part.type === 'text')
          return <Markdown key={key} text={part.text} isGrowing={isGrowing} isCut={isCut} />
        if (part.type === 'dynamic-tool')
          return <ToolCall key={part.toolCallId} part={part} isOver={!isBusy} />
        return (
          <Reasoning
            key={key}
            text={part.text}
            isGrowing={isGrowing && part.state === 'streaming'}
            isTimed={isTimed}
            thoughtMs={thoughtMs}
          />
        )
      })}
      {isBusy && parts.length === 0 && <Waiting />}
      {sources.length > 0 && <Sources sources={sources} />}
      {!isBusy && ending !== 'complete' && (
        <EndingNote
          ending={ending}
          isEmpty={parts.length === 0}
          reason={reason}
          onRetry={isLast ? onRetry : undefined}
          onReconnect={isLast ? onReconnect : undefined}
        />
      )}
    </article>
  )
}

type Part = ChatMessage['parts'][number]
type ShownPart = Extract<Part, { type: 'text' | 'reasoning' | 'dynamic-tool' }>

/** What stands in the order in which it came; sources stand below, and of the rest there is nothing to see. */
function isShown(part: Part): part is ShownPart {
  return (
    part.type === 'dynamic-tool' ||
    ((part.type === 'text' || part.type === 'reasoning') && part.text.trim() !== '')
  )
}

import { useEffect, useRef } from 'react'
import type { Conversation } from '../ending.ts'
import { Composer } from './composer.tsx'
import { EndingNote } from './ending-note.tsx'
import { DownIcon } from './icons.tsx'
import { Message } from './message.tsx'
import { Suggestions } from './suggestions.tsx'
import { useAnswers } from './use-answers.ts'
import { useStickToBottom } from './use-stick-to-bottom.ts'
import { Waiting } from './waiting.tsx'

interface Props {
  readonly id: string
  readonly conversation: Conversation
}

export function ChatPage({ id, conversation }: Props) {
  const answers = useAnswers(id, conversation)
  const { messages, isBusy } = answers
  const last = messages.at(-1)
  const composer = useRef<HTMLTextAreaElement>(null)
  const { scroller, content, isAtBottom, toBottom } = useStickToBottom(messages.length > 0)

  /** Where there is a keyboard, the next thing is to type: what was pressed may be gone with what it did. */
  const focusComposer = (): void => {
    if (matchMedia('(pointer: fine)').matches) composer.current?.focus()
  }
  useEffect(focusComposer, [])
  const begin = (answer: () => void) => (): void => {
    toBottom()
    answer()
    focusComposer()
  }
  const ask = (text: string): void => begin(() => answers.ask(text))()
  const retry = begin(answers.retry)
  const reconnect = begin(answers.reconnect)

  return (
    <>
      <main className="scroller" ref={scroller} tabIndex={-1}>
        <div className="column" ref={content}>
          {messages.length === 0 && <Suggestions onChoose={ask} />}
          <div role="log" aria-live="polite" aria-busy={isBusy} aria-label="Conversation">
            {messages.map((message) => (
              <Message
                key={message.id}
                message={message}
                isLast={message === last}
                isBusy={message === last && isBusy}
                isTimed={answers.isAskedHere}
                onRetry={retry}
                onReconnect={reconnect}
              />
            ))}
          </div>
          {last?.role === 'user' && isBusy && <Waiting />}
          {last?.role === 'user' && answers.error !== undefined && (
            <EndingNote ending="broken" isEmpty reason={answers.error.message} onRetry={retry} />
          )}
        </div>
      </main>
      <footer className="dock">
        {!isAtBottom && (
          <button
            type="button"
            className="to-bottom"
            onClick={toBottom}
            aria-label="Go to the newest message"
          >
            <DownIcon />
          </button>
        )}
        <Composer ref={composer} isBusy={isBusy} onAsk={ask} onStop={answers.stop} />
      </footer>
    </>
  )
}
